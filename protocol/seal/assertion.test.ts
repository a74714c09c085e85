import assert from 'node:assert/strict'
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto'
import { test } from 'node:test'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { verifyAssertion } from '#protocol/seal/assertion.ts'
import type { AssertionExpectation, AssertionFault } from '#protocol/seal/assertion.ts'
import { concatBytes, toBase64Url, utf8 } from '#protocol/wire/bytes.ts'

/** Everything that goes into an assertion, so that each test can spoil one thing before it is signed. */
interface Ceremony {
  clientData: Record<string, unknown>
  clientDataText?: string
  relyingPartyId: string
  flags: number
  authenticatorDataBytes: number
  spoilSignature: (signature: Uint8Array) => Uint8Array
  expectation: AssertionExpectation
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const challenge = new Uint8Array(32).fill(7)

function uncompressedPoint(key: ReturnType<typeof createPublicKey>): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(-65)
}

function goodCeremony(): Ceremony {
  return {
    clientData: {
      type: 'webauthn.get',
      challenge: toBase64Url(challenge),
      origin: 'https://door.example',
      crossOrigin: false,
    },
    relyingPartyId: 'door.example',
    flags: 0x05,
    authenticatorDataBytes: 37,
    spoilSignature: (signature) => signature,
    expectation: {
      publicKey: uncompressedPoint(
        createPublicKey(createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))),
      ),
      challenge,
      relyingParty: {
        id: 'door.example',
        origins: ['https://door.example', 'https://other.example'],
      },
    },
  }
}

function faultOf(ceremony: Ceremony): AssertionFault | undefined {
  const relyingPartyHash = createHash('sha256').update(ceremony.relyingPartyId).digest()
  const authenticatorData = concatBytes(
    relyingPartyHash,
    Uint8Array.of(ceremony.flags, 0, 0, 0, 0),
    new Uint8Array(8),
  ).subarray(0, ceremony.authenticatorDataBytes)
  const clientDataJson = utf8(ceremony.clientDataText ?? JSON.stringify(ceremony.clientData))
  const hash = createHash('sha256').update(clientDataJson).digest()
  const signature = sign('sha256', concatBytes(authenticatorData, hash), privateKey)
  return verifyAssertion(
    nodeVerifyCrypto,
    { authenticatorData, clientDataJson, signature: ceremony.spoilSignature(signature) },
    ceremony.expectation,
  )
}

const rows: readonly (readonly [
  what: string,
  expected: AssertionFault | undefined,
  change: (ceremony: Ceremony) => void,
])[] = [
  ['a good assertion', undefined, () => {}],
  ['members that browsers add', undefined, (c) => (c.clientData['other_keys'] = 'may come')],
  ['no crossOrigin at all', undefined, (c) => delete c.clientData['crossOrigin']],
  [
    'the second allowed origin',
    undefined,
    (c) => (c.clientData['origin'] = 'https://other.example'),
  ],
  ['a synced passkey (BE and BS)', undefined, (c) => (c.flags = 0x1d)],
  ['extension data behind', undefined, (c) => (c.authenticatorDataBytes = 45)],
  ['the registration type', 'wrongType', (c) => (c.clientData['type'] = 'webauthn.create')],
  [
    'another challenge',
    'wrongChallenge',
    (c) => (c.clientData['challenge'] = toBase64Url(new Uint8Array(32))),
  ],
  [
    'a padded challenge',
    'wrongChallenge',
    (c) => (c.clientData['challenge'] = `${toBase64Url(challenge)}=`),
  ],
  ['an empty challenge', 'wrongChallenge', (c) => (c.clientData['challenge'] = '')],
  ['a foreign origin', 'wrongOrigin', (c) => (c.clientData['origin'] = 'https://evil.example')],
  [
    'an origin with a longer name',
    'wrongOrigin',
    (c) => (c.clientData['origin'] = 'https://door.example.evil.example'),
  ],
  ['http instead of https', 'wrongOrigin', (c) => (c.clientData['origin'] = 'http://door.example')],
  ['another port', 'wrongOrigin', (c) => (c.clientData['origin'] = 'https://door.example:444')],
  ['a cross-origin frame', 'wrongOrigin', (c) => (c.clientData['crossOrigin'] = true)],
  ['a top origin', 'wrongOrigin', (c) => (c.clientData['topOrigin'] = 'https://evil.example')],
  ['another relying party', 'wrongRelyingParty', (c) => (c.relyingPartyId = 'evil.example')],
  ['no user presence', 'noUserPresence', (c) => (c.flags = 0x04)],
  ['no user verification', 'noUserVerification', (c) => (c.flags = 0x01)],
  ['backed up but not eligible', 'badFlags', (c) => (c.flags = 0x15)],
  ['authenticator data cut short', 'malformed', (c) => (c.authenticatorDataBytes = 36)],
  ['no authenticator data', 'malformed', (c) => (c.authenticatorDataBytes = 0)],
  ['client data that is not JSON', 'malformed', (c) => (c.clientDataText = 'webauthn.get')],
  ['client data that is a list', 'malformed', (c) => (c.clientDataText = '[]')],
  ['client data without an origin', 'malformed', (c) => delete c.clientData['origin']],
  ['crossOrigin as a text', 'malformed', (c) => (c.clientData['crossOrigin'] = 'false')],
  [
    'a flipped bit in the signature',
    'badSignature',
    (c) => (c.spoilSignature = (s) => s.with(20, (s[20] ?? 0) ^ 1)),
  ],
  ['an empty signature', 'badSignature', (c) => (c.spoilSignature = () => new Uint8Array(0))],
  [
    'a signature with a byte behind',
    'badSignature',
    (c) => (c.spoilSignature = (s) => concatBytes(s, Uint8Array.of(0))),
  ],
  [
    'another key',
    'badSignature',
    (c) => {
      const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
      c.expectation = { ...c.expectation, publicKey: uncompressedPoint(other) }
    },
  ],
  [
    'a key that is no point',
    'badSignature',
    (c) => (c.expectation = { ...c.expectation, publicKey: new Uint8Array(65).fill(4) }),
  ],
]

for (const [what, expected, change] of rows) {
  test(`verifyAssertion: ${what} is ${expected ?? 'good'}`, () => {
    const ceremony = goodCeremony()
    change(ceremony)
    assert.equal(faultOf(ceremony), expected)
  })
}

test('the key pair of this file is the one that the good ceremony expects', () => {
  assert.deepEqual(uncompressedPoint(publicKey), goodCeremony().expectation.publicKey)
})
