import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VisitForm } from '#app/state/model/access/access-state.ts'
import { judgeVisit, timeFields } from '#app/state/model/access/visit-form.ts'
import type { UserTerms } from '@mortise/keyholder'
import { sameTerms } from '#app/state/model/access/visit-terms.ts'
import { personTermsOf, userTermsOf } from '#app/state/model/access/policy-terms.ts'
import { usualRow } from '#app/state/model/access/week.ts'
import { nowMs } from '#app/testing/samples.ts'

const form: VisitForm = {
  ...timeFields(nowMs, 'Europe/Berlin'),
  name: 'Nora',
  preset: 'custom',
  customFrom: '2025-11-06T19:00',
  customUntil: '2025-11-06T21:00',
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
    [{ preset: 'weekly' }, null],
    [{ preset: 'weekly', week: [{ ...usualRow, days: [] }] }, 'daysMissing'],
    [{ preset: 'weekly', week: [] }, 'daysMissing'],
    [{ preset: 'weekly', week: [{ ...usualRow, from: '' }] }, 'hoursMissing'],
    [{ preset: 'weekly', week: [{ ...usualRow, from: '18:00' }] }, 'hoursSame'],
    [{ preset: 'weekly', week: [usualRow, usualRow] }, 'hoursTwice'],
  ]
  for (const [change, expected] of cases) {
    const { problem } = judgeVisit({ ...form, ...change }, list, nowMs)
    assert.equal(problem, expected, JSON.stringify(change))
  }
})

test('a form without a problem has the window that it shows', () => {
  assert.deepEqual(judgeVisit(form, list, nowMs).terms?.window, {
    fromMs: Date.parse('2025-11-06T18:00:00Z'),
    untilMs: Date.parse('2025-11-06T20:00:00Z'),
  })
  assert.equal(judgeVisit({ ...form, preset: 'always' }, list, nowMs).terms?.window, null)
})

const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const meanings: Readonly<Record<string, readonly [Partial<VisitForm>, UserTerms]>> = {
  'no end': [{ preset: 'always' }, {}],
  'once, at any time': [{ preset: 'always', use: 'once' }, { userType: 'disposableUser' }],
  'four hours from the first use': [
    { preset: 'always', use: 'firstUse', firstUseHours: 4 },
    { userType: 'expiringUser', expiringUserTimeout: 240 },
  ],
  'office hours': [
    { preset: 'weekly' },
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office] },
  ],
  'once in office hours': [
    { preset: 'weekly', use: 'once' },
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office], useLimit: 1 },
  ],
  // The choice is not offered there; what stood in the form before does not count.
  'office hours, after a look at the first use': [
    { preset: 'weekly', use: 'firstUse' },
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office] },
  ],
}
for (const [what, [change, terms]] of Object.entries(meanings)) {
  test(`${what}: in the words of the policy, and back`, () => {
    const judged = judgeVisit({ ...form, ...change }, list, nowMs)
    assert.ok(judged.terms !== null)
    assert.deepEqual(userTermsOf(judged.terms), terms)
    const { more, ...back } = personTermsOf(terms)
    assert.equal(more, false)
    assert.ok(sameTerms(back, judged.terms))
  })
}

test('rules that no form can say are marked', () => {
  const special: readonly UserTerms[] = [
    { userType: 'remoteOnlyUser' },
    { credentialRule: 'dual' },
    { holidayRule: 'noAccess' },
    { afterHousehold: true },
    { maxOfflineHours: 2 },
    { userType: 'expiringUser', expiringUserTimeout: 60, useLimit: 3 },
    {
      userType: 'yearDayScheduleUser',
      yearDaySchedules: [{ startLocalMinute: 1, endLocalMinute: 2 }],
    },
  ]
  for (const terms of special) assert.equal(personTermsOf(terms).more, true, JSON.stringify(terms))
})
