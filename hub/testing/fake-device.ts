import { randomBytes } from 'node:crypto'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { labelled } from '@mortise/protocol/wire'

/** A program's Ed25519 device key. */
export interface FakeDevice {
  readonly publicKey: Uint8Array
  readonly sign: (label: 'signIn' | 'registration', nonce: Uint8Array) => Uint8Array
}

export function createFakeDevice(): FakeDevice {
  const seed = new Uint8Array(randomBytes(32))
  return {
    publicKey: nodeSealCrypto.ed25519PublicKey(seed),
    sign: (label, nonce) => nodeSealCrypto.signEd25519(seed, labelled(label, nonce)),
  }
}
