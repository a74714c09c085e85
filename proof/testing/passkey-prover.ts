import { createHash } from 'node:crypto'
import type { Prover } from '@mortise/keyholder'
import { concatBytes, toBase64Url, utf8 } from '@mortise/protocol/wire'

/** The secret half of a passkey, in hands that ask nobody. */
export interface PasskeySigner {
  /** P-256 point, 65 bytes. */
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Uint8Array
}

const userPresentAndVerified = 0x05

/** A phone's passkey without the person: the same bytes that a browser gives, signed at once. */
export function passkeyProver({ sign }: PasskeySigner, origin: string): Prover {
  const relyingPartyHash = createHash('sha256').update(new URL(origin).hostname).digest()
  const authenticatorData = concatBytes(
    relyingPartyHash,
    Uint8Array.of(userPresentAndVerified, 0, 0, 0, 0),
  )
  return {
    prove(commandHash, credential) {
      const challenge = toBase64Url(commandHash)
      const clientData = { type: 'webauthn.get', challenge, origin, crossOrigin: false }
      const clientDataJson = utf8(JSON.stringify(clientData))
      const hash = createHash('sha256').update(clientDataJson).digest()
      const signature = sign(concatBytes(authenticatorData, hash))
      const { id: credentialId } = credential
      const type = 'passkey'
      return Promise.resolve({ type, credentialId, authenticatorData, clientDataJson, signature })
    },
  }
}
