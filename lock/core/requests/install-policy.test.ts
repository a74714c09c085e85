import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceKey, idOf, nextPolicy, person, policyOf, ticket } from '@mortise/access/testing'
import { claimedLock, startWallMs } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const guest = person(2, 'guest', { credentials: [] }).user
const link = ticket(9)
const invitation = {
  id: idOf(9),
  userId: guest.id,
  ticketPublicKey: link.publicKey,
  notAfterMs: startWallMs + 1000,
}
const policy = policyOf([owner.user, guest], { invitations: [invitation] })

for (const [what, fields, reason] of [
  ['survives another change', { doorName: 'x' }, 'granted'],
  ['dies with the invitation', { invitations: [] }, 'unknownInvitation'],
] as const) {
  test(`the challenge of an invitation ${what}`, () => {
    const lock = claimedLock(owner, policy)
    const asked = lock.ask({ invitationId: idOf(9) })
    assert.ok(asked.type === 'answer' && asked.challenge !== undefined)
    assert.equal(lock.changePolicy(owner, nextPolicy(policy, fields)), 'granted')
    const { credential } = deviceKey(7)
    const command = lock.command({ type: 'acceptInvitation', credential }, asked.challenge)
    lock.sendBytes(command, link.sign)
    assert.equal(lock.receipt().reason, reason)
  })
}

test('one write holds the whole change, the floor included', () => {
  const lock = claimedLock(owner, policy)
  const before = lock.store.encodedEntries.length
  const effects = lock.effects.length
  lock.changePolicy(owner, nextPolicy(policy, { doorName: 'x' }))
  assert.ok(lock.effects.slice(effects).every((effect) => effect.type !== 'hideSetupCode'))
  assert.equal(lock.store.encodedEntries.length, before + 1)
  const { type, outcome, policyHash, policyVersion, sequence } = lock.lastEntry()
  assert.deepEqual([type, outcome], ['policyChanged', 'done'])
  assert.deepEqual(policyHash, lock.published().policyHash)
  assert.deepEqual([policyVersion, sequence], [2, lock.receipt().sequence])
})
