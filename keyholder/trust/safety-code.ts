import type { VerifyCrypto } from '@mortise/protocol/verify'
import { labelled } from '@mortise/protocol/wire'
import type { LockKeys } from '#keyholder/known-lock.ts'

const groups = 6
const bytesPerGroup = 5
const digitsPerGroup = 5
const groupValues = 10 ** digitsPerGroup

/**
 * Thirty digits in six groups that two people can read to each other: equal digits mean equal keys
 * of the lock. Both keys are in it, because the one signs and the other seals. About 99 bits: more
 * than anybody can search for a second pair of keys. Five bytes modulo 100,000 are even to one part
 * in ten million.
 */
export function safetyCode(crypto: VerifyCrypto, keys: LockKeys): string {
  const hash = crypto.sha256(labelled('safetyCode', keys.lockKey, keys.sealingKey))
  const texts: string[] = []
  for (let group = 0; group < groups; group += 1) {
    const bytes = hash.subarray(group * bytesPerGroup, (group + 1) * bytesPerGroup)
    const value = bytes.reduce((total, byte) => total * 256 + byte, 0)
    texts.push(String(value % groupValues).padStart(digitsPerGroup, '0'))
  }
  return texts.join(' ')
}
