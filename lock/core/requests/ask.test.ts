import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason } from '@mortise/protocol/words'
import { idOf, person, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const guest = person(2, 'guest', { credentials: [] })
const invitation = {
  id: idOf(9),
  userId: guest.user.id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: startWallMs,
}
const policy = policyOf([owner.user, guest.user], { invitations: [invitation] })

type Holder = Parameters<TestLock['ask']>[0]
const rows: readonly (readonly [
  what: string,
  claimed: boolean,
  holder: Holder,
  expected: Reason | 'challenge' | 'state only',
])[] = [
  ['nothing more', true, {}, 'state only'],
  ['nothing more, unclaimed', false, {}, 'state only'],
  ['a challenge for a credential', true, { credentialId: idOf(1) }, 'challenge'],
  ['a challenge for nobody', true, { credentialId: idOf(7) }, 'unknownCredential'],
  ['a challenge of an unclaimed lock', false, { credentialId: idOf(1) }, 'notClaimed'],
  [
    'an invitation’s challenge of an unclaimed lock',
    false,
    { invitationId: idOf(9) },
    'notClaimed',
  ],
  ['a challenge for an invitation', true, { invitationId: idOf(9) }, 'challenge'],
  ['a challenge for no invitation', true, { invitationId: idOf(8) }, 'unknownInvitation'],
]

describe('somebody asks for', () => {
  for (const [what, claimed, holder, expected] of rows) {
    test(`${what}: ${expected}`, () => {
      const lock = claimed ? claimedLock(owner, policy) : new TestLock()
      const written = lock.store.encodedEntries.length
      const reply = lock.ask(holder)
      assert.ok(reply.type === 'answer')
      const got = reply.challenge === undefined ? (reply.reason ?? 'state only') : 'challenge'
      assert.equal(got, expected)
      assert.ok(reply.challenge === undefined || reply.reason === undefined)
      assert.equal(reply.state.claimed, claimed)
      assert.equal(lock.store.encodedEntries.length, written)
    })
  }

  test('their own access, and learns of nobody else', () => {
    const access = (holder: Holder) => {
      const reply = claimedLock(owner, policy).ask(holder)
      return reply.type === 'answer' ? reply.access : undefined
    }
    const shared = { doorName: policy.doorName, timeZone: policy.timeZone }
    const told = (user: typeof owner.user) => {
      const { id: userId, name: userName, role, verbs } = user
      return { userId, userName, role, verbs, ...shared }
    }
    assert.deepEqual(access({ credentialId: idOf(1) }), told(owner.user))
    assert.deepEqual(access({ invitationId: idOf(9) }), {
      ...told(guest.user),
      ...(guest.user.validity === undefined ? {} : { validity: guest.user.validity }),
      invitationNotAfterMs: startWallMs,
    })
    for (const holder of [{}, { credentialId: idOf(7) }, { invitationId: idOf(8) }]) {
      assert.equal(access(holder), undefined)
    }
  })

  test('the state, with their own nonce in it', () => {
    const lock = new TestLock()
    const nonce = new Uint8Array(32).fill(3)
    const replyTo = new Uint8Array(32).fill(4)
    const { effects, writes } = lock.input({
      type: 'ask',
      requestId: 5,
      nonce,
      replyTo,
    })
    const [effect] = effects
    assert.ok(effect?.type === 'reply' && effect.reply.type === 'answer')
    assert.deepEqual([effect.requestId, effect.replyTo], [5, replyTo])
    assert.deepEqual(effect.reply.state.nonce, nonce)
    assert.deepEqual(writes, [])
    assert.equal(lock.published().nonce, undefined)
  })
})
