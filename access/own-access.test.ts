import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OwnAccess, Policy, User } from '@mortise/protocol/words'
import { policyMessage, replyMessage } from '@mortise/protocol/wire'
import { limits } from '@mortise/protocol/limits'
import { sampleState } from '@mortise/protocol/testing'
import { ownAccessOf, policyOfOwn, usageOfOwn } from '#access/own-access.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { noUsage, plainSituation } from '#access/situation.ts'
import type { Usage } from '#access/situation.ts'
import {
  chanceFrom,
  deviceKey,
  person,
  pick,
  policyOf,
  runsOf,
  seedOf,
} from '#access/testing/index.ts'
import { openingsOf, whoCanOpen } from '#access/timetable.ts'
import { findFlaw } from '#access/validate-policy.ts'
import { minutesPerDay, temporalWallClock } from '#access/wall-clock.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const berlin = temporalWallClock('Europe/Berlin')
/** Saturday 2026-10-24 00:00 in Berlin; on Sunday the clocks are set back. */
const saturday = Date.UTC(2026, 9, 23, 22)
const saturdayMinute = berlin(saturday)

const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1019 }
const night = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const holiday = { startLocalMinute: saturdayMinute, endLocalMinute: saturdayMinute + 1439 }
const { settings } = policyOf([])

const guest = (fields: Partial<User>): User => person(2, 'guest', fields).user
const house = (user: User, fields: Partial<Policy> = {}): Policy =>
  policyOf([person(1, 'owner').user, user], fields)

const rows: readonly (readonly [
  what: string,
  user: Partial<User>,
  house: Partial<Policy>,
  usage: Usage,
  told: Partial<OwnAccess>,
])[] = [
  ['nothing where nothing is limited', {}, {}, noUsage, {}],
  [
    'the hours of the week, not the type that follows them',
    { userType: 'weekDayScheduleUser', weekDaySchedules: [office] },
    {},
    noUsage,
    { weekDaySchedules: [office] },
  ],
  [
    'a stretch of days',
    { userType: 'yearDayScheduleUser', yearDaySchedules: [holiday] },
    {},
    noUsage,
    { yearDaySchedules: [holiday] },
  ],
  ['the one time', { userType: 'disposableUser' }, {}, noUsage, { useLimit: 1, uses: 0 }],
  ['how many of the times are gone', { useLimit: 5 }, {}, { uses: 2 }, { useLimit: 5, uses: 2 }],
  [
    'since when the time counts',
    { userType: 'expiringUser', expiringUserTimeout: 60 },
    {},
    { uses: 1, firstUseMs: saturday },
    { expiringUserTimeout: 60, firstUseMs: saturday },
  ],
  [
    'for how long it is from a first use that is still to come',
    { userType: 'expiringUser', expiringUserTimeout: 60 },
    {},
    noUsage,
    { expiringUserTimeout: 60 },
  ],
  ['no count that limits nothing', {}, {}, { uses: 3, firstUseMs: saturday }, {}],
  [
    'that the household comes first',
    { afterHousehold: true },
    {},
    noUsage,
    { afterHousehold: true },
  ],
  [
    'quiet hours of their role',
    {},
    { settings: { ...settings, quietHours: { schedules: [night], roles: ['guest'] } } },
    noUsage,
    { quietHours: [night] },
  ],
  [
    'no quiet hours of others',
    {},
    { settings: { ...settings, quietHours: { schedules: [night], roles: ['resident'] } } },
    noUsage,
    {},
  ],
  [
    'holidays by their days alone, where a rule means them',
    { holidayRule: 'noAccess' },
    { holidaySchedules: [{ name: 'Skiing', ...holiday, operatingMode: 'vacation' }] },
    noUsage,
    { holidayRule: 'noAccess', holidays: [holiday] },
  ],
  [
    'no holidays otherwise: they tell when nobody is at home',
    {},
    { holidaySchedules: [{ name: 'Skiing', ...holiday, operatingMode: 'vacation' }] },
    noUsage,
    {},
  ],
  [
    'that they may do nothing, switched off',
    { userStatus: 'occupiedDisabled' },
    {},
    noUsage,
    { verbs: [] },
  ],
  [
    'that they may do nothing, as no user',
    { userType: 'nonAccessUser' },
    {},
    noUsage,
    { verbs: [] },
  ],
  ['nothing of duress', { userType: 'forcedUser' }, {}, noUsage, {}],
]

