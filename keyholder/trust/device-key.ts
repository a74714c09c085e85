import type { SealCrypto } from '@mortise/protocol/seal'
import { bytesEqual, labelled } from '@mortise/protocol/wire'
import { KeyholderError } from '#keyholder/errors.ts'
import type { Prover } from '#keyholder/ports.ts'

/** Proves with an Ed25519 key that this device holds itself: the command line, a recovery kit. */
export function deviceKeyProver(crypto: SealCrypto, seed: Uint8Array): Prover {
  const publicKey = crypto.ed25519PublicKey(seed)
  return {
    prove: async (commandHash, credential) => {
      if (credential.type !== 'deviceKey' || !bytesEqual(credential.publicKey, publicKey)) {
        throw new KeyholderError('proofUnavailable')
      }
      const signature = crypto.signEd25519(seed, commandHash)
      return { type: 'deviceKey', credentialId: credential.id, signature }
    },
  }
}

/**
 * What a device key signs to sign in at a hub, or to register there. The label keeps it apart from
 * every command, so a hub that chooses the nonce gains nothing at a lock.
 */
export function signHubNonce(
  crypto: SealCrypto,
  seed: Uint8Array,
  purpose: 'signIn' | 'registration',
  nonce: Uint8Array,
): Uint8Array {
  return crypto.signEd25519(seed, labelled(purpose, nonce))
}
