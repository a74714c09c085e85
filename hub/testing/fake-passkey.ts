import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { registrationChallenge, signInChallenge } from '@mortise/protocol/verify'
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@mortise/protocol/wire'

/** How a test bends a ceremony. */
export interface CeremonyBend {
  readonly origin?: string
  readonly relyingPartyId?: string
  readonly challenge?: Uint8Array
  readonly flags?: number
  readonly type?: string
  readonly crossOrigin?: boolean
  readonly format?: string
}

export interface FakePasskey {
  readonly passkeyId: Uint8Array
  readonly publicKey: Uint8Array
  readonly register: (nonce: Uint8Array, bend?: CeremonyBend) => NewPasskey
  readonly assert: (nonce: Uint8Array, bend?: CeremonyBend) => AssertionOfPasskey
}

interface NewPasskey {
  readonly passkeyId: Uint8Array
  readonly clientDataJson: Uint8Array
  readonly attestationObject: Uint8Array
}

interface AssertionOfPasskey {
  readonly passkeyId: Uint8Array
  readonly authenticatorData: Uint8Array
  readonly clientDataJson: Uint8Array
  readonly signature: Uint8Array
}

/** User present, user verified, attested credential data included (WebAuthn Level 3 section 6.1). */
const present = 0x01
const verified = 0x04
const attested = 0x40

/** A software authenticator with one ES256 key. */
export function createFakePasskey(
  origin: string,
  relyingPartyId: string,
  passkeyId: Uint8Array = new Uint8Array(randomBytes(16)),
): FakePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = [fromBase64Url(x) ?? new Uint8Array(), fromBase64Url(y) ?? new Uint8Array()]
  const clientData = (type: string, challenge: Uint8Array, bend: CeremonyBend): Uint8Array =>
    utf8(
      JSON.stringify({
        type: bend.type ?? type,
        challenge: toBase64Url(bend.challenge ?? challenge),
        origin: bend.origin ?? origin,
        crossOrigin: bend.crossOrigin ?? false,
      }),
    )
  const dataStart = (flags: number, bend: CeremonyBend): Uint8Array =>
    concatBytes(
      sha256(utf8(bend.relyingPartyId ?? relyingPartyId)),
      Uint8Array.of(bend.flags ?? flags, 0, 0, 0, 0),
    )
  return {
    passkeyId,
    publicKey: concatBytes(Uint8Array.of(4), ...point),
    register: (nonce, bend = {}) => {
      const authenticatorData = concatBytes(
        dataStart(present | verified | attested, bend),
        new Uint8Array(16),
        Uint8Array.of(passkeyId.length >> 8, passkeyId.length & 0xff),
        passkeyId,
        coseKey(point),
      )
      const challenge = registrationChallenge(nodeVerifyCrypto, nonce)
      return {
        passkeyId,
        clientDataJson: clientData('webauthn.create', challenge, bend),
        attestationObject: attestation(bend.format ?? 'none', authenticatorData),
      }
    },
    assert: (nonce, bend = {}) => {
      const authenticatorData = dataStart(present | verified, bend)
      const challenge = signInChallenge(nodeVerifyCrypto, nonce)
      const clientDataJson = clientData('webauthn.get', challenge, bend)
      const signed = concatBytes(authenticatorData, sha256(clientDataJson))
      const signature = new Uint8Array(sign('sha256', signed, privateKey))
      return { passkeyId, authenticatorData, clientDataJson, signature }
    },
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** RFC 9053 section 7.1.1: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }. */
function coseKey([x = new Uint8Array(), y = new Uint8Array()]: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32),
    x,
    Uint8Array.of(0x22, 0x58, 32),
    y,
  )
}

function attestation(format: string, authenticatorData: Uint8Array): Uint8Array {
  return concatBytes(
    Uint8Array.of(0xa3),
    cborText('fmt'),
    cborText(format),
    cborText('attStmt'),
    Uint8Array.of(0xa0),
    cborText('authData'),
    Uint8Array.of(0x59, authenticatorData.length >> 8, authenticatorData.length & 0xff),
    authenticatorData,
  )
}

function cborText(text: string): Uint8Array {
  const bytes = utf8(text)
  return concatBytes(Uint8Array.of(0x60 + bytes.length), bytes)
}
