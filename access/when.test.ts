import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { plainSituation } from '#access/situation.ts'
import { idOf, person, policyOf } from '#access/testing/index.ts'
import { temporalWallClock } from '#access/wall-clock.ts'
import { expiresAtMs } from '#access/when.ts'

const wallClock = temporalWallClock('Europe/Berlin')
/** A Monday. */
const nowMs = Date.UTC(2026, 5, 1, 12)
const nowMinute = wallClock(nowMs)

const weeks = {
  open: { weekDaySchedules: [{ daysMask: 127, startMinute: 0, endMinute: 1439 }] },
  shut: { weekDaySchedules: [{ daysMask: 0b000_0100, startMinute: 0, endMinute: 1439 }] },
  unwritten: {},
}
const years = {
  open: { yearDaySchedules: [{ startLocalMinute: nowMinute, endLocalMinute: nowMinute }] },
  shut: { yearDaySchedules: [{ startLocalMinute: nowMinute + 1, endLocalMinute: nowMinute + 2 }] },
  unwritten: {},
}

/** Matter 1.4.2 Application Clusters section 5.2.6.18.9: whatever is written must hold, and something must be. */
const rows: readonly (readonly [
  week: keyof typeof weeks,
  year: keyof typeof years,
  may: boolean,
])[] = [
  ['open', 'open', true],
  ['open', 'shut', false],
  ['open', 'unwritten', true],
  ['shut', 'open', false],
  ['shut', 'shut', false],
  ['shut', 'unwritten', false],
  ['unwritten', 'open', true],
  ['unwritten', 'shut', false],
  ['unwritten', 'unwritten', false],
]

function reasonFor(fields: Partial<User>): string {
  const { user } = person(1, 'guest', fields)
  const request = { credentialId: idOf(1), action: 'unlock', channel: 'remote' } as const
  const situation = plainSituation({ ms: nowMs, certain: true }, wallClock)
  return decide(viewPolicy(policyOf([user]), []), request, situation).reason
}

for (const [week, year, may] of rows) {
  test(`hours of the week ${week}, stretch ${year}: ${may ? 'open' : 'shut'}`, () => {
    const fields = { userType: 'scheduleRestrictedUser', ...weeks[week], ...years[year] } as const
    assert.equal(reasonFor(fields), may ? 'granted' : 'outsideSchedule')
  })
}

test('a quiet day has counted nobody’s uses', () => {
  assert.equal(reasonFor({ useLimit: 1 }), 'granted')
})

test('a time from the first use ends so many minutes after it, and nobody else’s does', () => {
  const timed = { expiringUserTimeout: 90 }
  assert.equal(expiresAtMs(timed, { firstUseMs: nowMs }), nowMs + 90 * 60_000)
  assert.equal(expiresAtMs(timed, {}), undefined)
  assert.equal(expiresAtMs({}, { firstUseMs: nowMs }), undefined)
})
