import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chargeOf, isAnother, usablePercent } from '#core/battery/charge.ts'
import { along, restingCurves, usableInCold } from '#core/battery/curves.ts'
import type { Chemistry } from '#core/inputs.ts'
import { dueWarning, forecast, warningDays } from '#core/battery/days-left.ts'
import {
  decodeMemory,
  drainOf,
  encodeMemory,
  freshMemory,
  presumedDrain,
  remember,
  samplesMax,
} from '#core/battery/memory.ts'
import type { BatteryMemory } from '#core/battery/memory.ts'
import { canMove, strengthOf } from '#core/battery/strength.ts'

const dayMs = 86_400_000
const chemistries = ['alkaline', 'lithium', 'nimh', 'liIon'] as const
const onBattery = { celsius: 20, mains: false }
const fitted = (chemistry: Chemistry, cells: number) => ({
  chemistry,
  cells,
  motorMillivoltsMin: 3300,
})

/** A battery that loses so much a day, measured daily by a gauge. */
function measured(days: number, perDay: number, from = 100, celsius = 20): BatteryMemory {
  let memory = freshMemory
  for (let day = 0; day <= days; day += 1) {
    const charge = { percent: Math.round(from - perDay * day), blur: 3 }
    memory = remember(memory, day * dayMs, charge, { celsius, mains: false })
  }
  return memory
}

describe('the curves', () => {
  for (const chemistry of chemistries) {
    test(`${chemistry}: fuller cells have more volts, warmer ones give more, from 0 to 100 %`, () => {
      for (const curve of [restingCurves[chemistry], usableInCold[chemistry]]) {
        for (const [index, [x, y]] of curve.entries()) {
          const [beforeX, beforeY] = curve[index - 1] ?? [-Infinity, -Infinity]
          assert.ok(x > beforeX && y > beforeY)
          assert.equal(along(curve, x), y)
        }
        assert.equal(curve.at(-1)?.[1], 100)
        assert.equal(along(curve, 1e6), 100)
        assert.equal(along(curve, -1e6), curve[0][1])
      }
    })
  }
})

describe('a voltage at rest says', () => {
  const rows: readonly [Chemistry, number, number, percent: number, blurUpTo: number][] = [
    // chemistry  cells  pack mV  percent  blur
    ['alkaline', 4, 6320, 100, 3],
    ['alkaline', 4, 5360, 60, 6],
    ['alkaline', 4, 4760, 20, 5],
    ['alkaline', 4, 4000, 0, 0],
    ['lithium', 4, 7200, 100, 4],
    ['lithium', 4, 6840, 60, 40],
    ['lithium', 4, 6480, 10, 4],
    ['nimh', 4, 5020, 45, 40],
    ['nimh', 4, 4780, 10, 8],
    ['liIon', 2, 7200, 50, 4],
    ['liIon', 2, 6290, 10, 1],
  ]
  for (const [chemistry, cells, millivolts, percent, blurUpTo] of rows) {
    test(`${cells} ${chemistry} cells at ${millivolts} mV are at ${percent} %, give or take ${blurUpTo}`, () => {
      const battery = fitted(chemistry, cells)
      const charge = chargeOf({ batteryMillivolts: millivolts, battery })
      assert.equal(charge?.percent, percent)
      assert.ok(charge.blur <= blurUpTo, `${charge.blur}`)
    })
  }

  test('nothing without knowing what is fitted, and less than a gauge does', () => {
    assert.equal(chargeOf({ batteryMillivolts: 6000 }), undefined)
    assert.equal(chargeOf({ battery: fitted('nimh', 4) }), undefined)
    const both = { batteryPercent: 42, batteryMillivolts: 6320, battery: fitted('alkaline', 4) }
    assert.equal(chargeOf(both)?.percent, 42)
  })
})

