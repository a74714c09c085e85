import assert from 'node:assert/strict'
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import test from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { linkSigningInput, verifyLinkSignature } from '@mortise/protocol/verify'
import type { LinkTranscript } from '@mortise/protocol/wire'
import { openIdentity } from '#hub/adapters/identity/identity.ts'
import { temporaryFolder } from '#hub/testing/test-hub.ts'

const key = (): Uint8Array => new Uint8Array(randomBytes(32))
const transcriptFor = (hubKey: Uint8Array): LinkTranscript => ({
  hubKey,
  hubNonce: key(),
  lockKey: key(),
  lockNonce: key(),
  sealingKey: key(),
})

test('signs the hub side of a link, and that only', (context) => {
  const identity = openIdentity(temporaryFolder(context))
  const transcript = transcriptFor(identity.publicKey)
  const signature = identity.signLink(transcript)
  assert.equal(verifyLinkSignature(nodeSealCrypto, 'linkHub', transcript, signature), true)
  assert.equal(verifyLinkSignature(nodeSealCrypto, 'linkLock', transcript, signature), false)
  const other = { ...transcript, lockNonce: key() }
  assert.equal(verifyLinkSignature(nodeSealCrypto, 'linkHub', other, signature), false)
})

test('knows its own enrolment secret over this very transcript', (context) => {
  const identity = openIdentity(temporaryFolder(context))
  const transcript = transcriptFor(identity.publicKey)
  const input = linkSigningInput('linkEnrolment', transcript)
  const mac = nodeSealCrypto.hmacSha256(identity.enrolmentSecret, input)
  assert.equal(identity.enrolmentMatches(transcript, mac), true)
  assert.equal(identity.enrolmentMatches({ ...transcript, lockKey: key() }, mac), false)
  assert.equal(identity.enrolmentMatches(transcript, key()), false)
  assert.equal(identity.enrolmentMatches(transcript, mac.subarray(1)), false)
})

test('is the same after a restart, and another in another folder', (context) => {
  const folder = temporaryFolder(context)
  const first = openIdentity(folder)
  const again = openIdentity(folder)
  assert.deepEqual(again.publicKey, first.publicKey)
  assert.deepEqual(again.enrolmentSecret, first.enrolmentSecret)
  assert.notDeepEqual(openIdentity(temporaryFolder(context)).publicKey, first.publicKey)
  // Nonces of the last run are void.
  assert.notDeepEqual(again.macNonce(key()), first.macNonce(key()))
})

test('keeps its file to the user alone, also one that came back wider', (context) => {
  const folder = temporaryFolder(context)
  openIdentity(folder)
  const path = join(folder, 'identity.json')
  assert.deepEqual(readdirSync(folder), ['identity.json'])
  assert.equal(statSync(path).mode & 0o777, 0o600)
  chmodSync(path, 0o644)
  openIdentity(folder)
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

const damaged = ['', '{', '{}', 'null', '{"v":1,"seed":"AA","enrolmentSecret":"AA"}']
for (const text of damaged) {
  test(`never replaces a damaged file: ${text}`, (context) => {
    const folder = temporaryFolder(context)
    const path = join(folder, 'identity.json')
    writeFileSync(path, text)
    assert.throws(() => openIdentity(folder), { code: 'identityUnreadable', blame: 'world' })
    assert.equal(readFileSync(path, 'utf8'), text)
  })
}
