import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OperatingMode } from '@mortise/protocol/words'
import type {
  AlarmShown,
  BatteryShown,
  FactoryResetShown,
  Indicator,
  IndicatorSignal,
  MomentarySignal,
  RestingSignal,
} from './indicator.ts'

/** What a person at the door sees and hears at this moment. */
export interface IndicatorSeen {
  readonly resting: RestingSignal
  /** Undefined once the moment is over. */
  readonly moment: MomentarySignal | undefined
  readonly alarms: readonly AlarmShown[]
  /** `normal` is dark. */
  readonly mode: OperatingMode
  readonly battery: BatteryShown | undefined
  readonly setupCodeText: string | undefined
  readonly factoryReset: FactoryResetShown | undefined
}

export interface IndicatorSubject {
  readonly indicator: Indicator
  readonly seen: () => IndicatorSeen
  readonly passTime: (durationMs: number) => void | Promise<void>
  /** Kills the process and opens the same hardware again. */
  readonly restart: () => IndicatorSubject | Promise<IndicatorSubject>
}

type MakeSubject = () => IndicatorSubject | Promise<IndicatorSubject>

/** Longer than any moment is shown. */
const WELL_PAST_A_MOMENT_MS = 60_000

const MOMENTS: readonly MomentarySignal[] = [
  { kind: 'digit' },
  { kind: 'cleared' },
  { kind: 'accepted', verb: 'unlock' },
  { kind: 'refused', reason: 'wrongCode' },
  { kind: 'jammed' },
]

const DARK: IndicatorSeen = {
  resting: { kind: 'off' },
  moment: undefined,
  alarms: [],
  mode: 'normal',
  battery: undefined,
  setupCodeText: undefined,
  factoryReset: undefined,
}

/** The contract of `Indicator`; see the comment on the interface. */
export function indicatorContract(name: string, makeSubject: MakeSubject): void {
  describe(`${name} keeps the indicator contract`, () => {
    describeSignals(makeSubject)
    describeLamps(makeSubject)
    describeDisplay(makeSubject)
  })
}

function describeSignals(makeSubject: MakeSubject): void {
  for (const moment of MOMENTS) {
    test(`${moment.kind} is shown for a moment, then what rests is seen again`, async () => {
      const { indicator, seen, passTime } = await makeSubject()
      indicator.show({ kind: 'ready' })
      indicator.show(moment)
      assert.deepEqual(seen().moment, moment)
      await passTime(WELL_PAST_A_MOMENT_MS)
      assert.equal(seen().moment, undefined)
      assert.deepEqual(seen().resting, { kind: 'ready' })
    })
  }

  test('busy is shown until the next signal of any kind', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    indicator.show({ kind: 'busy' })
    await passTime(WELL_PAST_A_MOMENT_MS)
    assert.deepEqual(seen().moment, { kind: 'busy' })
    indicator.show({ kind: 'ready' })
    assert.equal(seen().moment, undefined)
  })

  test('a lockout counts down by itself, never below zero, and outlives a moment', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    indicator.show({ kind: 'lockedOut', remainingMs: 30_000 })
    await passTime(10_000)
    assert.deepEqual(seen().resting, { kind: 'lockedOut', remainingMs: 20_000 })
    indicator.show({ kind: 'accepted', verb: 'lock' })
    await passTime(10_000)
    assert.deepEqual(seen().resting, { kind: 'lockedOut', remainingMs: 10_000 })
    await passTime(WELL_PAST_A_MOMENT_MS)
    assert.deepEqual(seen().resting, { kind: 'lockedOut', remainingMs: 0 })
  })

  test('the last signal wins', async () => {
    const { indicator, seen } = await makeSubject()
    const last: IndicatorSignal = { kind: 'refused', reason: 'ended' }
    for (const signal of [{ kind: 'ready' }, { kind: 'digit' }, { kind: 'busy' }, last] as const) {
      indicator.show(signal)
    }
    assert.deepEqual(seen().moment, last)
  })

  test('alarms are replaced as a whole', async () => {
    const { indicator, seen } = await makeSubject()
    indicator.showAlarms(['frontEscutcheonRemoved', 'doorAjar'])
    assert.deepEqual(seen().alarms, ['frontEscutcheonRemoved', 'doorAjar'])
    indicator.showAlarms([])
    assert.deepEqual(seen().alarms, [])
  })
}

function describeLamps(makeSubject: MakeSubject): void {
  test('the mode is what was told last, whatever signals come between', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    for (const mode of ['vacation', 'lockdown'] as const) {
      indicator.showMode(mode)
      indicator.show({ kind: 'refused', reason: 'notKnown' })
      await passTime(WELL_PAST_A_MOMENT_MS)
      assert.equal(seen().mode, mode)
    }
    indicator.showMode('normal')
    assert.equal(seen().mode, 'normal')
  })
}

function describeDisplay(makeSubject: MakeSubject): void {
  test('the battery is what was told last', async () => {
    const { indicator, seen } = await makeSubject()
    for (const battery of [{ percent: 50 }, { percent: 49, daysLeft: 120, isSure: false }]) {
      indicator.showBattery(battery)
      assert.deepEqual(seen().battery, battery)
    }
    indicator.showBattery(undefined)
    assert.equal(seen().battery, undefined)
  })

  test('the setup code hides itself when its time is over', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    indicator.showSetupCode({ text: 'first', remainingMs: 600_000 })
    await passTime(599_999)
    assert.equal(seen().setupCodeText, 'first')
    await passTime(1)
    assert.equal(seen().setupCodeText, undefined)
  })

  test('a new setup code takes the place of the old one, with its own time', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    indicator.showSetupCode({ text: 'first', remainingMs: 1_000 })
    indicator.showSetupCode({ text: 'second', remainingMs: 5_000 })
    await passTime(4_000)
    assert.equal(seen().setupCodeText, 'second')
    indicator.hideSetupCode()
    indicator.hideSetupCode()
    assert.equal(seen().setupCodeText, undefined)
  })

  test('a reset counts down until it is told that there is none', async () => {
    const { indicator, seen, passTime } = await makeSubject()
    indicator.showFactoryReset({ stage: 'offered', remainingMs: 30_000 })
    await passTime(1_000)
    assert.deepEqual(seen().factoryReset, { stage: 'offered', remainingMs: 29_000 })
    indicator.showFactoryReset({ stage: 'waiting', remainingMs: 5_000 })
    await passTime(6_000)
    assert.deepEqual(seen().factoryReset, { stage: 'waiting', remainingMs: 0 })
    indicator.showFactoryReset(undefined)
    indicator.showFactoryReset(undefined)
    assert.equal(seen().factoryReset, undefined)
  })

  test('dark at start and after the process has died', async () => {
    const first = await makeSubject()
    assert.deepEqual(first.seen(), DARK)
    first.indicator.show({ kind: 'ready' })
    first.indicator.showAlarms(['doorForcedOpen'])
    first.indicator.showMode('privacy')
    first.indicator.showBattery({ percent: 50 })
    first.indicator.showSetupCode({ text: 'secret', remainingMs: 600_000 })
    first.indicator.showFactoryReset({ stage: 'waiting', remainingMs: 600_000 })
    const second = await first.restart()
    assert.deepEqual(second.seen(), DARK)
  })
}
