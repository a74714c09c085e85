import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { ask, changePolicy, draftVisitorCode, operate } from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import { createMemoryDisk, createMemoryStore } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'
import { sealRequest } from '@mortise/protocol/seal'
import { commandHash } from '@mortise/protocol/verify'
import { bytesEqual, commandMessage, requestMessage } from '@mortise/protocol/wire'
import { directHub } from '#proof/testing/direct-hub.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { claimAs, createPerson } from '#proof/testing/person.ts'
import { openTestLock, settle, startMs } from '#proof/testing/test-lock.ts'
import type { TestLock, TestLockOptions } from '#proof/testing/test-lock.ts'

/** What may happen once happens once, however often and at whatever moment it is tried. */

const tries = 10_000
const requestLimits = { perSecondMax: 1e9, inFlightMax: tries }

const ownerSeed = new Uint8Array(32).fill(0x51)

/** An owner at a bolted door, whose lock `changes` can make different at the next start. */
async function openDoor(changes: TestLockOptions = {}) {
  let current = openTestLock({ requestLimits, ...changes })
  let held: ((sealed: Uint8Array) => void) | undefined
  const honest = directHub(() => current)
  const hub: HubPort = {
    ...honest,
    relay(lockId, sealed) {
      if (held === undefined) return honest.relay(lockId, sealed)
      held(sealed)
      return Promise.reject(new MortiseError('world', 'held', 'the hub keeps it for itself'))
    },
  }
  const nowMs = (): number => startMs + current.time.clock.monotonicMs()
  const owner = createPerson({ name: 'Ada', hub, nowMs, seed: ownerSeed })
  current.door.hands.pressInsideButton()
  const contact = await claimAs(owner, current.door.snapshot().setupCode?.text ?? '')
  await operate(contact, 'lock')
  return {
    owner,
    contact,
    lock: () => current,
    restart: async (next?: TestLockOptions) => {
      current = await current.restart(next)
    },
    /** The owner's tap, as whoever stands between has it. */
    holdTap: async (): Promise<Uint8Array> => {
      const sealed = new Promise<Uint8Array>((resolve) => {
        held = resolve
      })
      await assert.rejects(operate(contact, 'unlock'), { code: 'held' })
      held = undefined
      return sealed
    },
  }
}

/** How often the bolt was drawn back by the motor. */
function openings({ door }: TestLock): number {
  return door.snapshot().counts.motorRetractions
}

function deliverAtOnce(lock: TestLock, sealed: Uint8Array, times: number): Promise<unknown> {
  const answers = Array.from({ length: times }, () => lock.lock.request(sealed))
  return settle(lock.time, Promise.allSettled(answers))
}

test('one tap delivered ten thousand times at once opens once, and never after a restart', async () => {
  const { lock, contact, holdTap, restart } = await openDoor()
  const before = openings(lock())
  const tap = await holdTap()
  await deliverAtOnce(lock(), tap, tries)
  assert.equal(openings(lock()) - before, 1)

  await operate(contact, 'lock')
  await restart()
  await deliverAtOnce(lock(), tap, 100)
  assert.equal(openings(lock()) - before, 1)
  await operate(contact, 'unlock')
  assert.equal(openings(lock()) - before, 2, 'a tap of its own opens')
  await lock().lock.close()
})

/** Unlockings by phone that the lock has accepted, whether or not the bolt followed. */
function accepted({ store, lock }: TestLock): number {
  return readJournal(store, lock.lockId).filter(({ type, source, verb }) => {
    return type === 'operationIntent' && source === 'remote' && verb === 'unlock'
  }).length
}

test('ten thousand commands that answer one challenge, sent at once, open once', async () => {
  const { lock, contact, owner, restart } = await openDoor()
  const [opened, taken] = [openings(lock()), accepted(lock())]
  await ask(contact)
  const challenge = contact.challenge?.value
  assert.ok(challenge)
  const { lockId, sealingKey } = lock().lock
  const credentialId = owner.credential.id
  const orders = Array.from({ length: tries }, () => {
    const replyTo = crypto.randomBytes(32)
    const operation = { type: 'unlock' } as const
    const command = commandMessage.encode({ v: 1, lockId, operation, challenge, replyTo })
    const signature = crypto.signEd25519(ownerSeed, commandHash(crypto, command))
    const proof = { type: 'deviceKey', credentialId, signature } as const
    const plain = requestMessage.encode({ type: 'signed', command, proof })
    return sealRequest(crypto, lockId, sealingKey, plain)
  })
  const deliver = (times: number): Promise<unknown> => {
    const answers = orders.slice(0, times).map((order) => lock().lock.request(order))
    return settle(lock().time, Promise.allSettled(answers))
  }
  await deliver(tries)
  assert.deepEqual([openings(lock()) - opened, accepted(lock()) - taken], [1, 1])
  await restart()
  await deliver(100)
  assert.deepEqual([openings(lock()) - opened, accepted(lock()) - taken], [1, 1])
  await lock().lock.close()
})

