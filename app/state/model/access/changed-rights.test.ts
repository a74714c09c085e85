import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyholderError } from '@mortise/keyholder'
import type { User } from '@mortise/protocol/words'
import { changedRights, personTermsOf } from '#app/state/model/access/policy-terms.ts'
import type { UserRights } from '#app/state/model/access/policy-terms.ts'
import type { PersonTerms } from '#app/state/model/access/visit-terms.ts'

const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const saturday = { daysMask: 0b100_0000, startMinute: 600, endMinute: 719 }

const who = {
  id: new Uint8Array(16),
  name: 'Cleo',
  role: 'guest',
  userStatus: 'occupiedEnabled',
  credentials: [],
} as const
/** As she stood in the form. */
const rights: UserRights = {
  verbs: ['lock', 'unlock', 'unlatch'],
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [office],
}
const cleo: User = { ...who, ...rights }
const from = personTermsOf(cleo)
const terms = (rules: Partial<PersonTerms['rules']>): PersonTerms => ({
  ...from,
  rules: { ...from.rules, ...rules },
})

test('a form that changes nothing leaves every word as it stands, defaults that are spelled out too', () => {
  const spelled = {
    ...rights,
    credentialRule: 'single',
    holidayRule: 'asUsual',
    useLimit: 3,
  } as const
  assert.deepEqual(changedRights({ ...who, ...spelled }, from, from), spelled)
})

test('a rule is added, and another is taken away', () => {
  const dual = terms({ credentialRule: 'dual', holidayRule: 'noAccess', maxOfflineHours: 2 })
  const stricter = changedRights(cleo, from, dual)
  const wanted = { credentialRule: 'dual', holidayRule: 'noAccess', maxOfflineHours: 2 } as const
  assert.deepEqual(stricter, { ...rights, ...wanted })
  assert.deepEqual(changedRights({ ...cleo, ...wanted }, dual, from), rights)
})

test('made anew on a list that somebody else has changed, it undoes nothing of theirs', () => {
  const theirs: UserRights = {
    ...rights,
    weekDaySchedules: [saturday],
    afterHousehold: true,
    validity: { notBeforeMs: 1, notAfterMs: 2 },
  }
  assert.deepEqual(changedRights({ ...who, ...theirs }, from, terms({ credentialRule: 'dual' })), {
    ...theirs,
    credentialRule: 'dual',
  })
})

test('hours that were changed in the form replace theirs, and nothing beside', () => {
  const others: UserRights = { ...rights, afterHousehold: true }
  const theirs = { ...who, ...others, useLimit: 7 }
  assert.deepEqual(changedRights(theirs, from, { ...from, weekly: [saturday] }), {
    ...others,
    weekDaySchedules: [saturday],
  })
})

test('hours are not changed where by now there are some that no form here can say', () => {
  const theirs: UserRights = {
    ...rights,
    userType: 'scheduleRestrictedUser',
    yearDaySchedules: [{ startLocalMinute: 1, endLocalMinute: 2 }],
  }
  assert.throws(
    () => changedRights({ ...who, ...theirs }, from, { ...from, weekly: [saturday] }),
    (error) => error instanceof KeyholderError && error.code === 'editImpossible',
  )
  const other = changedRights({ ...who, ...theirs }, from, terms({ afterHousehold: true }))
  assert.deepEqual(other, { ...theirs, afterHousehold: true })
})

test('who only locks gets the other verbs back', () => {
  const locks = terms({ scope: 'locksOnly' })
  assert.deepEqual(changedRights(cleo, from, locks).verbs, ['lock'])
  assert.deepEqual(changedRights({ ...cleo, verbs: ['lock'] }, locks, from).verbs, [
    'lock',
    'unlock',
  ])
})
