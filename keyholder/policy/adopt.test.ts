import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { Role } from '@mortise/protocol/words'
import { acceptInvitation } from '#keyholder/arrival/accept-invitation.ts'
import { openContact } from '#keyholder/contact/contact.ts'
import { operate } from '#keyholder/contact/operate.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { changePolicy, proposeChange } from './change.ts'
import { draftInvitedPerson } from './drafts.ts'
import { changeUser, removeCredential } from './edits.ts'
import { readPolicy } from './read.ts'

/** Ada's door, and somebody who has come in by a link. */
async function withGuest(role: Role) {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  const draft = (name: string, as: Role) =>
    draftInvitedPerson(
      world.device,
      world.lock,
      { name, role: as },
      { notAfterMs: world.device.clock.nowMs() + 3_600_000 },
    )
  const invitation = draft('Ben', role)
  await changePolicy(contact, invitation)
  const { device, credential } = world.anotherDevice()
  await acceptInvitation(device, invitation.text, credential)
  return { world, contact, draft, ben: { device, credential, userId: invitation.userId } }
}

suite('a key that came by a link', () => {
  test('is written into the list by the next invitation, which gets its place', async () => {
    const { world, contact, draft, ben } = await withGuest('resident')
    const next = draft('Ivy', 'guest')
    const proposal = await proposeChange(contact, next)
    const kinds = proposal.preview.differences.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['userAdded', 'invitationAdded'], 'nobody gains or loses by it')
    assert.equal(proposal.preview.insideButtonNeeded, false)
    await changePolicy(contact, next)
    const { policy, bindings } = world.lock
    assert.deepEqual(bindings, [])
    assert.deepEqual(
      policy?.invitations.map(({ id }) => id),
      [next.invitationId],
    )
    assert.deepEqual(policy.users[1]?.credentials, [ben.credential])
    const his = await openContact(ben.device, world.lock.lockId)
    assert.equal((await operate(his, 'unlock')).outcome, 'done')
  })

  test('is taken away as before, and the person is told of it', async () => {
    const { world, contact, draft, ben } = await withGuest('resident')
    await changePolicy(contact, draft('Ivy', 'guest'))
    const edit = removeCredential(ben.userId, ben.credential.id)
    const { preview } = await proposeChange(contact, { edit, pins: [] })
    assert.deepEqual(
      preview.differences.map(({ kind }) => kind),
      ['credentialRemoved'],
    )
    await changePolicy(contact, { edit, pins: [] })
    assert.deepEqual(world.lock.policy?.users[1]?.credentials, [])
  })

  test('of an owner keeps its invitation: writing it down would take the button', async () => {
    const { world, contact, draft } = await withGuest('owner')
    const next = draft('Ivy', 'guest')
    assert.equal((await proposeChange(contact, next)).preview.insideButtonNeeded, false)
    await changePolicy(contact, next)
    assert.equal(world.lock.bindings.length, 1)
    assert.equal(world.lock.policy?.invitations.length, 2)
  })

  test('stays as it is in every other change', async () => {
    const { world, contact, ben } = await withGuest('resident')
    await changePolicy(contact, { edit: changeUser(ben.userId, { name: 'Benno' }), pins: [] })
    assert.equal(world.lock.bindings.length, 1)
    const { bindings } = await readPolicy(contact)
    assert.equal(bindings.length, 1)
  })

  test('more people than a list has places for invitations come in by links', async () => {
    const { world, contact, draft } = await withGuest('resident')
    for (let count = 0; count < 70; count += 1) {
      const next = draft(`Guest ${count}`, 'guest')
      await changePolicy(contact, next)
      const { device, credential } = world.anotherDevice()
      await acceptInvitation(device, next.text, credential)
    }
    assert.equal(world.lock.policy?.users.length, 72)
    assert.equal(world.lock.policy.invitations.length, 1)
  })
})
