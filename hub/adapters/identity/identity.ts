import { createHmac, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import { timingSafeEqual } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { assertInvariant } from '@mortise/protocol/errors'
import { linkSigningInput, newestPolicySigningInput } from '@mortise/protocol/verify'
import { fromBase64Url } from '@mortise/protocol/wire'
import type { HubIdentity } from '#hub/ports/identity.ts'
import { readOrMakeSecrets } from '#hub/adapters/identity/secrets-file.ts'

/** RFC 8410 section 7: the fixed part of a PKCS #8 Ed25519 key without its public half. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Opens the identity in the folder, making it at the first start.
 * @throws MortiseError `identityUnreadable` (world) when the file is damaged or cannot be read.
 */
export function openIdentity(folder: string): HubIdentity {
  const { seed, enrolmentSecret } = readOrMakeSecrets(folder)
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const nonceKey = randomBytes(32)
  return {
    publicKey: publicKeyOf(key),
    enrolmentSecret,
    signLink: (transcript) =>
      new Uint8Array(sign(null, linkSigningInput('linkHub', transcript), key)),
    signNewest: (newest) => new Uint8Array(sign(null, newestPolicySigningInput(newest), key)),
    enrolmentMatches: (transcript, mac) => {
      const input = linkSigningInput('linkEnrolment', transcript)
      const expected = hmacSha256(enrolmentSecret, input)
      return mac.length === expected.length && timingSafeEqual(mac, expected)
    },
    macNonce: (message) => hmacSha256(nonceKey, message),
  }
}

function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest())
}

function publicKeyOf(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  const bytes = x === undefined ? undefined : fromBase64Url(x)
  assertInvariant(bytes?.length === 32, 'an Ed25519 public key has 32 bytes')
  return bytes
}
