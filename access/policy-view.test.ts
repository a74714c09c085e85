import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holderOf, viewPolicy } from '#access/policy-view.ts'
import { deviceKey, idOf, person, pinCredential, policyOf } from '#access/testing/index.ts'

const { user: owner } = person(1, 'owner')
const stranger = person(2, 'guest', { credentials: [pinCredential(20)] }).user
const policy = policyOf([owner])

test('people of another source are found by what they show', () => {
  assert.equal(holderOf(viewPolicy(policy, []), idOf(20)), undefined)
  assert.equal(holderOf(viewPolicy(policy, [], [stranger]), idOf(20))?.user, stranger)
})

test('on a clash of ids the policy wins', () => {
  const double = person(1, 'guest').user
  const view = viewPolicy(policy, [], [double])
  assert.equal(holderOf(view, idOf(1))?.user, owner)
  assert.deepEqual([...view.users.values()], [owner])
})

test('a binding is its user’s, and nobody’s once the user is gone', () => {
  const { credential } = deviceKey(7)
  const bound = (userId: Uint8Array) =>
    holderOf(viewPolicy(policy, [{ userId, invitationId: idOf(8), credential }]), idOf(7))
  assert.deepEqual(bound(owner.id), { user: owner, credential })
  assert.equal(bound(idOf(9)), undefined)
})
