import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import {
  commandHash,
  lockIdOf,
  policyHash,
  registrationChallenge,
  setupChallenge,
  signInChallenge,
} from '#protocol/seal/hashes.ts'
import { entryHash, genesisHead } from '#protocol/chain/index.ts'
import { toHex } from '#protocol/wire/bytes.ts'
import type { VerifyCrypto } from '#protocol/seal/port.ts'

interface HashCase {
  readonly name: string
  readonly hash: string
  readonly input: string
  readonly output: string
}

type LabelledHash = (crypto: VerifyCrypto, input: Uint8Array) => Uint8Array

/** Every labelled hash by the name that docs/protocol.md gives it. */
export const labelledHashes: Readonly<Record<string, LabelledHash>> = {
  lockId: lockIdOf,
  command: commandHash,
  setupCode: setupChallenge,
  policy: policyHash,
  signIn: signInChallenge,
  registration: registrationChallenge,
  entry: entryHash,
  genesis: (crypto, lockId) => genesisHead(crypto, lockId).hash,
}

/** Each hash over nothing, over one byte, and over thirty-two. */
export function hashCases(): readonly HashCase[] {
  const inputs = [new Uint8Array(0), Uint8Array.of(0), new Uint8Array(32).fill(0x5a)]
  return Object.entries(labelledHashes).flatMap(([hash, compute]) =>
    inputs.map((input) => ({
      name: `${hash} of ${input.length} bytes`,
      hash,
      input: toHex(input),
      output: toHex(compute(nodeVerifyCrypto, input)),
    })),
  )
}
