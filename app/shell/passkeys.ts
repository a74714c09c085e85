import type { Prover } from '@mortise/keyholder'
import { KeyholderError } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'

/** A passkey as this phone remembers it: everything that may be public. */
export interface OwnPasskey {
  readonly passkeyId: Uint8Array
  /** P-256 point, uncompressed, 65 bytes. */
  readonly publicKey: Uint8Array
  readonly relyingPartyId: string
  /** What people call it: the browser and the system it was made in. */
  readonly name: string
  readonly createdAtMs: number
}

export interface NewPasskeyRequest {
  readonly challenge: Uint8Array
  readonly relyingPartyId: string
  readonly userHandle: Uint8Array
  readonly personName: string
}

export interface MadePasskey extends Pick<OwnPasskey, 'passkeyId' | 'publicKey'> {
  readonly clientDataJson: Uint8Array
  readonly attestationObject: Uint8Array
}

export interface Assertion {
  readonly passkeyId: Uint8Array
  readonly authenticatorData: Uint8Array
  readonly clientDataJson: Uint8Array
  readonly signature: Uint8Array
}

/** COSE algorithm ES256 (RFC 9053 section 2.1): the one that locks verify. */
const es256 = -7
const gestureTimeoutMs = 120_000

/**
 * Makes a passkey (Web Authentication Level 3 section 5.1.3): discoverable, so that signing in needs
 * no name, and with user verification, because a touch alone opens no door.
 * @throws KeyholderError `proofCancelled`; MortiseError `passkeysImpossible`
 */
export async function makePasskey(request: NewPasskeyRequest): Promise<MadePasskey> {
  const credential = await gesture(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: owned(request.challenge),
        rp: { id: request.relyingPartyId, name: 'Mortise' },
        user: {
          id: owned(request.userHandle),
          name: request.personName,
          displayName: request.personName,
        },
        pubKeyCredParams: [{ type: 'public-key', alg: es256 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
        timeout: gestureTimeoutMs,
      },
    }),
  )
  const { response } = credential
  if (!(response instanceof AuthenticatorAttestationResponse)) throw impossible()
  return {
    passkeyId: new Uint8Array(credential.rawId),
    publicKey: pointOf(response),
    clientDataJson: new Uint8Array(response.clientDataJSON),
    attestationObject: new Uint8Array(response.attestationObject),
  }
}

/**
 * Has a challenge signed. Without `passkeyId` the person chooses among the passkeys of this origin.
 * @throws KeyholderError `proofCancelled`, `proofUnavailable`
 */
export async function askPasskey(
  challenge: Uint8Array,
  relyingPartyId: string,
  passkeyId?: Uint8Array,
): Promise<Assertion> {
  const credential = await gesture(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: owned(challenge),
        rpId: relyingPartyId,
        userVerification: 'required',
        timeout: gestureTimeoutMs,
        allowCredentials:
          passkeyId === undefined ? [] : [{ type: 'public-key', id: owned(passkeyId) }],
      },
    }),
  )
  const { response } = credential
  if (!(response instanceof AuthenticatorAssertionResponse)) throw impossible()
  return {
    passkeyId: new Uint8Array(credential.rawId),
    authenticatorData: new Uint8Array(response.authenticatorData),
    clientDataJson: new Uint8Array(response.clientDataJSON),
    signature: new Uint8Array(response.signature),
  }
}

/** Proves commands with a passkey; `onProven` is told when the person has done their part. */
export function passkeyProver(onProven: () => void): Prover {
  return {
    prove: async (commandHash, credential) => {
      if (credential.type !== 'passkey') throw new KeyholderError('proofUnavailable')
      const { passkeyId: _, ...assertion } = await askPasskey(
        commandHash,
        credential.relyingPartyId,
        credential.passkeyId,
      )
      onProven()
      return { type: 'passkey', credentialId: credential.id, ...assertion }
    },
  }
}

async function gesture(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (typeof PublicKeyCredential === 'undefined') throw impossible()
  try {
    const credential = await ask()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (cause) {
    throw named(cause)
  }
  throw new KeyholderError('proofUnavailable')
}

/**
 * Browsers say NotAllowedError for "cancelled", "timed out" and "none fits" alike, so that a page
 * learns nothing about the person; it is told as cancelled.
 */
function named(cause: unknown): MortiseError {
  const name = cause instanceof DOMException ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') {
    return new KeyholderError('proofCancelled', { cause })
  }
  if (name === 'InvalidStateError') return new KeyholderError('proofUnavailable', { cause })
  return impossible(cause)
}

function impossible(cause?: unknown): MortiseError {
  return new MortiseError('world', 'passkeysImpossible', 'no passkey can be made or used here', {
    cause,
  })
}

/** SubjectPublicKeyInfo of a P-256 key ends with the point (RFC 5480 section 2). */
const spkiHeaderBytes = 26
const pointBytes = 65

function pointOf(response: AuthenticatorAttestationResponse): Uint8Array {
  const spki = response.getPublicKey()
  const isP256 = response.getPublicKeyAlgorithm() === es256
  if (spki === null || !isP256 || spki.byteLength !== spkiHeaderBytes + pointBytes) {
    throw impossible()
  }
  return new Uint8Array(spki).slice(spkiHeaderBytes)
}

/** The DOM's types want bytes that are not shared between threads. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

/** "Chrome on Android": how people tell their passkeys apart. */
export function browserName(userAgent: string): string {
  const browser = firstMatch(userAgent, [
    ['Edg', 'Edge'],
    ['OPR', 'Opera'],
    ['SamsungBrowser', 'Samsung Internet'],
    ['Firefox', 'Firefox'],
    ['FxiOS', 'Firefox'],
    ['CriOS', 'Chrome'],
    ['Chrome', 'Chrome'],
    ['Safari', 'Safari'],
  ])
  const system = firstMatch(userAgent, [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Mac OS', 'Mac'],
    ['Windows', 'Windows'],
    ['CrOS', 'ChromeOS'],
    ['Linux', 'Linux'],
  ])
  return system === '' ? browser || 'Browser' : `${browser || 'Browser'} on ${system}`
}

function firstMatch(text: string, table: readonly (readonly [string, string])[]): string {
  return table.find(([mark]) => text.includes(mark))?.[1] ?? ''
}
