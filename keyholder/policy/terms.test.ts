import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyFault } from '@mortise/access'
import { person, policyOf } from '@mortise/access/testing'
import type { UserTerms } from './edits.ts'
import type { PlainTerms } from './terms.ts'
import { withUserType } from './terms.ts'

const weekDaySchedules = [{ daysMask: 0b10, startMinute: 540, endMinute: 1019 }]
const validity = { notBeforeMs: 1, notAfterMs: 2 }

const table: Readonly<Record<string, readonly [PlainTerms, UserTerms]>> = {
  always: [{}, {}],
  'for a while': [{ validity }, { validity }],
  once: [
    { useLimit: 1, validity },
    { userType: 'disposableUser', validity },
  ],
  'five times': [{ useLimit: 5 }, { useLimit: 5 }],
  'on Mondays': [{ weekDaySchedules }, { weekDaySchedules, userType: 'weekDayScheduleUser' }],
  'once, on a Monday': [
    { weekDaySchedules, useLimit: 1 },
    { weekDaySchedules, useLimit: 1, userType: 'weekDayScheduleUser' },
  ],
  'two hours from the first use': [
    { expiringUserTimeout: 120 },
    { expiringUserTimeout: 120, userType: 'expiringUser' },
  ],
}
for (const [name, [plain, typed]] of Object.entries(table)) {
  test(`${name}: a kind of user that a lock takes`, () => {
    const terms = withUserType(plain)
    assert.deepEqual(terms, typed)
    const policy = policyOf([person(1, 'owner').user, person(2, 'guest', terms).user])
    assert.equal(policyFault(policy), undefined)
  })
}
