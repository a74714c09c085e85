import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VisitForm } from '#app/state/model/access/access-state.ts'
import { judgeVisit } from '#app/state/model/access/visit-form.ts'
import { nowMs } from '#app/testing/samples.ts'

const form: VisitForm = {
  name: 'Nora',
  preset: 'custom',
  customFrom: '2025-11-06T19:00',
  customUntil: '2025-11-06T21:00',
  tried: false,
}
const list = { timeZone: 'Europe/Berlin', people: [{ name: 'Ada Lindgren' }] }

test('names the first problem of a form', () => {
  const cases: readonly (readonly [Partial<VisitForm>, string | null])[] = [
    [{}, null],
    [{ name: '   ' }, 'nameMissing'],
    [{ name: 'n'.repeat(65) }, 'nameTooLong'],
    [{ name: '\u{1F6AA}'.repeat(33) }, 'nameTooLong'],
    [{ name: ' ada lindgren ' }, 'nameTaken'],
    [{ customUntil: '2025-11-06T19:00' }, 'endBeforeStart'],
    [{ customFrom: '2025-11-06T10:00', customUntil: '2025-11-06T12:00' }, 'endInPast'],
    [{ customFrom: '' }, 'timeMissing'],
    [{ preset: 'hour', customFrom: '' }, null],
    [{ preset: 'always' }, null],
  ]
  for (const [change, expected] of cases) {
    const { problem } = judgeVisit({ ...form, ...change }, list, nowMs)
    assert.equal(problem, expected, JSON.stringify(change))
  }
})

test('a form without a problem has the window that it shows', () => {
  assert.deepEqual(judgeVisit(form, list, nowMs).window, {
    fromMs: Date.parse('2025-11-06T18:00:00Z'),
    untilMs: Date.parse('2025-11-06T20:00:00Z'),
  })
  assert.equal(judgeVisit({ ...form, preset: 'always' }, list, nowMs).window, null)
})
