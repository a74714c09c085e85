import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { User } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { plainSituation } from '#access/situation.ts'
import { temporalWallClock } from '#access/wall-clock.ts'
import { chanceFrom, person, pick, policyOf, seedOf } from '#access/testing/index.ts'
import { isWithin, reachesBeyond } from '#access/within.ts'

const user = (fields: Partial<User>): User => person(2, 'guest', fields).user

const weekdays = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const monday = { daysMask: 0b000_0010, startMinute: 540, endMinute: 600 }
const nights = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const lateNights = { daysMask: 127, startMinute: 1380, endMinute: 300 }
const june = { startLocalMinute: 1000, endLocalMinute: 2000 }
const week = (...weekDaySchedules: NonNullable<User['weekDaySchedules']>): Partial<User> => ({
  userType: 'weekDayScheduleUser',
  weekDaySchedules,
})

const evening = { daysMask: 0b000_0010, startMinute: 1000, endMinute: 1100 }
const noon = { daysMask: 0b000_0010, startMinute: 720, endMinute: 720 }
const stretches = (...yearDaySchedules: NonNullable<User['yearDaySchedules']>): Partial<User> => ({
  userType: 'yearDayScheduleUser',
  yearDaySchedules,
})
const both = { ...week(monday), ...stretches(june), userType: 'scheduleRestrictedUser' } as const
const expiring = { userType: 'expiringUser', expiringUserTimeout: 60 } as const

const rows: readonly (readonly [
  what: string,
  inner: Partial<User>,
  outer: Partial<User>,
  within: boolean,
])[] = [
  ['the same', {}, {}, true],
  ['fewer verbs', { verbs: ['lock'] }, { verbs: ['lock', 'unlock'] }, true],
  ['another verb', { verbs: ['unlatch'] }, { verbs: ['lock', 'unlock'] }, false],
  ['hours in no hours', week(monday), {}, true],
  ['no hours in hours', {}, week(weekdays), false],
  ['an hour in working hours', week(monday), week(weekdays), true],
  ['working hours in an hour', week(weekdays), week(monday), false],
  ['one of two outside', week(monday, nights), week(weekdays), false],
  ['each in one of two', week(monday, lateNights), week(weekdays, nights), true],
  ['late nights in nights', week(lateNights), week(nights), true],
  ['nights in late nights', week(nights), week(lateNights), false],
  [
    'an evening in nights',
    week({ daysMask: 1, startMinute: 1330, endMinute: 1400 }),
    week(nights),
    true,
  ],
  [
    'a stretch in a week',
    { userType: 'yearDayScheduleUser', yearDaySchedules: [june] },
    week(weekdays),
    false,
  ],
  [
    'a shorter stretch',
    {
      userType: 'yearDayScheduleUser',
      yearDaySchedules: [{ startLocalMinute: 1000, endLocalMinute: 1500 }],
    },
    { userType: 'yearDayScheduleUser', yearDaySchedules: [june] },
    true,
  ],
  [
    'a longer stretch',
    {
      userType: 'yearDayScheduleUser',
      yearDaySchedules: [{ startLocalMinute: 999, endLocalMinute: 1500 }],
    },
    { userType: 'yearDayScheduleUser', yearDaySchedules: [june] },
    false,
  ],
  [
    'anything in a one-time user',
    { userType: 'disposableUser' },
    { userType: 'disposableUser' },
    false,
  ],
  ['a one-time user in anybody', { userType: 'disposableUser' }, {}, true],
  [
    'a remote user in a remote user',
    { userType: 'remoteOnlyUser' },
    { userType: 'remoteOnlyUser' },
    true,
  ],
  ['a keypad user in a remote user', {}, { userType: 'remoteOnlyUser' }, false],
  [
    'one without a way in, in another',
    { userType: 'nonAccessUser' },
    { userType: 'nonAccessUser' },
    true,
  ],
  ['anybody in one without a way in', {}, { userType: 'nonAccessUser' }, false],
  ['hours that nobody wrote, in hours', { userType: 'weekDayScheduleUser' }, week(weekdays), false],
  ['one credential where two are needed', {}, { credentialRule: 'dual' }, false],
  ['three where two are needed', { credentialRule: 'tri' }, { credentialRule: 'dual' }, true],
  ['no limit in a limit', {}, { useLimit: 5 }, false],
  ['a smaller limit', { useLimit: 4 }, { useLimit: 5 }, true],
  ['a larger limit', { useLimit: 6 }, { useLimit: 5 }, false],
  ['longer without the hub', { maxOfflineHours: 48 }, { maxOfflineHours: 24 }, false],
  ['for ever without the hub', { maxOfflineHours: 0 }, { maxOfflineHours: 24 }, false],
  ['holidays of one who has none', {}, { holidayRule: 'noAccess' }, false],
  ['no holidays in no holidays', { holidayRule: 'noAccess' }, { holidayRule: 'noAccess' }, true],
  ['holidays like any day, said and unsaid', {}, { holidayRule: 'asUsual' }, true],
  ['holidays alone in any day', { holidayRule: 'onlyThen' }, {}, true],
  ['before the household', {}, { afterHousehold: true }, false],
  ['after the household, as the other', { afterHousehold: true }, { afterHousehold: true }, true],
  ['an hour that begins within and ends outside', week(evening), week(weekdays), false],
  ['a single minute in a day', week(noon), week(weekdays), true],
  ['the same stretch', stretches(june), stretches(june), true],
  [
    'a stretch that begins within and ends outside',
    stretches({ ...june, endLocalMinute: 2001 }),
    stretches(june),
    false,
  ],
  ['anybody in one who programs', {}, { userType: 'programmingUser' }, true],
  ['anybody in one who is forced', {}, { userType: 'forcedUser' }, true],
  ['both kinds of hours, as the other', both, both, true],
  ['one kind of hours in both kinds', week(monday), both, false],
  ['anything in an hour from the first use', { userType: 'expiringUser' }, expiring, false],
]

