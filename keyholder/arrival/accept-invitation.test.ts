import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { ask } from '#keyholder/contact/ask.ts'
import { openContact } from '#keyholder/contact/contact.ts'
import { operate } from '#keyholder/contact/operate.ts'
import { KeyholderError } from '#keyholder/errors.ts'
import { changePolicy } from '#keyholder/policy/change.ts'
import { draftInvitedPerson } from '#keyholder/policy/drafts.ts'
import { refusedFor, rejectsWith } from '#keyholder/testing/expect.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { acceptInvitation, readInvitation } from './accept-invitation.ts'

async function invite() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  const person = { name: 'Ben', role: 'resident' } as const
  const endMs = world.device.clock.nowMs() + 3_600_000
  const draft = draftInvitedPerson(world.device, world.lock, person, { notAfterMs: endMs })
  await changePolicy(contact, draft)
  return { world, text: draft.text }
}

suite('acceptInvitation', () => {
  test('attaches a key of the guest, who can then open the door', async () => {
    const { world, text } = await invite()
    const { device, credential } = world.anotherDevice()
    const { contact } = await acceptInvitation(device, text, credential)
    assert.equal(contact.known.metBy, 'invitation')
    const receipt = await operate(contact, 'unlock')
    assert.equal(receipt.state.lockState, 'unlocked')
  })

  test('works once: the ticket is burnt', async () => {
    const { world, text } = await invite()
    const first = world.anotherDevice()
    await acceptInvitation(first.device, text, first.credential)
    const second = world.anotherDevice()
    const again = acceptInvitation(second.device, text, second.credential)
    await refusedFor(again, 'unknownInvitation')
    assert.deepEqual(await second.device.memory.list(), [])
  })

  test('finds out that it is bound when the receipt is lost', async () => {
    const { world, text } = await invite()
    const { device, credential } = world.anotherDevice()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = async (lockId, sealed) => {
      const isCommand = world.lock.open(sealed).type === 'signed'
      const reply = await relay(lockId, sealed)
      if (!isCommand) return reply
      world.hub.relay = relay
      throw new KeyholderError('noAnswer')
    }
    const { contact, receipt } = await acceptInvitation(device, text, credential)
    assert.equal(receipt, undefined)
    assert.equal((await operate(contact, 'unlock')).outcome, 'done')
  })

  test('says that nothing is known when the request was lost', async () => {
    const { world, text } = await invite()
    const { device, credential } = world.anotherDevice()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = (lockId, sealed) =>
      world.lock.open(sealed).type === 'signed'
        ? Promise.reject(new KeyholderError('noAnswer'))
        : relay(lockId, sealed)
    await rejectsWith(acceptInvitation(device, text, credential), 'noAnswer')
    assert.deepEqual(await device.memory.list(), [])
  })

  test('refuses a shortened link', async () => {
    const { world, text } = await invite()
    assert.throws(() => readInvitation(world.device, text.slice(0, -3)), {
      code: 'invitationWrong',
    })
  })

  test('leaves the known keys of a lock alone when the link has the same', async () => {
    const { world, text } = await invite()
    const { credential } = world.anotherDevice()
    await acceptInvitation(world.device, text, credential)
    const contact = await openContact(world.device, world.lock.lockId)
    assert.deepEqual(contact.known.credential, credential)
    assert.equal((await ask(contact)).state.claimed, true)
  })
})
