import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { bytesEqual, concatBytes, toBase64Url, utf8 } from '#protocol/wire/bytes.ts'
import type { Assertion } from '#protocol/wire/command.ts'
import type { RelyingParty } from '#protocol/words/policy.ts'

/** What an assertion must be for. */
export interface AssertionExpectation {
  /** Uncompressed P-256 point of the credential. */
  readonly publicKey: Uint8Array
  readonly challenge: Uint8Array
  readonly relyingParty: RelyingParty
}

/** Why an assertion proves nothing. */
export type AssertionFault =
  | 'malformed'
  | 'wrongType'
  | 'wrongChallenge'
  | 'wrongOrigin'
  | 'wrongRelyingParty'
  | 'noUserPresence'
  | 'noUserVerification'
  | 'badFlags'
  | 'badSignature'

/** Web Authentication Level 3 section 5.8.1; members that browsers add are ignored, as it asks. */
interface ClientData {
  readonly type: string
  readonly challenge: string
  readonly origin: string
  readonly crossOrigin: boolean | undefined
  readonly topOrigin: string | undefined
}

/** Section 6.1: rpIdHash (32), flags (1), signCount (4). */
const authenticatorDataBytesMin = 37
const flagsOffset = 32
const userPresent = 0x01
const userVerified = 0x04
const backupEligible = 0x08
const backedUp = 0x10

/**
 * Verifies a passkey assertion, Web Authentication Level 3 section 7.2, steps 10 to 23. Divergence
 * on purpose: the signature counter is not looked at, because synced passkeys always send zero.
 * @returns undefined when the assertion is good, otherwise what is wrong with it.
 */
export function verifyAssertion(
  crypto: VerifyCrypto,
  assertion: Assertion,
  expected: AssertionExpectation,
): AssertionFault | undefined {
  const clientData = parseClientData(assertion.clientDataJson)
  if (clientData === undefined) return 'malformed'
  return (
    clientDataFault(clientData, expected) ??
    authenticatorDataFault(crypto, assertion.authenticatorData, expected.relyingParty) ??
    signatureFault(crypto, assertion, expected.publicKey)
  )
}

function parseClientData(json: Uint8Array): ClientData | undefined {
  try {
    return clientDataOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)))
  } catch {
    return undefined
  }
}

/** By hand: a schema library for five members would be a third of a lock's start. */
function clientDataOf(value: unknown): ClientData | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { type, challenge, origin, crossOrigin, topOrigin }: Readonly<Record<string, unknown>> = {
    ...value,
  }
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string') {
    return undefined
  }
  if (crossOrigin !== undefined && typeof crossOrigin !== 'boolean') return undefined
  if (topOrigin !== undefined && typeof topOrigin !== 'string') return undefined
  return { type, challenge, origin, crossOrigin, topOrigin }
}

function clientDataFault(
  clientData: ClientData,
  expected: AssertionExpectation,
): AssertionFault | undefined {
  if (clientData.type !== 'webauthn.get') return 'wrongType'
  if (clientData.challenge !== toBase64Url(expected.challenge)) return 'wrongChallenge'
  if (!expected.relyingParty.origins.includes(clientData.origin)) return 'wrongOrigin'
  // Step 14: a page that frames the app must not be able to borrow a gesture.
  if (clientData.crossOrigin === true || clientData.topOrigin !== undefined) return 'wrongOrigin'
  return undefined
}

function authenticatorDataFault(
  crypto: VerifyCrypto,
  data: Uint8Array,
  relyingParty: RelyingParty,
): AssertionFault | undefined {
  const flags = data[flagsOffset]
  if (flags === undefined || data.length < authenticatorDataBytesMin) return 'malformed'
  const relyingPartyHash = crypto.sha256(utf8(relyingParty.id))
  if (!bytesEqual(data.subarray(0, flagsOffset), relyingPartyHash)) return 'wrongRelyingParty'
  if ((flags & userPresent) === 0) return 'noUserPresence'
  if ((flags & userVerified) === 0) return 'noUserVerification'
  // Step 18: what is not eligible for backup cannot be backed up.
  if ((flags & backedUp) !== 0 && (flags & backupEligible) === 0) return 'badFlags'
  return undefined
}

function signatureFault(
  crypto: VerifyCrypto,
  assertion: Assertion,
  publicKey: Uint8Array,
): AssertionFault | undefined {
  const signed = concatBytes(assertion.authenticatorData, crypto.sha256(assertion.clientDataJson))
  return crypto.verifyEs256(publicKey, signed, assertion.signature) ? undefined : 'badSignature'
}