describe('a lock tells somebody of their own access:', () => {
  for (const [what, fields, houseFields, usage, told] of rows) {
    test(what, () => {
      const user = guest(fields)
      const plain = {
        userId: user.id,
        userName: user.name,
        doorName: 'Front door',
        timeZone: 'Europe/Berlin',
        role: 'guest',
        verbs: user.verbs,
      }
      assert.deepEqual(ownAccessOf(house(user, houseFields), user, usage), { ...plain, ...told })
    })
  }

  test('in an answer that is never too large', () => {
    const many = <Item>(length: number, item: (index: number) => Item): readonly Item[] =>
      Array.from({ length }, (_, index) => item(index))
    const late = 4_223_371_000
    const weekly = many(limits.schedulesPerUserMax, (index) => ({
      daysMask: 127,
      startMinute: 1000 + index,
      endMinute: 1439,
    }))
    const name = '😀'.repeat(limits.nameCharactersMax)
    const access: OwnAccess = {
      userId: deviceKey(1).credential.id,
      userName: name,
      doorName: name,
      timeZone: 'x'.repeat(limits.timeZoneBytesMax),
      role: 'resident',
      verbs: ['lock', 'unlock', 'unlatch'],
      validity: { notBeforeMs: 0, notAfterMs: 253_402_300_799_999 },
      invitationNotAfterMs: 253_402_300_799_999,
      weekDaySchedules: weekly,
      quietHours: weekly,
      yearDaySchedules: many(limits.schedulesPerUserMax, (index) => ({
        startLocalMinute: late,
        endLocalMinute: late + index,
      })),
      holidayRule: 'noAccess',
      holidays: many(limits.holidaySchedulesMax, () => ({
        startLocalMinute: late,
        endLocalMinute: late,
      })),
      useLimit: limits.useLimitMax,
      uses: Number.MAX_SAFE_INTEGER,
      expiringUserTimeout: limits.expiringUserMinutesMax,
      firstUseMs: 253_402_300_799_999,
      afterHousehold: true,
    }
    const bytes = replyMessage.encode({ type: 'answer', v: 1, state: sampleState(), access })
    assert.deepEqual(replyMessage.decode(bytes), {
      type: 'answer',
      v: 1,
      state: sampleState(),
      access,
    })
  })
})

/** What a lock tells of somebody whom nothing limits. */
const free: OwnAccess = {
  userId: guest({}).id,
  userName: 'Guest',
  doorName: 'Gate',
  timeZone: 'Asia/Tokyo',
  role: 'guest',
  verbs: ['unlock'],
}
const { credential } = deviceKey(2)

describe('a device takes what it was told', () => {
  const quiet = { quietHours: [night] }
  const hoursOf: readonly (readonly [
    what: string,
    told: Partial<OwnAccess>,
    ...openings: readonly (readonly [fromHour: number, toHour: number])[],
  ])[] = [
    ['that says nothing of hours for the whole day', {}, [0, 24]],
    ['of quiet hours for the rest of the day', quiet, [6, 22]],
    ['of hours of the week', { weekDaySchedules: [{ ...office, daysMask: 127 }] }, [8, 17]],
    [
      'of a stretch of days',
      {
        yearDaySchedules: [
          { startLocalMinute: saturdayMinute + 600, endLocalMinute: saturdayMinute + 659 },
        ],
      },
      [10, 11],
    ],
    ['of a holiday that shuts them out', { holidayRule: 'noAccess', holidays: [holiday] }],
    ['of a holiday that lets them in', { holidayRule: 'onlyThen', holidays: [holiday] }, [0, 24]],
    ['of no right', { verbs: [] }],
  ]
  for (const [what, told, ...openings] of hoursOf) {
    test(what, () => {
      const view = viewPolicy(policyOfOwn({ ...free, ...told }, credential), [])
      const span = { fromMs: saturday, toMs: saturday + dayMs }
      const situation = plainSituation({ ms: saturday, certain: true }, berlin)
      const [hours] = whoCanOpen(view, situation, span)
      const hourOf = (ms: number): number => (ms - saturday) / hourMs
      assert.deepEqual(
        hours && openingsOf(hours).map(({ fromMs, toMs }) => [hourOf(fromMs), hourOf(toMs)]),
        openings,
      )
    })
  }

  test('for a policy as signed ones are, of that door and that person', () => {
    const policy = policyOfOwn({ ...free, ...quiet }, credential)
    for (const one of [policy, policyOfOwn(free, credential)]) {
      assert.deepEqual(policyMessage.decode(policyMessage.encode(one)), one)
    }
    assert.equal(policy.doorName, 'Gate')
    assert.equal(policy.timeZone, 'Asia/Tokyo')
    assert.deepEqual(
      policy.users.map(({ id, name, role }) => ({ id, name, role })),
      [{ id: free.userId, name: 'Guest', role: 'guest' }],
    )
    assert.deepEqual(policy.settings.quietHours?.roles, ['guest'])
  })

  test('for one whose holidays have no name', () => {
    const { holidaySchedules } = policyOfOwn({ ...free, holidays: [holiday] }, credential)
    assert.deepEqual(holidaySchedules, [{ name: '', ...holiday }])
  })

  test('for how often they have opened', () => {
    assert.deepEqual(usageOfOwn(free), { uses: 0 })
    assert.deepEqual(usageOfOwn({ ...free, useLimit: 5, uses: 2 }), { uses: 2 })
    assert.deepEqual(usageOfOwn({ ...free, uses: 2, firstUseMs: saturday }), {
      uses: 2,
      firstUseMs: saturday,
    })
  })
})

