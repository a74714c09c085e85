import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { ask } from './ask.ts'
import { openContact } from './contact.ts'
import { operate, orderFactoryReset } from './operate.ts'
import { followState } from './sighting.ts'

async function claimed() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact, policy } = await world.claim()
  return { world, contact, policy }
}

suite('what is seen of a lock', () => {
  test('an answer counts from the moment of the question', async () => {
    const { world, contact } = await claimed()
    const askedAtMs = world.device.clock.nowMs()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = async (lockId, sealed) => {
      const reply = await relay(lockId, sealed)
      world.pass(9_000)
      return reply
    }
    assert.equal((await ask(contact)).confirmedAtMs, askedAtMs)
  })

  test('a streamed state counts from its own time, however long the hub held it', async () => {
    const { world, contact } = await claimed()
    const askedAtMs = world.device.clock.nowMs()
    await ask(contact)
    world.pass(5_000)
    const signed = world.lock.signedState()
    world.pass(600_000)
    assert.equal(followState(contact, signed)?.confirmedAtMs, askedAtMs + 5_000)
  })

  test('a streamed state is never newer than now', async () => {
    const { world, contact } = await claimed()
    await ask(contact)
    world.pass(5_000)
    const signed = world.lock.signedState()
    world.pass(-5_000)
    assert.equal(followState(contact, signed)?.confirmedAtMs, world.device.clock.nowMs())
  })

  test('an older streamed state is passed over', async () => {
    const { world, contact } = await claimed()
    const locked = world.lock.signedState()
    await operate(contact, 'unlock')
    assert.equal(followState(contact, locked), undefined)
    assert.equal(contact.sighting?.state.lockState, 'unlocked')
  })

  test('nothing is believed of the stream before the lock was asked', async () => {
    const { world } = await claimed()
    const contact = await openContact(world.device, world.lock.lockId)
    assert.equal(followState(contact, world.lock.signedState()), undefined)
  })

  const bad: Record<
    string,
    readonly [string, (world: Awaited<ReturnType<typeof claimed>>['world']) => Uint8Array]
  > = {
    'of another lock': [
      'replyForged',
      (world) => createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs()).signedState(),
    ],
    'with another statement inside': ['replyForged', (world) => world.lock.signedHead()],
    'of no CBOR': ['replyUnreadable', () => Uint8Array.of(1, 2, 3)],
  }
  for (const [what, [code, make]] of Object.entries(bad)) {
    test(`a streamed state ${what} is ${code}`, async () => {
      const { world, contact } = await claimed()
      await ask(contact)
      assert.throws(() => followState(contact, make(world)), { code })
    })
  }

  test('a lock that was set back to an older policy is told loudly, and stays usable', async () => {
    const { world, contact, policy } = await claimed()
    world.lock.putPolicy((before) => ({ ...before, doorName: 'Renamed' }))
    assert.equal((await ask(contact)).fault, undefined)
    world.lock.setBack(policy)
    const again = await openContact(world.device, world.lock.lockId)
    assert.equal((await ask(again)).fault, 'policyRolledBack')
    assert.equal((await operate(again, 'unlock')).outcome, 'done')
    assert.equal(again.known.policy?.version, 2, 'what was seen stays remembered')
  })

  test('a lock that its owner has set back says so, and is no lock with an older list', async () => {
    const { contact } = await claimed()
    await ask(contact)
    assert.equal((await orderFactoryReset(contact)).state.claimed, false)
    const { state, fault } = await ask(contact)
    assert.deepEqual([state.claimed, fault], [false, undefined])
  })

  test('two policies with one number are told loudly', async () => {
    const { world, contact, policy } = await claimed()
    world.lock.setBack({ ...policy, doorName: 'Another' })
    assert.equal((await ask(contact)).fault, 'policyForked')
  })
})
