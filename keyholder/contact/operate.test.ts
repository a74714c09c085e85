import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { LockRefusal } from '#keyholder/errors.ts'
import { refusedFor, rejectsWith } from '#keyholder/testing/expect.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { ask } from './ask.ts'
import { openContact } from './contact.ts'
import { operate, setOperatingMode, unlockFor } from './operate.ts'

async function claimed() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  return { world, contact }
}

suite('operate', () => {
  test('needs one round trip while a challenge is in hand', async () => {
    const { world, contact } = await claimed()
    const before = world.hub.relayed.length
    const receipt = await operate(contact, 'unlock')
    assert.equal(world.hub.relayed.length - before, 1)
    assert.equal(receipt.state.lockState, 'unlocked')
    await operate(contact, 'lock')
    assert.equal(world.hub.relayed.length - before, 2)
    assert.equal(world.lock.bolt, 'locked')
    assert.equal(world.lock.drives, 2)
  })

  test('asks first when it has no challenge', async () => {
    const { world } = await claimed()
    const contact = await openContact(world.device, world.lock.lockId)
    const before = world.hub.relayed.length
    await operate(contact, 'unlock')
    assert.equal(world.hub.relayed.length - before, 2)
  })

  for (const { agesMs, trips, proofs } of [
    { agesMs: 24_999, trips: 1, proofs: 1 },
    { agesMs: 25_000, trips: 2, proofs: 1 },
    { agesMs: 3_600_000, trips: 2, proofs: 1 },
    { agesMs: -1, trips: 2, proofs: 1 },
  ]) {
    test(`takes ${trips} round trips with a challenge of ${agesMs} ms`, async () => {
      const { world, contact } = await claimed()
      world.pass(agesMs)
      const [tripsBefore, proofsBefore] = [world.hub.relayed.length, world.proofs]
      await operate(contact, 'unlock')
      assert.equal(world.hub.relayed.length - tripsBefore, trips)
      assert.equal(world.proofs - proofsBefore, proofs)
    })
  }

  test('proves once more when the lock has forgotten the challenge', async () => {
    const { world, contact } = await claimed()
    world.lock.restart()
    const before = world.proofs
    await operate(contact, 'unlock')
    assert.equal(world.proofs - before, 2)
    assert.equal(world.lock.drives, 1)
  })

  test('signs once when a hub sends everything twice and passes the second answer on', async () => {
    const { world, contact } = await claimed()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = async (lockId, sealed) => {
      await relay(lockId, sealed)
      return relay(lockId, sealed)
    }
    const before = world.proofs
    await rejectsWith(operate(contact, 'unlock'), 'noAnswer')
    assert.equal(world.proofs - before, 1)
    assert.equal(world.lock.drives, 1)
  })

  test('signs no second time for an answer that came late', async () => {
    const { world, contact } = await claimed()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = (lockId, sealed) => {
      world.lock.restart()
      world.pass(30_000)
      return relay(lockId, sealed)
    }
    const before = world.proofs
    await refusedFor(operate(contact, 'unlock'), 'challengeUnknown')
    assert.equal(world.proofs - before, 1)
  })

  test('sends no tap that has waited for the way until nobody may stand there any more', async () => {
    const { world, contact } = await claimed()
    contact.challenge = undefined
    const relay = world.hub.relay.bind(world.hub)
    let trips = 0
    world.hub.relay = (lockId, sealed) => {
      trips += 1
      world.pass(30_001)
      return relay(lockId, sealed)
    }
    const before = world.proofs
    await rejectsWith(operate(contact, 'unlock'), 'wayTooSlow')
    assert.deepEqual([trips, world.proofs - before, world.lock.drives], [1, 0, 0])
  })

  test('sends no tap that has waited behind another one for as long', async () => {
    const { world, contact } = await claimed()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = (lockId, sealed) => {
      world.pass(20_000)
      return relay(lockId, sealed)
    }
    const taps = ['unlock', 'lock', 'unlock'] as const
    const ends = await Promise.allSettled(taps.map((verb) => operate(contact, verb)))
    assert.deepEqual(
      ends.map((end) => (end.status === 'fulfilled' ? 'done' : end.reason.code)),
      ['done', 'done', 'wayTooSlow'],
    )
  })

  test('never tries a third time', async () => {
    const { world, contact } = await claimed()
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = (lockId, sealed) => {
      world.lock.restart()
      return relay(lockId, sealed)
    }
    const before = world.proofs
    await refusedFor(operate(contact, 'unlock'), 'challengeUnknown')
    assert.equal(world.proofs - before, 2)
    assert.equal(world.lock.drives, 0)
  })

  test('reports a door that did not follow, with the state after it', async () => {
    const { world, contact } = await claimed()
    world.lock.failNext('jammed')
    await assert.rejects(operate(contact, 'unlock'), (error) => {
      assert.ok(error instanceof LockRefusal)
      assert.equal(error.code, 'failed')
      assert.equal(error.reason, 'jammed')
      assert.equal(error.receipt?.state.lockState, 'locked')
      return true
    })
    await operate(contact, 'unlock')
  })

  test('says that the lock is away, and sends nothing later', async () => {
    const { world, contact } = await claimed()
    world.hub.online = false
    await rejectsWith(operate(contact, 'unlock'), 'lockOffline')
    world.hub.online = true
    assert.equal(world.lock.drives, 0)
  })

  test('gives the reason why a removed device gets no challenge', async () => {
    const { world, contact } = await claimed()
    world.lock.putPolicy((policy) => ({
      ...policy,
      users: policy.users.map((user) => ({ ...user, credentials: [] })),
    }))
    world.pass(60_000)
    await refusedFor(operate(contact, 'unlock'), 'unknownCredential')
    assert.equal((await ask(contact)).noChallengeReason, 'unknownCredential')
  })

  test('unlocks for seconds, at most a day; more never leaves', async () => {
    const { world, contact } = await claimed()
    const { state } = await unlockFor(contact, 86_400)
    assert.equal(state.autoRelockAtMs, state.timeMs + 86_400_000)
    await operate(contact, 'lock')
    for (const seconds of [0, -1, 1.5, 86_401]) {
      await assert.rejects(unlockFor(contact, seconds))
    }
    assert.equal(world.lock.bolt, 'locked')
  })

  test('sets a mode until a time, and ends it', async () => {
    const { contact } = await claimed()
    const { state } = await setOperatingMode(contact, 'lockdown', 1_900_000_000_000)
    const { operatingMode, operatingModeUntilMs } = state
    assert.deepEqual([operatingMode, operatingModeUntilMs], ['lockdown', 1_900_000_000_000])
    const ended = await setOperatingMode(contact, 'normal')
    assert.equal(ended.state.operatingMode, undefined)
    assert.equal(ended.state.operatingModeUntilMs, undefined)
    await refusedFor(setOperatingMode(contact, 'vacation', 1), 'noLongerValid')
  })

  test('two taps at once are two commands', async () => {
    const { world, contact } = await claimed()
    const both = await Promise.all([operate(contact, 'unlock'), operate(contact, 'unlock')])
    assert.deepEqual(
      new Set(both.map(({ reason }) => reason)),
      new Set(['granted', 'alreadyThere']),
    )
    assert.equal(world.lock.drives, 1)
  })

  test('does not know a lock that it never met', async () => {
    const { world } = await claimed()
    await rejectsWith(openContact(world.device, new Uint8Array(32)), 'lockUnknown')
  })
})
