import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VisitForm } from '#app/state/model/access/access-state.ts'
import { judgeVisit, timeFields } from '#app/state/model/access/visit-form.ts'
import type { UserTerms } from '@mortise/keyholder'
import type { Verb } from '@mortise/protocol/words'
import { sameTerms } from '#app/state/model/access/visit-terms.ts'
import { personTermsOf, userRightsOf } from '#app/state/model/access/policy-terms.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
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
    [{ preset: 'weekly', spanned: true, spanUntil: '2025-11-01T00:00' }, 'endBeforeStart'],
    [{ preset: 'weekly', spanned: false, spanUntil: '' }, null],
    [{ use: 'times', times: '0' }, 'timesMissing'],
    [{ use: 'times', times: 'many' }, 'timesMissing'],
    [{ use: 'times', times: '1000001' }, 'timesMissing'],
    [{ use: 'any', times: 'many' }, null],
    [{ preset: 'weekly', rules: { ...usualRules, scope: 'remoteOnly' } }, 'scopeHours'],
    [{ use: 'firstUse', rules: { ...usualRules, scope: 'nothing' } }, 'scopeHours'],
    [{ rules: { ...usualRules, scope: 'remoteOnly' } }, null],
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

const both: readonly Verb[] = ['lock', 'unlock']
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const meanings: Readonly<
  Record<string, readonly [Partial<VisitForm>, UserTerms & { readonly verbs?: readonly Verb[] }]>
> = {
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
  'five times in office hours, for four weeks': [
    {
      preset: 'weekly',
      use: 'times',
      spanned: true,
      spanFrom: '2025-11-07T00:00',
      spanUntil: '2025-12-05T00:00',
    },
    {
      userType: 'weekDayScheduleUser',
      weekDaySchedules: [office],
      useLimit: 5,
      validity: {
        notBeforeMs: Date.parse('2025-11-06T23:00:00Z'),
        notAfterMs: Date.parse('2025-12-04T23:00:00Z'),
      },
    },
  ],
  'two ways in, not on holidays, after the household, and two hours without the hub': [
    {
      preset: 'weekly',
      rules: {
        scope: 'opens',
        credentialRule: 'dual',
        holidayRule: 'noAccess',
        afterHousehold: true,
        maxOfflineHours: 2,
      },
    },
    {
      userType: 'weekDayScheduleUser',
      weekDaySchedules: [office],
      credentialRule: 'dual',
      holidayRule: 'noAccess',
      afterHousehold: true,
      maxOfflineHours: 2,
    },
  ],
  'somebody who only locks': [
    { preset: 'weekly', rules: { ...usualRules, scope: 'locksOnly' } },
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office], verbs: ['lock'] },
  ],
  'somebody who opens from afar, three times, without a limit of the hub': [
    {
      preset: 'always',
      use: 'times',
      times: ' 3 ',
      rules: { ...usualRules, scope: 'remoteOnly', maxOfflineHours: 0 },
    },
    { userType: 'remoteOnlyUser', useLimit: 3, maxOfflineHours: 0 },
  ],
  'somebody for whom nothing moves': [
    { preset: 'always', rules: { ...usualRules, scope: 'nothing' } },
    { userType: 'nonAccessUser', verbs: [] },
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
    const rights = { verbs: both, ...terms }
    assert.deepEqual(userRightsOf(judged.terms), rights)
    const { more, ...back } = personTermsOf(rights)
    assert.equal(more, false)
    assert.ok(sameTerms(back, judged.terms))
  })
}

test('rules that no form can say are marked', () => {
  const special: readonly UserTerms[] = [
    { userType: 'forcedUser' },
    { userType: 'expiringUser', expiringUserTimeout: 60, useLimit: 3 },
    {
      userType: 'yearDayScheduleUser',
      yearDaySchedules: [{ startLocalMinute: 1, endLocalMinute: 2 }],
    },
  ]
  for (const terms of special) {
    assert.equal(personTermsOf({ verbs: both, ...terms }).more, true, JSON.stringify(terms))
  }
})
