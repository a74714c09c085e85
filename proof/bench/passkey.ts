import { generateKeyPairSync, sign } from 'node:crypto'
import type { Prover } from '@mortise/keyholder'
import { passkeyProver } from '#proof/testing/passkey-prover.ts'

/** A phone's passkey without the person. */
export interface SoftwarePasskey {
  /** P-256 point, 65 bytes. */
  readonly publicKey: Uint8Array
  readonly prover: Prover
}

export function createSoftwarePasskey(origin: string): SoftwarePasskey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const point = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
  const publicKey = Uint8Array.from(point)
  const prover = passkeyProver(
    { publicKey, sign: (message) => Uint8Array.from(sign('sha256', message, pair.privateKey)) },
    origin,
  )
  return { publicKey, prover }
}
