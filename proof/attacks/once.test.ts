import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changePolicy, draftVisitorCode, operate } from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import { createMemoryDisk, createMemoryStore } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'
import { bytesEqual } from '@mortise/protocol/wire'
import { directHub } from '#proof/testing/direct-hub.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { claimAs, createPerson } from '#proof/testing/person.ts'
import { openTestLock, settle, startMs } from '#proof/testing/test-lock.ts'
import type { TestLock, TestLockOptions } from '#proof/testing/test-lock.ts'

/** What may happen once happens once, however often and at whatever moment it is tried. */

const tries = 10_000
const requestLimits = { perSecondMax: 1e9, inFlightMax: tries }

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
  const owner = createPerson({ name: 'Ada', hub, nowMs })
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
