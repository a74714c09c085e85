import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import test from 'node:test'
import { bytesEqual } from '@mortise/protocol/wire'
import { issueNonce, nonceRandomBytes, openNonce } from '#core/nonce.ts'
import type { Mac, NoncePurpose } from '#core/nonce.ts'

const key = randomBytes(32)
const macWith =
  (macKey: Uint8Array): Mac =>
  (message) =>
    new Uint8Array(createHmac('sha256', macKey).update(message).digest())
const mac = macWith(key)
const nowMs = 1_800_000_000_000
const life = 5 * 60_000

const issue = (purpose: NoncePurpose = 'signIn') =>
  issueNonce(mac, purpose, new Uint8Array(randomBytes(nonceRandomBytes)), nowMs)

test('has 32 bytes, ends in five minutes, and no two are alike', () => {
  const first = issue()
  assert.equal(first.nonce.length, 32)
  assert.equal(first.expiresAtMs, nowMs + life)
  assert.ok(!bytesEqual(first.nonce, issue().nonce))
})

const openings: readonly (readonly [string, () => number | undefined, number | undefined])[] = [
  ['right away', () => openNonce(mac, bytesEqual, 'signIn', issue().nonce, nowMs), nowMs + life],
  [
    'in time',
    () => openNonce(mac, bytesEqual, 'signIn', issue().nonce, nowMs + life - 1),
    nowMs + life,
  ],
  ['too late', () => openNonce(mac, bytesEqual, 'signIn', issue().nonce, nowMs + life), undefined],
  [
    'for another purpose',
    () => openNonce(mac, bytesEqual, 'registration', issue().nonce, nowMs),
    undefined,
  ],
  [
    'with another key',
    () => openNonce(macWith(randomBytes(32)), bytesEqual, 'signIn', issue().nonce, nowMs),
    undefined,
  ],
  [
    'made up',
    () => openNonce(mac, bytesEqual, 'signIn', new Uint8Array(randomBytes(32)), nowMs),
    undefined,
  ],
  ['of no length', () => openNonce(mac, bytesEqual, 'signIn', new Uint8Array(), nowMs), undefined],
]
for (const [name, open, expected] of openings) {
  test(`opens ${name}: ${expected === undefined ? 'no' : 'yes'}`, () => {
    assert.equal(open(), expected)
  })
}

test('no changed byte opens, the end included', () => {
  const { nonce } = issue()
  for (let index = 0; index < nonce.length; index += 1) {
    const bent = nonce.with(index, (nonce[index] ?? 0) ^ 1)
    assert.equal(openNonce(mac, bytesEqual, 'signIn', bent, nowMs), undefined)
  }
})
