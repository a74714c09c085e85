import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Entry } from '@mortise/protocol/words'
import type { Court } from './court.ts'
import { createDeeds } from './deeds.ts'
import { createResetJudge } from './reset-judge.ts'
import { samplePolicy, sampleUser } from './sample-policy.ts'

const secondMs = 1_000
const waitMs = 3 * 86_400_000
const owner = new Uint8Array(16).fill(1)
const resident = new Uint8Array(16).fill(2)
const before = new Uint8Array(16).fill(3)

const policy = samplePolicy([sampleUser('owner', owner), sampleUser('resident', resident)])
const quiet = { alarms: [], claimed: true } as const

type Told = Pick<Entry, 'type'> & Partial<Entry>

function entryOf(told: Told): Entry {
  const link = { v: 1, sequence: 1, boot: 1, timeMs: 1, previous: new Uint8Array(32) } as const
  return { ...link, ...told }
}

/** A house in peace, and what the judge finds. */
function house() {
  let nowMs = 0
  const found: string[] = []
  const deeds = createDeeds(() => nowMs)
  const court: Court = {
    nowMs: () => nowMs,
    holds(_claim, kept, detail) {
      if (!kept) found.push(detail())
    },
    door: () => undefined,
    published: () => undefined,
    document: policy,
    policy,
    mode: { name: 'normal', untilMs: undefined },
    clockRight: true,
    insideMs: undefined,
    relockSeconds: [],
  }
  const judge = createResetJudge(court, deeds, new Set([before.toHex()]))
  const reads = (...entries: readonly Told[]): void => {
    for (const entry of entries) judge.reads(entryOf(entry))
    judge.committed(entries.some(({ type }) => type === 'factoryReset'))
  }
  const pass = (durationMs: number): void => void (nowMs += durationMs)
  const press = (durationMs: number): void => {
    judge.button(true)
    pass(durationMs)
    judge.button(false)
  }
  return {
    judge,
    deeds,
    reads,
    pass,
    press,
    found,
    ask: (): void => {
      press(11 * secondMs)
      pass(secondMs)
      press(0)
    },
    order(who: Uint8Array) {
      deeds.did(who, 'reset')
      court.insideMs = nowMs
      reads({ type: 'factoryReset', credentialId: who })
    },
  }
}

const byButton: readonly Told[] = [
  { type: 'alarmEnded', alarmCode: 'lockFactoryReset' },
  { type: 'factoryReset', source: 'button' },
]

describe('the judge of resets', () => {
  test('takes one that was asked for and waited for', () => {
    const { ask, pass, reads, found } = house()
    ask()
    pass(waitMs)
    reads(...byButton)
    assert.deepEqual(found, [])
  })

  const wrong: readonly (readonly [string, (one: ReturnType<typeof house>) => void])[] = [
    ['a moment too soon', ({ ask, pass }) => (ask(), pass(waitMs - 1))],
    ['nobody asked for', ({ pass }) => pass(waitMs)],
    ['was asked for in half', ({ press, pass }) => (press(11 * secondMs), pass(waitMs))],
    [
      'was asked for too hastily',
      ({ press, pass }) => (press(9 * secondMs), press(0), pass(waitMs)),
    ],
    [
      'was asked for too slowly',
      ({ press, pass }) => (press(11 * secondMs), pass(29 * secondMs), press(0), pass(waitMs)),
    ],
    [
      'an owner has stopped',
      ({ ask, pass, reads }) => {
        ask()
        reads({ type: 'alarmEnded', alarmCode: 'lockFactoryReset', credentialId: owner })
        pass(waitMs)
      },
    ],
    [
      'somebody inside has stopped',
      ({ ask, press, pass }) => (ask(), press(10 * secondMs), pass(waitMs)),
    ],
    ['a restart has ended', ({ ask, judge, pass }) => (ask(), judge.booted(), pass(waitMs))],
  ]
  for (const [what, happens] of wrong) {
    test(`finds one that ${what}`, () => {
      const one = house()
      happens(one)
      one.reads(...byButton)
      assert.equal(one.found.length, 1, one.found.join())
    })
  }

  test('takes the order of an owner who stands inside, and of nobody else', () => {
    const one = house()
    one.order(owner)
    assert.deepEqual(one.found, [])
    const other = house()
    other.order(resident)
    assert.deepEqual(other.found, ['ordered by undefined'])
    const far = house()
    far.deeds.did(owner, 'reset')
    far.reads({ type: 'factoryReset', credentialId: owner })
    assert.deepEqual(far.found, ['ordered, and nobody stood inside'])
  })

  test('finds whoever opens after it, and whoever opens by what was good before', () => {
    const one = house()
    one.reads({ type: 'operationIntent', verb: 'unlock', credentialId: owner })
    assert.deepEqual(one.found, [])
    one.reads({ type: 'operationIntent', verb: 'unlock', credentialId: before })
    assert.equal(one.found.length, 1)
    one.order(owner)
    one.reads({ type: 'factoryReset' })
    const count = one.found.length
    one.judge.reads(entryOf({ type: 'operationIntent', verb: 'unlock' }))
    assert.equal(one.found.length, count + 1)
  })

  test('finds a wait that the lock keeps to itself, and one that no owner can stop', () => {
    const { ask, judge, found } = house()
    judge.looks(quiet)
    assert.deepEqual(found, [])
    ask()
    judge.looks(quiet)
    assert.equal(found.length, 1)
    judge.notStopped(resident, 'notAuthorized')
    assert.equal(found.length, 1)
    judge.notStopped(owner, 'noFactoryReset')
    assert.equal(found.length, 2)
  })
})