describe('within', () => {
  for (const [what, inner, outer, expected] of rows) {
    test(`${what}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(isWithin(user(inner), user(outer)), expected)
    })
  }
})

const off = { userStatus: 'occupiedDisabled' } as const
const delegation = { guestsMax: 1, stayHoursMax: 1 }
const beyondRows: readonly (readonly [
  what: string,
  one: Partial<User>,
  other: Partial<User>,
  beyond: boolean,
])[] = [
  ['the same', {}, {}, false],
  ['somebody disabled, whatever they could', { ...off, role: 'owner' }, off, false],
  ['somebody, beyond the same one disabled', {}, off, true],
  ['a higher role', { role: 'manager' }, { role: 'resident' }, true],
  ['a lower role', { role: 'resident' }, { role: 'manager' }, false],
  ['a lower role with another verb', { verbs: ['unlatch'] }, { role: 'owner' }, true],
  ['another delegation', { role: 'manager', delegation }, { role: 'manager' }, true],
]

describe('reaches beyond', () => {
  for (const [what, one, other, expected] of beyondRows) {
    test(`${what}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(reachesBeyond(user(one), user(other)), expected)
    })
  }
})

test('each role reaches beyond those that may less, and beyond no others', () => {
  const upwards = ['auditor', 'agent', 'guest', 'resident', 'manager', 'owner'] as const
  for (const [rank, role] of upwards.entries()) {
    const beyond = upwards.filter((other) =>
      reachesBeyond(user({ role, maxOfflineHours: 0 }), user({ role: other, maxOfflineHours: 0 })),
    )
    assert.deepEqual(beyond, upwards.slice(0, rank))
  }
})

const schedules = [monday, weekdays, nights, lateNights] as const
const types = [
  'unrestrictedUser',
  'weekDayScheduleUser',
  'remoteOnlyUser',
  'disposableUser',
] as const

function randomFields(chance: () => number): Partial<User> {
  const userType = pick(chance, types)
  return {
    userType,
    verbs: (['lock', 'unlock', 'unlatch'] as const).filter(() => chance() < 0.7),
    ...(userType === 'weekDayScheduleUser'
      ? { weekDaySchedules: [pick(chance, schedules), pick(chance, schedules)] }
      : {}),
    ...(chance() < 0.3
      ? {
          validity: {
            notBeforeMs: pick(chance, [0, 1e12]),
            notAfterMs: pick(chance, [2e12, 3e12]),
          },
        }
      : {}),
    ...(chance() < 0.2 ? { useLimit: pick(chance, [1, 2]) } : {}),
    ...(chance() < 0.2 ? { credentialRule: 'dual' } : {}),
    ...(chance() < 0.2 ? { afterHousehold: true as const } : {}),
    ...(chance() < 0.2 ? { holidayRule: pick(chance, ['noAccess', 'asUsual']) } : {}),
  }
}

test('whoever is within somebody opens only when that one may, in random weeks', (t) => {
  const chance = chanceFrom(seedOf(t))
  const holidays = {
    holidaySchedules: [{ name: 'x', startLocalMinute: 29_700_000, endLocalMinute: 29_703_000 }],
  }
  let compared = 0
  for (let pair = 0; pair < 3000; pair += 1) {
    const inner = person(2, 'resident', randomFields(chance)).user
    const outer = person(3, 'resident', randomFields(chance)).user
    if (!isWithin(inner, outer)) continue
    const view = viewPolicy(policyOf([inner, outer], holidays), [])
    for (let moment = 0; moment < 40; moment += 1) {
      const ms = 1_780_000_000_000 + Math.floor(chance() * 14 * 86_400_000)
      const uses = Math.floor(chance() * 3)
      const situation = plainSituation({ ms, certain: true }, temporalWallClock('Europe/Berlin'), {
        usageOf: () => ({ uses }),
      })
      const action = pick(chance, ['lock', 'unlock', 'unlatch'])
      const channel = pick(chance, ['keypad', 'remote'])
      const verdict = (one: User) =>
        decide(view, { credentialId: one.credentials[0]?.id ?? one.id, action, channel }, situation)
          .verdict
      if (verdict(inner) === 'allowed') {
        compared += 1
        assert.equal(verdict(outer), 'allowed', JSON.stringify([inner, outer, ms, action, channel]))
      }
    }
  }
  assert.ok(compared > 500, `${compared} openings were compared`)
})
