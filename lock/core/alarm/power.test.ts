import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { person, policyOf } from '@mortise/access/testing'
import type { PowerReading } from '#core/inputs.ts'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const policy = policyOf([owner.user])
const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
const reading = (batteryPercent: number, more: Partial<PowerReading> = {}): PowerReading => ({
  mainsPresent: false,
  batteryPercent,
  temperatureCelsius: 20,
  battery,
  ...more,
})

function claimed(first: PowerReading = reading(100)): TestLock {
  const lock = claimedLock(owner, policy)
  lock.input({ type: 'power', ...first })
  return lock
}

function afterDays(lock: TestLock, days: number, next: PowerReading): void {
  lock.monotonicMs += days * 86_400_000
  lock.wallMs = (lock.wallMs ?? 0) + days * 86_400_000
  lock.input({ type: 'power', ...next })
}

/** Three percent every three days: a hundred days in all. */
function usedUp(lock: TestLock, from: number, to: number): void {
  for (let percent = from - 3; percent >= to; percent -= 3) afterDays(lock, 3, reading(percent))
}

const warnings = (lock: TestLock) =>
  lock
    .entriesOf('powerChanged')
    .filter(
      ({ batteryDaysLeft, batteryPercent }) =>
        batteryPercent !== 100 && batteryDaysLeft !== undefined,
    )
    .map(({ batteryDaysLeft }) => batteryDaysLeft ?? 0)

describe('the state tells of the battery', () => {
  test('how full it is, how many days are left, and what that is worth', () => {
    const lock = claimed()
    assert.equal(lock.published().batteryPercent, 100)
    assert.equal(lock.published().batteryConfidence, 'low')
    usedUp(lock, 100, 70)
    const { batteryDaysLeft = 0, batteryConfidence } = lock.published()
    assert.ok(batteryDaysLeft > 60 && batteryDaysLeft < 110, `${batteryDaysLeft}`)
    assert.equal(batteryConfidence, 'high')
  })

  test('and of no days while it is plugged in, or without a time to count them by', () => {
    const lock = claimed(reading(50, { mainsPresent: true }))
    assert.equal(lock.published().batteryPercent, 50)
    assert.equal(lock.published().batteryDaysLeft, undefined)
  })

  test('an estimate from the voltage does not waver upwards', () => {
    const at = (batteryMillivolts: number) => ({ mainsPresent: false, batteryMillivolts, battery })
    const lock = claimed(at(5360))
    const told = [5300, 5330, 5280, 5310, 6320].map((millivolts) => {
      lock.input({ type: 'power', ...at(millivolts) })
      return lock.published().batteryPercent ?? 0
    })
    assert.deepEqual(
      told.slice(0, 4),
      told.slice(0, 4).toSorted((left, right) => right - left),
    )
    assert.equal(told.at(-1), 100, 'new cells')
  })

  test('and remembers the use across a restart', () => {
    const lock = claimed()
    usedUp(lock, 100, 70)
    const { batteryDaysLeft } = lock.published()
    lock.sensors = { ...lock.sensors, ...reading(70) }
    lock.boot()
    assert.equal(lock.published().batteryDaysLeft, batteryDaysLeft)
  })
})

describe('warnings', () => {
  test('come at 30, 14 and 7 days, once each, and stand as alarms until other cells are in', () => {
    const lock = claimed()
    usedUp(lock, 100, 4)
    const days = warnings(lock)
    assert.equal(days.length, 3, days.join())
    for (const [index, edge] of [30, 14, 7].entries()) {
      const told = days[index] ?? -1
      assert.ok(told <= edge && told > edge - 5, `${told} for ${edge}`)
    }
    assert.deepEqual(lock.published().alarms.toSorted(), [
      'batteryCritical',
      'batteryLow',
      'mainsLost',
    ])
    afterDays(lock, 1, reading(100))
    assert.deepEqual(lock.published().alarms, ['mainsLost'])
  })

  test('are not given again by a restart', () => {
    const lock = claimed()
    usedUp(lock, 100, 25)
    const before = warnings(lock).length
    assert.equal(before, 1)
    lock.sensors = { ...lock.sensors, ...reading(25) }
    lock.boot()
    assert.equal(warnings(lock).length, before)
  })

  test('no battery that swings between two measurements makes an alarm swing', () => {
    const lock = claimed()
    usedUp(lock, 100, 25)
    const before = lock.entriesOf('alarmBegan').length
    for (let hour = 0; hour < 24; hour += 1) {
      const celsius = hour % 2 === 0 ? -5 : 20
      lock.input({ type: 'power', ...reading(25 + (hour % 3), { temperatureCelsius: celsius }) })
    }
    assert.ok(lock.entriesOf('alarmBegan').length - before <= 1)
    assert.deepEqual(lock.entriesOf('alarmEnded'), [])
  })
})

describe('too little power under load', () => {
  const weak = (loadMillivolts: number) => reading(60, { loadMillivolts })

  test('opens nothing that could not be locked again, and says so', () => {
    const lock = claimed(weak(3400))
    assert.ok(lock.published().alarms.includes('batteryCritical'))
    lock.send(owner, { type: 'unlock' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['refused', 'powerTooLow'])
    assert.deepEqual(lock.drives(), [])
  })

  test('still locks, as long as the motor can', () => {
    for (const [load, drives] of [
      [3400, 1],
      [3200, 0],
    ] as const) {
      const lock = claimed(weak(load))
      lock.moveBolt('retracted')
      lock.send(owner, { type: 'lock' })
      assert.equal(lock.drives().length, drives, `${load}`)
    }
  })

  test('is over with the cold', () => {
    const lock = claimed(weak(3200))
    lock.input({ type: 'power', ...weak(4800) })
    assert.ok(!lock.published().alarms.includes('batteryCritical'))
    lock.send(owner, { type: 'unlock' })
    assert.equal(lock.drives().length, 1)
  })
})
