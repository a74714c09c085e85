import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { weekAhead } from '#app/shell/locks/week-ahead.ts'
import { nowMs } from '#app/testing/samples.ts'

const office = [{ from: 480, to: 1080 }]
const cleo = person(2, 'guest', {
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [{ daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }],
  credentials: [pinCredential(20)],
}).user
const policy = policyOf([person(1, 'owner').user, cleo])
const week = (mode: Parameters<typeof weekAhead>[1]) =>
  weekAhead({ policy, bindings: [] }, mode, idOf(2), nowMs).map(({ spans }) => spans)

test('the lock’s own functions fill the week, from Thursday on', () => {
  assert.deepEqual(week({}), [office, office, [], [], office, office, office])
})

test('a mode that is set empties it until its end', () => {
  // Friday 2025-11-07, noon in Berlin.
  const operatingModeUntilMs = Date.parse('2025-11-07T11:00:00Z')
  const away = { operatingMode: 'vacation', operatingModeUntilMs } as const
  assert.deepEqual(week(away).slice(0, 2), [[], [{ from: 720, to: 1080 }]])
})
