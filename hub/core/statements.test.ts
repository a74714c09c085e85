import assert from 'node:assert/strict'
import test from 'node:test'
import { isNewerReport, isNewerState } from '#core/statements.ts'

/** boot, counter, time of the known and of the arrived. */
const states: readonly (readonly [string, string, boolean])[] = [
  ['1 5 9', '1 6 9', true],
  ['1 5 9', '1 4 99', false],
  ['1 5 9', '2 0 0', true],
  ['2 0 9', '1 99 99', false],
  ['1 5 9', '1 5 9', false],
  ['1 5 9', '1 5 10', true],
  ['1 5 9', '1 5 8', false],
]
const order = (text: string) => {
  const [boot = 0, counter = 0, timeMs = 0] = text.split(' ').map(Number)
  return { boot, counter, timeMs }
}
for (const [known, arrived, newer] of states) {
  test(`state ${arrived} is ${newer ? '' : 'not '}newer than ${known}`, () => {
    assert.equal(isNewerState(order(known), order(arrived)), newer)
    assert.equal(isNewerState(undefined, order(arrived)), true)
  })
}

const reports: readonly (readonly [number, number, number, number, boolean])[] = [
  [1, 5, 2, 1, true],
  [2, 5, 1, 99, false],
  [2, 5, 2, 6, true],
  [2, 5, 2, 5, false],
]
for (const [version, timeMs, nextVersion, nextTimeMs, newer] of reports) {
  test(`report ${nextVersion} at ${nextTimeMs} is ${newer ? '' : 'not '}newer than ${version} at ${timeMs}`, () => {
    const arrived = { version: nextVersion, timeMs: nextTimeMs }
    assert.equal(isNewerReport({ version, timeMs }, arrived), newer)
    assert.equal(isNewerReport(undefined, arrived), true)
  })
}
