import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Entry } from '@mortise/protocol/words'
import { Auditor } from '#core/testing/auditor.ts'
import { chanceFrom, person, policyOf, seedOf } from '@mortise/access/testing'
import { RandomWorld } from '#core/testing/random-world.ts'
import { claimedLock } from '#core/testing/test-lock.ts'

const worlds = 150
const actionsPerWorld = 120

test('the motion-and-truth contract holds in random worlds with power cuts', (t) => {
  const seed = seedOf(t)
  const chance = chanceFrom(seed)
  const seen = new Map<string, number>()
  for (let number = 0; number < worlds; number += 1) {
    const world = new RandomWorld(chance)
    try {
      for (let action = 0; action < actionsPerWorld; action += 1) world.act()
    } catch (error) {
      t.diagnostic(`seed ${seed}, world ${number}: ${world.story.join(', ')}`)
      throw error
    }
    for (const entry of world.lock.store.journal()) count(seen, entry)
  }
  const stories = ['unlock remote granted', 'unlock keypad granted', 'lock auto granted']
  for (const story of [...stories, 'unlock interrupted', 'unlock remote boltNotConfirmed']) {
    assert.ok((seen.get(`operationResult ${story}`) ?? 0) > 0, `no world told of: ${story}`)
  }
  for (const type of ['keypadLockedOut', 'policyChanged', 'messagesRefused', 'boltMoved']) {
    assert.ok(
      [...seen.keys()].some((key) => key.startsWith(type)),
      `no world told of: ${type}`,
    )
  }
})

function count(seen: Map<string, number>, { type, verb, source, reason }: Entry): void {
  const key = [type, verb, source, reason].filter((word) => word !== undefined).join(' ')
  seen.set(key, (seen.get(key) ?? 0) + 1)
}

/** A judge that never objects proves nothing: each planted fault must be caught. */
describe('the auditor notices', () => {
  const owner = person(1, 'owner')
  const settings = { autoRelockTime: 30, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 }

  function scene() {
    const lock = claimedLock(owner, policyOf([owner.user], { settings }))
    return { lock, auditor: new Auditor(lock, 30_000) }
  }

  test('a bolt that is said to be extended and is not', () => {
    const { lock, auditor } = scene()
    const result = lock.input({ type: 'timer', name: 'timeFloor' })
    lock.sensors = { ...lock.sensors, bolt: 'retracted' }
    assert.throws(
      () => auditor.judge({ type: 'timer', name: 'timeFloor' }, result),
      /locked is true/,
    )
  })

  test('a drive without an intent', () => {
    const { lock, auditor } = scene()
    const input = { type: 'timer', name: 'timeFloor' } as const
    const result = lock.input(input)
    const drive = { type: 'drive', direction: 'retract', intent: 3 } as const
    const faulty = { ...result, effects: [...result.effects, drive] }
    assert.throws(() => auditor.judge(input, faulty), /has its intent in the journal/)
  })

  test('an opening that could not be locked again, and a weakness that nobody tells', () => {
    const { lock, auditor } = scene()
    const before = lock.drives().length
    lock.send(owner, { type: 'unlock' })
    assert.equal(lock.drives().length, before + 1)
    const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
    lock.sensors = { ...lock.sensors, loadMillivolts: 3400, battery }
    const input = { type: 'timer', name: 'autoRelock' } as const
    const drive = lock.effects.filter(({ type }) => type === 'drive')
    const faulty = { writes: [], effects: drive, state: lock.state }
    assert.throws(() => auditor.judge(input, faulty), /could not end, or be locked again/)
    assert.throws(() => auditor.judge(input, { ...faulty, effects: [] }), /weakness is told/)
  })

  test('a second drive for one intent', () => {
    const { lock, auditor } = scene()
    lock.moveBolt('retracted')
    lock.advance(29_999)
    lock.monotonicMs += 1
    const input = { type: 'timer', name: 'autoRelock' } as const
    const result = lock.input(input)
    auditor.judge(input, result)
    const again = { ...result, writes: [] }
    assert.throws(() => auditor.judge(input, again), /one drive per intent/)
  })

  test('a floor that goes back', () => {
    const { lock, auditor } = scene()
    lock.store.registers = { ...lock.store.registers, policyVersionFloor: 0 }
    const input = { type: 'unreadable', reason: 'malformed' } as const
    const result = { writes: [], effects: [], state: lock.state }
    assert.throws(() => auditor.judge(input, result), assert.AssertionError)
  })

  test('a lockout that ends too early', () => {
    const { lock, auditor } = scene()
    const nothing = { writes: [], effects: [], state: lock.state }
    const input = { type: 'key', key: '1' } as const
    const { registers } = lock.store
    lock.store.registers = { ...registers, keypadLockouts: 1, keypadLockedUntilMs: 5 }
    auditor.judge(input, nothing)
    lock.monotonicMs += 29_999
    lock.store.registers = { ...registers, keypadLockouts: 1 }
    assert.throws(() => auditor.judge(input, nothing), /served in full/)
  })
})
