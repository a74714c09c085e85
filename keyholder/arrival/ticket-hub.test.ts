import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { RestError } from '@mortise/protocol/rest'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { openContact } from '#keyholder/contact/contact.ts'
import { ask } from '#keyholder/contact/ask.ts'
import { changePolicy } from '#keyholder/policy/change.ts'
import { draftInvitedPerson } from '#keyholder/policy/drafts.ts'
import { rejectsWith } from '#keyholder/testing/expect.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { acceptInvitation, lookAtInvitation, readInvitation } from './accept-invitation.ts'
import { ticketHubOver } from './ticket-hub.ts'

const hour = 3_600_000

async function invited() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  const nowMs = world.device.clock.nowMs()
  const validity = { notBeforeMs: nowMs, notAfterMs: nowMs + hour }
  const person = { name: 'Ben', role: 'guest', validity } as const
  const terms = { notAfterMs: nowMs + hour, inviterName: 'Ada' }
  const draft = draftInvitedPerson(world.device, world.lock, person, terms)
  await changePolicy(contact, draft)
  const invitation = readInvitation(world.device, draft.text)
  const entries: unknown[] = []
  let sessions = 0
  const client = {
    beginInvitation: () => Promise.resolve({ nonce: new Uint8Array(32).fill(9), expiresAtMs: 0 }),
    enterInvitation: (entry: Parameters<Client['enterInvitation']>[0]) => {
      entries.push(entry)
      const { lockId, invitationId, ticketSeed } = invitation
      const publicKey = nodeSealCrypto.ed25519PublicKey(ticketSeed)
      const input = ticketEntryInput(entry.nonce, lockId, invitationId)
      assert.ok(nodeSealCrypto.verifyEd25519(publicKey, input, entry.signature))
      sessions += 1
      return Promise.resolve({ token: `session ${sessions}`, expiresAtMs: 0 })
    },
    relayInvited: ({ token, sealed }: { token: string; sealed: Uint8Array }) => {
      if (token !== `session ${sessions}`) throw new RestError('notSignedIn', 401, { message: '' })
      return Promise.resolve({ sealed: world.lock.answer(sealed) })
    },
  }
  const other = world.anotherDevice()
  const device = { ...other.device, hub: ticketHubOver(client, other.device, draft.text) }
  const endSession = () => {
    sessions += 1
  }
  return {
    world,
    text: draft.text,
    device,
    credential: other.credential,
    entries,
    endSession,
    person,
  }
}

type Client = Parameters<typeof ticketHubOver>[0]

suite('ticketHubOver', () => {
  test('lets an invitee look, accept, and know their own access afterwards', async () => {
    const { world, text, device, credential, entries, person } = await invited()
    assert.equal(readInvitation(device, text).inviterName, 'Ada')
    const { access } = await lookAtInvitation(device, text)
    assert.equal(access?.doorName, 'Front door')
    assert.equal(access.role, 'guest')
    assert.equal(typeof access.invitationNotAfterMs, 'number')
    await acceptInvitation(device, text, credential)
    assert.equal(entries.length, 1, 'one entry serves for all questions')

    // From then on over the ordinary way, without any policy report.
    const hub = { ...device.hub, relay: world.hub.relay.bind(world.hub) }
    const contact = await openContact({ ...device, hub }, world.lock.lockId)
    assert.deepEqual(contact.known.credential, credential)
    assert.deepEqual(contact.known.access?.validity, person.validity)
    assert.equal(contact.known.access.invitationNotAfterMs, undefined)
    assert.equal((await ask(contact)).noChallengeReason, undefined)
    await rejectsWith(contact.device.hub.policyReport(world.lock.lockId), 'notAllowedByHub')
  })

  test('remembers what the lock says anew, and only then', async () => {
    const { world, text, device, credential } = await invited()
    const { contact } = await acceptInvitation(device, text, credential)
    const hub = { ...device.hub, relay: world.hub.relay.bind(world.hub) }
    const before = contact.known.access
    const again = await openContact({ ...device, hub }, world.lock.lockId)
    await ask(again)
    assert.deepEqual(again.known.access, before)
    world.lock.putPolicy((policy) => ({ ...policy, doorName: 'Back door' }))
    await ask(again)
    assert.equal(again.known.access?.doorName, 'Back door')
    assert.equal((await device.memory.read(world.lock.lockId))?.access?.doorName, 'Back door')
  })

  test('enters anew once its session is over', async () => {
    const { text, device, entries, endSession } = await invited()
    await lookAtInvitation(device, text)
    endSession()
    await rejectsWith(lookAtInvitation(device, text), 'signedOut')
    await lookAtInvitation(device, text)
    assert.equal(entries.length, 2)
  })

  test('believes no other lock in the place of the one in the link', async () => {
    const { world, text, device } = await invited()
    const impostor = createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs())
    const hub = {
      ...device.hub,
      relay: async (_: Uint8Array, sealed: Uint8Array) => impostor.answer(sealed),
    }
    await rejectsWith(lookAtInvitation({ ...device, hub }, text), 'requestUndeliverable')
    assert.deepEqual(await device.memory.list(), [])
  })
})
