import { verifyRegistrationResponse } from '@simplewebauthn/server'
import {
  convertCOSEtoPKCS,
  decodeAttestationObject,
  decodeClientDataJSON,
} from '@simplewebauthn/server/helpers'
import { bytesEqual, fromBase64Url, toBase64Url } from '@mortise/protocol/wire'
import type { NewPasskey, NewPasskeyExpectation } from '#hub/ports/passkeys.ts'

/** COSE algorithm identifier of ES256 (RFC 9053 section 2.1), the only one that locks verify. */
const es256 = -7
const p256PointBytes = 65

/** See `PasskeyRegistration`. */
export async function verifyRegistration(
  passkey: NewPasskey,
  expected: NewPasskeyExpectation,
): Promise<Uint8Array | undefined> {
  try {
    return await verify(passkey, expected)
  } catch {
    // The library throws for everything that a caller can send wrong.
    return undefined
  }
}

async function verify(
  passkey: NewPasskey,
  expected: NewPasskeyExpectation,
): Promise<Uint8Array | undefined> {
  if (carriesCertificates(passkey) || isFramed(passkey)) return undefined
  const id = toBase64Url(passkey.passkeyId)
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: toBase64Url(passkey.clientDataJson),
        attestationObject: toBase64Url(passkey.attestationObject),
      },
    },
    expectedChallenge: toBase64Url(expected.challenge),
    expectedOrigin: [...expected.origins],
    expectedRPID: expected.relyingPartyId,
    requireUserPresence: true,
    requireUserVerification: true,
    supportedAlgorithmIDs: [es256],
  })
  if (!verified) return undefined
  const { credential } = registrationInfo
  // The id that the browser told and the one that the authenticator made must be the same.
  const ownId = fromBase64Url(credential.id)
  if (ownId === undefined || !bytesEqual(ownId, passkey.passkeyId)) return undefined
  const point = convertCOSEtoPKCS(credential.publicKey)
  return point.length === p256PointBytes ? new Uint8Array(point) : undefined
}

/**
 * No attestation was asked for. A statement with certificates would make the library fetch
 * revocation lists from addresses that the caller chose.
 */
function carriesCertificates({ attestationObject }: NewPasskey): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(attestationObject))
  const format = decoded.get('fmt')
  if (format === 'none') return false
  return format !== 'packed' || decoded.get('attStmt').get('x5c') !== undefined
}

/** Web Authentication Level 3 section 7.1 step 10; the library leaves it to its caller. */
function isFramed({ clientDataJson }: NewPasskey): boolean {
  return decodeClientDataJSON(toBase64Url(clientDataJson)).crossOrigin === true
}
