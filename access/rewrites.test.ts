import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Credential } from '@mortise/protocol/words'
import { difference, sameSecret } from '#access/difference.ts'
import { deviceKey, idOf, passkey, person, pinCredential } from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'

const id = idOf(20)
const common = { id, createdAtMs: 1 }
const pin = pinCredential(20)
const finger = { type: 'fingerprint', ...common, name: 'thumb' } as const
const face = { type: 'face', ...common, name: 'face' } as const
const key = deviceKey(20).credential
const card = { ...key, type: 'rfid' } as const
const phone = passkey(20).credential
const other = deviceKey(21).credential

/** Two credentials under one id, and whether they prove the same. */
const rows: readonly (readonly [what: string, Credential, Credential, same: boolean])[] = [
  ['a code', pin, pin, true],
  ['a code that becomes one of duress', pin, { ...pin, duress: true }, false],
  ['a code of duress that becomes plain', { ...pin, duress: true }, pin, false],
  ['a finger by another name', finger, { ...finger, name: 'x' }, true],
  ['a finger that becomes one of duress', finger, { ...finger, duress: true }, false],
  ['a finger that becomes a face', finger, face, false],
  ['a face that becomes a finger', face, finger, false],
  ['a code of another day', pin, { ...pin, createdAtMs: 2 }, false],
  ['a key that becomes a card', key, card, false],
  ['another key', key, { ...key, publicKey: other.publicKey }, false],
  ['a card by another name', card, { ...card, name: 'x' }, true],
  ['another card', card, { ...card, publicKey: other.publicKey }, false],
  ['a phone by another name', phone, { ...phone, name: 'x' }, true],
  ['a phone of another app', phone, { ...phone, relyingPartyId: 'x' }, false],
  ['another passkey', phone, { ...phone, passkeyId: Uint8Array.of(1) }, false],
  [
    'another key of a phone',
    phone,
    { ...phone, publicKey: passkey(21).credential.publicKey },
    false,
  ],
]

describe('one id for ever means one thing', () => {
  for (const [what, one, next, same] of rows) {
    test(`${what}: ${same ? 'the same' : 'rewritten'}`, () => {
      assert.equal(sameSecret(one, next), same)
      const owner = person(1, 'owner').user
      const before = person(2, 'guest', { credentials: [one] }).user
      const user = { ...before, credentials: [next] }
      const changes = difference(policyOf([owner, before]), policyOf([owner, user]))
      const isRenamed = 'name' in one && 'name' in next && one.name !== next.name
      const type = same ? 'credentialRenamed' : 'credentialRewritten'
      const expected = same && !isRenamed ? [] : [{ type, user, credential: next }]
      assert.deepEqual(changes, expected)
    })
  }

  test('another id is another credential, whatever it proves', () => {
    assert.equal(sameSecret(pin, pinCredential(21)), false)
    assert.equal(sameSecret(key, { ...key, id: idOf(21) }), false)
    assert.equal(sameSecret(phone, { ...phone, id: idOf(21) }), false)
  })
})

test('invitations that come, go and change are told with all that they are', () => {
  const users = [person(1, 'owner').user, person(2, 'guest').user] as const
  const invitation = {
    id: idOf(9),
    userId: idOf(2),
    ticketPublicKey: new Uint8Array(32),
    notAfterMs: 1,
  }
  const without = policyOf(users)
  const invited = policyOf(users, { invitations: [invitation] })
  const rewritten = { ...invitation, notAfterMs: 2 }
  const user = users[1]
  assert.deepEqual(difference(without, invited), [{ type: 'invitationAdded', user, invitation }])
  assert.deepEqual(difference(invited, without), [{ type: 'invitationRemoved', user, invitation }])
  assert.deepEqual(difference(invited, policyOf(users, { invitations: [rewritten] })), [
    { type: 'invitationRewritten', invitation: rewritten },
  ])
})