type Chance = () => number

function someSchedule(chance: Chance) {
  const minute = (): number => pick(chance, [0, 120, 180, 480, 1019, 1320, 1439])
  return { daysMask: 1 + Math.floor(chance() * 127), startMinute: minute(), endMinute: minute() }
}

function someStretch(chance: Chance) {
  const start = saturdayMinute + Math.floor(chance() * 5 * minutesPerDay)
  return { startLocalMinute: start, endLocalMinute: start + pick(chance, [0, 60, 1439, 4000]) }
}

const kinds: readonly [
  (chance: Chance) => Partial<User>,
  ...((chance: Chance) => Partial<User>)[],
] = [
  () => ({}),
  () => ({ userType: 'disposableUser' }),
  () => ({ useLimit: 2 }),
  () => ({ userType: 'nonAccessUser' }),
  () => ({ userType: 'expiringUser', expiringUserTimeout: 90 }),
  (chance) => ({ userType: 'weekDayScheduleUser', weekDaySchedules: [someSchedule(chance)] }),
  (chance) => ({ userType: 'yearDayScheduleUser', yearDaySchedules: [someStretch(chance)] }),
  (chance) => ({
    userType: 'scheduleRestrictedUser',
    weekDaySchedules: [someSchedule(chance)],
    ...(chance() < 0.5 ? { yearDaySchedules: [someStretch(chance)] } : {}),
  }),
]

function somebody(chance: Chance): User {
  const fromMs = saturday + Math.floor(chance() * 4) * dayMs
  return person(2, pick(chance, ['guest', 'resident']), {
    userStatus: chance() < 0.1 ? 'occupiedDisabled' : 'occupiedEnabled',
    ...(chance() < 0.3 ? { validity: { notBeforeMs: fromMs, notAfterMs: fromMs + dayMs } } : {}),
    ...(chance() < 0.5 ? { holidayRule: pick(chance, ['asUsual', 'noAccess', 'onlyThen']) } : {}),
    ...pick(chance, kinds)(chance),
  }).user
}

test('a device ends the openings with the time from the first use, once there was one', () => {
  const user = guest({ userType: 'expiringUser', expiringUserTimeout: 60 })
  const [credential] = user.credentials
  assert.ok(credential)
  const endsAtMs = (usage: Usage) => {
    const own = ownAccessOf(house(user), user, usage)
    const situation = plainSituation({ ms: saturday, certain: true }, berlin, {
      usageOf: () => usageOfOwn(own),
    })
    const span = { fromMs: saturday, toMs: saturday + dayMs }
    const [known] = whoCanOpen(viewPolicy(policyOfOwn(own, credential), []), situation, span)
    assert.ok(known)
    return openingsOf(known).at(-1)?.toMs
  }
  assert.equal(endsAtMs({ uses: 1, firstUseMs: saturday }), saturday + hourMs)
  assert.equal(endsAtMs(noUsage), saturday + dayMs)
})

test('a device computes the hours that the lock would let its person in', (context) => {
  const chance = chanceFrom(seedOf(context))
  const span = { fromMs: saturday, toMs: saturday + 5 * dayMs }
  for (let run = 0; run < runsOf(300); run += 1) {
    const user = somebody(chance)
    const policy = house(user, {
      ...(chance() < 0.5 ? { holidaySchedules: [{ name: 'x', ...someStretch(chance) }] } : {}),
      settings: {
        ...settings,
        ...(chance() < 0.5
          ? {
              quietHours: {
                schedules: [someSchedule(chance)],
                roles: [pick(chance, ['guest', 'resident'])],
              },
            }
          : {}),
      },
    })
    assert.equal(findFlaw(policy), undefined)
    const usage =
      chance() < 0.5 ? noUsage : { uses: 1, firstUseMs: saturday + Math.floor(chance() * hourMs) }
    const hours = (known: Policy, counted: Usage) =>
      whoCanOpen(
        viewPolicy(known, []),
        plainSituation({ ms: span.fromMs, certain: true }, berlin, { usageOf: () => counted }),
        span,
        known.users.filter(({ role }) => role === user.role),
      ).map(({ spans }) => spans)
    const own = ownAccessOf(policy, user, usage)
    const [credential] = user.credentials
    assert.ok(credential)
    assert.deepEqual(
      hours(policyOfOwn(own, credential), usageOfOwn(own)),
      hours(policy, usage),
      JSON.stringify(own),
    )
  }
})
