import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { limits } from '@mortise/protocol/limits'
import { entryMessage } from '@mortise/protocol/wire'
import { lockId } from '@mortise/access/testing'
import { boot, currentState, freshRegisters, step } from '#core/index.ts'
import type { CoreState, Input, StepResult, Write } from '#core/index.ts'
import {
  storageAlarmLookMs,
  storageFirstLookMs,
  storageGrowthLookMs,
  storageLookMs,
} from '#core/storage/prune.ts'
import { TestLock } from '#core/testing/test-lock.ts'

const context = { crypto, softwareVersion: 'test', challengeSecret: new Uint8Array(32) }
const sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: false } as const
const now = { monotonicMs: 0, wallMs: Date.UTC(2026, 5, 1) }
const hash = (byte: number) => new Uint8Array(32).fill(byte)
const mebibyte = 1024 * 1024

type Reading = Omit<Extract<Input, { type: 'storage' }>, 'type'>

/** A boot over a journal from `journalFrom` to `newest`; its own entry is one more. */
function begin(newest: number, journalFrom = 1): CoreState {
  const chainHead = { sequence: newest - 1, hash: hash(1) }
  const nobody = { pinTags: [], bindings: [], usages: [] }
  const stored = { lockId, registers: freshRegisters, chainHead, journalFrom, ...nobody }
  return boot(context, stored, sensors, now).state
}

function read(state: CoreState, reading: Partial<Reading>): StepResult {
  const whole = { reserve: 'whole', acknowledgedSequence: 0, ...reading } as const
  return step(context, state, now, { type: 'storage', ...whole })
}

const entriesOf = (writes: readonly Write[]) =>
  writes.flatMap((write) => (write.type === 'entry' ? [entryMessage.decode(write.bytes)] : []))

/** `through 5 lost 3` of what a step prunes. */
function shown({ writes, state }: StepResult): string {
  const pruned = writes.find((write) => write.type === 'entriesPruned')
  const mark = entriesOf(writes).find(({ type }) => type === 'journalPruned')
  if (pruned === undefined) return mark === undefined ? 'nothing' : 'a mark without its deed'
  assert.equal(mark?.throughSequence, pruned.throughSequence)
  assert.equal(currentState(state, now).journalFrom, pruned.throughSequence + 1)
  const lost = mark.lostFrom === undefined ? '' : ` lost ${mark.lostFrom}`
  return `through ${pruned.throughSequence}${lost}`
}

const { journalEntriesKept: kept, journalEntriesMax: most } = limits
const { journalPrunedAtOnceMax: step1, journalEntriesKeptMin: least } = limits

const table: readonly (readonly [
  what: string,
  newest: number,
  from: number,
  reading: Partial<Reading>,
  expected: string,
])[] = [
  ['a young journal stays', 500, 1, { acknowledgedSequence: 500 }, 'nothing'],
  [
    'what is handed over goes in steps',
    kept + step1,
    1,
    { acknowledgedSequence: kept },
    `through ${step1}`,
  ],
  [
    'and not before a step is worth it',
    kept + step1 - 1,
    1,
    { acknowledgedSequence: kept },
    'nothing',
  ],
  [
    'the next step begins where the last ended',
    kept + 2 * step1,
    step1 + 1,
    { acknowledgedSequence: kept },
    `through ${2 * step1}`,
  ],
  ['what nobody has stays', kept + step1, 1, {}, 'nothing'],
  [
    'what is not handed over stays',
    kept + 9 * step1,
    1,
    { acknowledgedSequence: step1 - 1 },
    'nothing',
  ],
  ['until there is far too much of it', most + step1, 1, {}, `through ${step1} lost 1`],
  [
    'a step that is partly handed over says what is lost',
    most + step1,
    1,
    { acknowledgedSequence: 700 },
    `through ${step1} lost 701`,
  ],
  [
    'a disk with little room keeps the last days only',
    5_000,
    1,
    { reserve: 'spent', acknowledgedSequence: 4_900 },
    `through ${step1}`,
  ],
  ['and nothing that nobody else has goes for it', 5_000, 1, { freeBytes: mebibyte }, 'nothing'],
  [
    'a disk without room gives what it can',
    least + 16,
    1,
    { reserve: 'exhausted', acknowledgedSequence: 3 },
    'through 16 lost 4',
  ],
  ['in steps that fit into what is left', 5_000, 1, { reserve: 'exhausted' }, 'through 128 lost 1'],
  ['but no mark that makes room for itself', least + 15, 1, { reserve: 'exhausted' }, 'nothing'],
  ['down to what must stay', least, 1, { reserve: 'exhausted' }, 'nothing'],
  [
    'even of a short journal that was pruned before',
    9_000,
    9_000 - least - 15,
    { reserve: 'exhausted', acknowledgedSequence: 9_000 },
    `through ${9_000 - least}`,
  ],
]

describe('pruning', () => {
  for (const [what, newest, from, reading, expected] of table) {
    test(`${what}: ${from} to ${newest}, ${JSON.stringify(reading)} gives ${expected}`, () => {
      assert.equal(shown(read(begin(newest, from), reading)), expected)
    })
  }

  test('comes to an end by itself: the marks make no work for one another', () => {
    let state = begin(kept + 3 * step1)
    const done: string[] = []
    for (let turn = 0; turn < 10; turn += 1) {
      const result = read(state, { acknowledgedSequence: state.chain.sequence })
      state = result.state
      done.push(shown(result))
    }
    assert.equal(done.filter((one) => one !== 'nothing').length, 3)
  })
})

const losses = (result: StepResult) => entriesOf(result.writes).map(({ lostAfter }) => lostAfter)