describe('the cold', () => {
  const rows: readonly [Chemistry | undefined, number | undefined, number, number][] = [
    // chemistry   °C   charge  usable
    ['alkaline', 20, 50, 50],
    ['alkaline', 0, 50, 30],
    ['alkaline', -20, 50, 0],
    ['lithium', -20, 50, 40],
    ['nimh', -10, 50, 25],
    ['liIon', -10, 50, 25],
    [undefined, -20, 50, 50],
    ['alkaline', undefined, 50, 50],
  ]
  for (const [chemistry, celsius, charge, usable] of rows) {
    test(`${chemistry} at ${celsius} °C gives ${usable} of ${charge} %`, () => {
      assert.equal(Math.round(usablePercent(charge, chemistry, celsius)), usable)
    })
  }
})

describe('what is remembered', () => {
  test('at first is what such batteries mostly do, then more and more what this one does', () => {
    assert.equal(drainOf(freshMemory, 0, 100), presumedDrain)
    const after = [3, 9, 21, 45].map((days) => drainOf(measured(days, 1), days * dayMs, 100 - days))
    assert.deepEqual(
      after,
      after.toSorted((left, right) => left - right),
    )
    assert.ok((after[0] ?? 0) < 650 && (after[3] ?? 0) > 900, after.join())
  })

  test('is bounded, and a sample is three days apart from the next', () => {
    const { samples } = measured(400, 0.2)
    assert.equal(samples.length, samplesMax)
    for (const [index, { atMs }] of samples.entries()) {
      const before = samples[index - 1]
      if (before !== undefined) assert.equal(atMs - before.atMs, 3 * dayMs)
    }
  })

  test('of another battery begins anew, with the use that this household has', () => {
    const old = { ...measured(45, 2), warnedDays: 7 }
    const next = remember(old, 46 * dayMs, { percent: 100, blur: 3 }, onBattery)
    assert.deepEqual(next.samples, [{ atMs: 46 * dayMs, percent: 100, celsius: 20 }])
    assert.equal(next.warnedDays, undefined)
    assert.ok(next.usualDrain > 1500, `${next.usualDrain}`)
  })

  test('stays while a rise is no more than an error of measuring', () => {
    assert.equal(isAnother(50, { percent: 59, blur: 3 }), false)
    assert.equal(isAnother(50, { percent: 60, blur: 3 }), true)
    assert.equal(isAnother(50, { percent: 80, blur: 40 }), false)
  })

  test('on mains is nothing but the habit', () => {
    const next = remember(
      measured(30, 1),
      31 * dayMs,
      { percent: 69, blur: 3 },
      { celsius: 20, mains: true },
    )
    assert.deepEqual(next.samples, [])
    assert.equal(
      remember(next, 40 * dayMs, { percent: 69, blur: 3 }, { celsius: 20, mains: true }),
      next,
    )
  })

  test('keeps the coldest hour between two samples', () => {
    let memory = remember(freshMemory, 0, { percent: 90, blur: 3 }, onBattery)
    for (const celsius of [5, -8, 12]) {
      memory = remember(memory, dayMs, { percent: 90, blur: 3 }, { celsius, mains: false })
    }
    assert.deepEqual(memory.samples, [{ atMs: 0, percent: 90, celsius: -8 }])
  })

  test('comes back from the store as it was', () => {
    const { samples } = remember(
      freshMemory,
      7,
      { percent: 3, blur: 1 },
      { celsius: undefined, mains: false },
    )
    for (const memory of [
      freshMemory,
      measured(60, 1, 100, -12),
      { usualDrain: 500, samples, warnedDays: 14 },
    ]) {
      assert.deepEqual(decodeMemory(encodeMemory(memory)), memory)
    }
  })

  const damaged = [
    undefined,
    [],
    [0, 0],
    [274, 0, 1],
    [274, 0, 1, 101, 0],
    [1e9, 0],
    Array(99).fill(68),
  ]
  for (const values of damaged) {
    test(`damaged to ${String(values?.slice(0, 6))} is forgotten`, () => {
      assert.deepEqual(decodeMemory(values), freshMemory)
    })
  }
})

