import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { Prover } from '@mortise/keyholder'
import { concatBytes, toBase64Url, utf8 } from '@mortise/protocol/wire'

const userPresentAndVerified = 0x05

/** A phone's passkey without the person: the same bytes that a browser gives, signed at once. */
export interface SoftwarePasskey {
  /** P-256 point, 65 bytes. */
  readonly publicKey: Uint8Array
  readonly prover: Prover
}

export function createSoftwarePasskey(origin: string): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const relyingPartyHash = createHash('sha256').update(new URL(origin).hostname).digest()
  const authenticatorData = concatBytes(
    relyingPartyHash,
    Uint8Array.of(userPresentAndVerified, 0, 0, 0, 0),
  )
  return {
    publicKey: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)),
    prover: {
      prove(commandHash, credential) {
        const challenge = toBase64Url(commandHash)
        const clientData = { type: 'webauthn.get', challenge, origin, crossOrigin: false }
        const clientDataJson = utf8(JSON.stringify(clientData))
        const hash = createHash('sha256').update(clientDataJson).digest()
        const signature = sign('sha256', concatBytes(authenticatorData, hash), privateKey)
        const { id: credentialId } = credential
        return Promise.resolve({
          type: 'passkey',
          credentialId,
          authenticatorData,
          clientDataJson,
          signature: Uint8Array.from(signature),
        })
      },
    },
  }
}