for (const { when, takes } of [
  { when: 'before', takes: [0, 1] },
  { when: 'after', takes: [1] },
] as const) {
  for (const [cut, times] of takes.entries()) {
    test(`one tap sent ten thousand times while the power goes ${when} commit ${cut + 1} is taken ${times} times`, async () => {
      const memory = createMemoryDisk()
      let deaths = 0
      const { options, arm } = dying(memory, when, cut, () => {
        deaths += 1
      })
      const { lock, contact, holdTap, restart } = await openDoor(options)
      const [opened, taken] = [openings(lock()), accepted(lock())]
      const tap = await holdTap()
      arm()
      // Whoever the power has left without an answer waits for none.
      for (let copy = 0; copy < tries; copy += 1) void lock().lock.request(tap)
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
      lock().time.advance(3000)
      assert.equal(deaths, 1)
      await restart({ requestLimits, disk: memory })
      await deliverAtOnce(lock(), tap, 100)
      assert.equal(accepted(lock()) - taken, times)
      assert.ok(openings(lock()) - opened <= times)
      if (lock().door.snapshot().bolt === 'retracted') await operate(contact, 'lock')
      assert.equal((await operate(contact, 'unlock')).outcome, 'done', 'a tap of its own opens')
      await lock().lock.close()
    })
  }
}

/** Types a code and lets the bolt come to rest; bolts the door again by hand. */
async function enter(lock: TestLock, pin: string): Promise<void> {
  for (const key of `${pin}#`) lock.door.hands.pressKey(keyOf(key))
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  lock.time.advance(3000)
  if (lock.door.snapshot().bolt === 'retracted') lock.door.hands.turnBolt('extended')
}

const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#'] as const

function keyOf(text: string): (typeof keys)[number] {
  const key = keys.find((known) => known === text)
  assert.ok(key)
  return key
}

// The use is spent with the durable intent: when the power goes between that and the motor, nobody
// comes in on this code, because two people would be worse.
const cuts = [
  { when: 'before', opens: 1 },
  { when: 'after', opens: 0 },
] as const

for (const { when, opens } of cuts) {
  test(`a one-time code typed ten thousand times across power cuts ${when} commits is used once`, async () => {
    const disk = createMemoryDisk()
    const steel = createMemoryStore()
    const { owner, contact, lock, restart } = await openDoor({ disk, steel })
    const once = { name: 'Nora', userType: 'disposableUser' } as const
    const draft = draftVisitorCode(owner.device, once)
    await changePolicy(contact, draft)
    const before = openings(lock())
    let deaths = 0
    for (let cut = 0; cut < 4; cut += 1) {
      const { options, arm } = dying(disk, when, cut, () => {
        deaths += 1
      })
      await restart(options)
      arm()
      await enter(lock(), draft.pin)
    }
    assert.ok(deaths >= 2, `the power went ${deaths} times`)
    await restart({ disk })
    for (let count = 0; count < tries; count += 1) await enter(lock(), draft.pin)
    assert.equal(openings(lock()) - before, opens)
    const intents = readJournal(lock().store, lock().lock.lockId).filter(
      ({ type, userId }) =>
        type === 'operationIntent' && userId !== undefined && bytesEqual(userId, draft.userId),
    )
    assert.equal(intents.length, 1)
    await lock().lock.close()
  })
}

/** A lock that dies at its commit number `cut`, counted from `arm`. */
function dying(
  disk: ReturnType<typeof createMemoryDisk>,
  when: 'before' | 'after',
  cut: number,
  onFatal: () => void,
): { readonly options: TestLockOptions; readonly arm: () => void } {
  let left = Infinity
  const fail = (): void => {
    left -= 1
    if (left < 0) throw new MortiseError('world', 'powerCut', 'the power went')
  }
  const faults = when === 'before' ? { beforeDurable: fail } : { afterDurable: fail }
  return {
    options: { disk: { open: () => disk.open(faults) }, onFatal },
    arm() {
      left = cut
    },
  }
}