describe('a mark over what is lost', () => {
  const lossy = (state: CoreState, acknowledgedSequence: number, byte?: number) =>
    read(state, {
      reserve: 'exhausted',
      acknowledgedSequence,
      ...(byte === undefined ? {} : { acknowledgedHash: hash(byte) }),
    })
  const markOf = (result: StepResult) =>
    entriesOf(result.writes).find(({ type }) => type === 'journalPruned')

  test('names where the copy of the hub ends, again and again, until the hub has heard', () => {
    const first = lossy(begin(5_000), 30, 7)
    assert.deepEqual(markOf(first)?.lostAfter, hash(7))
    // The store cannot tell it any more; the registers do, also after a restart.
    const second = lossy(first.state, 30)
    assert.deepEqual(
      [markOf(second)?.lostFrom, markOf(second)?.throughSequence, markOf(second)?.lostAfter],
      [31, 256, hash(7)],
    )
    assert.deepEqual(second.state.registers.journalLoss, { after: 30, hash: hash(7) })
    const heard = read(second.state, { acknowledgedSequence: 5_002, reserve: 'exhausted' })
    assert.deepEqual([markOf(heard)?.lostFrom, losses(heard)[0]], [undefined, undefined])
    assert.equal(heard.state.registers.journalLoss, undefined)
  })

  test('a new hole is not the old one', () => {
    const first = lossy(begin(5_000), 30, 7)
    const later = lossy(first.state, 200, 9)
    assert.deepEqual([markOf(later)?.lostFrom, markOf(later)?.lostAfter], [201, hash(9)])
  })

  test('says that something is lost even where nobody knows what came before', () => {
    const mark = markOf(lossy(begin(5_000, 100), 30))
    assert.deepEqual([mark?.lostFrom, mark?.lostAfter], [31, undefined])
  })
})

describe('the alarm of a store that is nearly full', () => {
  const alarms = (result: StepResult) =>
    entriesOf(result.writes).map(({ type, alarmCode }) => `${type} ${alarmCode ?? ''}`.trim())
  const readings: readonly (readonly [Partial<Reading>, string])[] = [
    [{ freeBytes: 17 * mebibyte }, ''],
    [{ freeBytes: 16 * mebibyte - 1 }, 'alarmBegan storageNearlyFull'],
    [{ freeBytes: 20 * mebibyte }, ''],
    [{ freeBytes: 32 * mebibyte }, 'alarmEnded storageNearlyFull'],
    [{ freeBytes: 20 * mebibyte }, ''],
    [{ reserve: 'growing' }, ''],
    [{ reserve: 'spent', freeBytes: 90 * mebibyte }, 'alarmBegan storageNearlyFull'],
    [{ reserve: 'spent', freeBytes: 90 * mebibyte }, ''],
    [{ reserve: 'whole' }, 'alarmEnded storageNearlyFull'],
    [{ reserve: 'exhausted' }, 'alarmBegan storageNearlyFull'],
  ]
  test('begins and ends at edges that lie apart', () => {
    let state = begin(50)
    for (const [reading, expected] of readings) {
      const result = read(state, reading)
      state = result.state
      assert.equal(alarms(result).join(), expected, JSON.stringify(reading))
    }
    assert.deepEqual(currentState(state, now).alarms, ['storageNearlyFull'])
  })

  test('stands while no hub takes the journal, and ends below where it began', () => {
    assert.deepEqual(alarms(read(begin(most * 0.9), {})), [])
    const full = read(begin(most * 0.9 + 1), {})
    assert.deepEqual(alarms(full), ['alarmBegan storageNearlyFull'])
    const still = read({ ...full.state, journalFrom: most * 0.05 }, {})
    assert.deepEqual(alarms(still), [])
    const calm = read({ ...full.state, journalFrom: most * 0.2 }, {})
    assert.deepEqual(alarms(calm), ['alarmEnded storageNearlyFull'])
  })
})

test('the store is looked at soon after a start, then seldom, and often while something is wrong', () => {
  const timer = ({ effects }: StepResult) =>
    effects.flatMap((effect) =>
      effect.type === 'setTimer' && effect.name === 'storage' ? [effect.atMonotonicMs] : [],
    )
  const nobody = { pinTags: [], bindings: [], usages: [] }
  const chainHead = { sequence: 0, hash: hash(0) }
  const first = boot(
    context,
    { lockId, registers: freshRegisters, chainHead, ...nobody },
    sensors,
    now,
  )
  assert.deepEqual(timer(first), [storageFirstLookMs])
  const due = step(context, first.state, now, { type: 'timer', name: 'storage' })
  assert.deepEqual(due.effects, [{ type: 'readStorage' }])
  assert.deepEqual(timer(read(due.state, {})), [storageLookMs])
  assert.deepEqual(timer(read(due.state, { reserve: 'growing' })), [storageGrowthLookMs])
  assert.deepEqual(timer(read(due.state, { reserve: 'spent' })), [storageAlarmLookMs])
})

test('readings in between bring the next look forward, and never put it off', () => {
  const lock = new TestLock()
  const reading = (reserve: Reading['reserve']) =>
    lock.input({ type: 'storage', reserve, acknowledgedSequence: 0 })
  reading('spent')
  assert.equal(lock.timerAt('storage'), storageFirstLookMs)
  lock.advance(storageFirstLookMs)
  reading('whole')
  assert.equal(lock.timerAt('storage'), storageFirstLookMs + storageLookMs)
  lock.advance(1000)
  reading('spent')
  const dueMs = lock.monotonicMs + storageAlarmLookMs
  for (const reserve of ['spent', 'whole', 'spent'] as const) {
    lock.advance(60_000)
    reading(reserve)
    assert.equal(lock.timerAt('storage'), dueMs, reserve)
  }
})