describe('a forecast', () => {
  const rows: readonly [
    days: number,
    perDay: number,
    blur: number,
    celsius: number,
    left: number,
    string,
  ][] = [
    // measured  % a day  blur  °C    days left about   confidence
    [0, 1, 3, 20, 365, 'low'],
    [8, 1, 3, 20, 119, 'medium'],
    [30, 1, 3, 20, 76, 'high'],
    [30, 1, 3, -10, 32, 'high'],
    [30, 1, 15, 20, 76, 'medium'],
    [30, 1, 40, 20, 76, 'low'],
    [30, 0.05, 3, 20, 730, 'medium'],
    [45, 2, 3, 20, 6, 'high'],
  ]
  for (const [days, perDay, blur, celsius, left, confidence] of rows) {
    test(`after ${days} days at ${perDay} % a day and ${celsius} °C: about ${left} more, ${confidence}`, () => {
      const percent = Math.round(100 - perDay * days)
      const facts = { chemistry: 'alkaline' as const, celsius }
      const told = forecast(
        measured(days, perDay, 100, celsius),
        days * dayMs,
        { percent, blur },
        facts,
      )
      assert.ok(Math.abs(told.daysLeft - left) <= Math.max(2, left / 10), `${told.daysLeft}`)
      assert.equal(told.confidence, confidence)
    })
  }

  test('that comes true: over a whole battery it errs by a quarter or five days at most', () => {
    for (const perDay of [0.3, 0.5, 1, 2]) {
      const lasts = Math.floor(100 / perDay)
      for (let day = 22; day < lasts; day += 5) {
        const charge = { percent: Math.round(100 - perDay * day), blur: 3 }
        const facts = { chemistry: 'alkaline' as const, celsius: 20 }
        const told = forecast(measured(day, perDay), day * dayMs, charge, facts)
        const real = lasts - day
        const isNear = Math.abs(told.daysLeft - real) <= Math.max(5, real / 4)
        assert.ok(isNear, `${perDay} % a day, day ${day}: told ${told.daysLeft}, was ${real}`)
      }
    }
  })

  test('warns at 30, 14 and 7 days, each once, however it wavers', () => {
    const warnings: number[] = []
    let warned: number | undefined
    for (const days of [90, 31, 30, 33, 29, 31, 14, 16, 13, 8, 7, 9, 6, 0, 20]) {
      const due = dueWarning(warned, days)
      if (due !== undefined) warnings.push((warned = due))
    }
    assert.deepEqual(warnings, [...warningDays])
    assert.equal(dueWarning(undefined, 5), 7)
  })
})

describe('under load', () => {
  const battery = fitted('alkaline', 4)
  const rows: readonly [
    load: number | undefined,
    mains: boolean,
    string,
    opens: boolean,
    locks: boolean,
  ][] = [
    // mV    mains   strength    opens  locks
    [5000, false, 'enough', true, true],
    [3465, false, 'enough', true, true],
    [3464, false, 'lockOnly', false, true],
    [3300, false, 'lockOnly', false, true],
    [3299, false, 'none', false, false],
    [3299, true, 'enough', true, true],
    [undefined, false, 'enough', true, true],
  ]
  for (const [loadMillivolts, mainsPresent, strength, opens, locks] of rows) {
    test(`${loadMillivolts} mV, ${mainsPresent ? 'plugged in' : 'on battery'}: ${strength}`, () => {
      const reading = {
        mainsPresent,
        battery,
        ...(loadMillivolts === undefined ? {} : { loadMillivolts }),
      }
      assert.equal(strengthOf(reading), strength)
      assert.deepEqual(
        [canMove(reading, 'unlock'), canMove(reading, 'unlatch'), canMove(reading, 'lock')],
        [opens, opens, locks],
      )
    })
  }

  test('what is not known to be too little is tried', () => {
    assert.equal(strengthOf({ loadMillivolts: 1 }), 'enough')
  })
})
