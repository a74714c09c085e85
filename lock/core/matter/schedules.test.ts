import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decide, plainSituation, temporalWallClock, viewPolicy } from '@mortise/access'
import { policyOf, person } from '@mortise/access/testing'
import { matterUsers, verbsOf } from '#core/matter/as-users.ts'
import type { MatterAnswer, MatterStatus } from '#core/matter/commands.ts'
import { placeCredential } from '#core/matter/credentials.ts'
import { emptyMatterDatabase, userAt } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import { manage } from '#core/matter/manage.ts'
import { bearer, setPinOf } from '#core/matter/testing/commands.ts'

type Command = Parameters<typeof manage>[1]

const one = placeCredential(emptyMatterDatabase, setPinOf('add', 1, '739184'), bearer(1)).database

const week = (fields: Partial<Extract<Command, { type: 'setWeekDaySchedule' }>> = {}): Command => ({
  type: 'setWeekDaySchedule',
  weekDayIndex: 1,
  userIndex: 1,
  daysMask: 0b10,
  startHour: 9,
  startMinute: 30,
  endHour: 17,
  endMinute: 0,
  ...fields,
})
const year = (fields: Partial<Extract<Command, { type: 'setYearDaySchedule' }>> = {}): Command => ({
  type: 'setYearDaySchedule',
  yearDayIndex: 1,
  userIndex: 1,
  localStartTime: 1000,
  localEndTime: 2000,
  ...fields,
})
const holiday = (
  fields: Partial<Extract<Command, { type: 'setHolidaySchedule' }>> = {},
): Command => ({
  type: 'setHolidaySchedule',
  holidayIndex: 1,
  localStartTime: 1000,
  localEndTime: 2000,
  operatingMode: 'vacation',
  ...fields,
})

const rows: readonly (readonly [what: string, command: Command, status: MatterStatus])[] = [
  ['working hours', week(), 'success'],
  ['no day', week({ daysMask: 0 }), 'invalidCommand'],
  ['an eighth day', week({ daysMask: 128 }), 'invalidCommand'],
  ['an end before its start', week({ endHour: 9, endMinute: 29 }), 'invalidCommand'],
  ['an end at its start', week({ endHour: 9, endMinute: 30 }), 'invalidCommand'],
  ['the whole day', week({ startHour: 0, startMinute: 0, endHour: 23, endMinute: 59 }), 'success'],
  ['hour 24', week({ endHour: 24 }), 'invalidCommand'],
  ['minute 60', week({ startMinute: 60 }), 'invalidCommand'],
  ['week index 0', week({ weekDayIndex: 0 }), 'invalidCommand'],
  ['week index 11', week({ weekDayIndex: 11 }), 'invalidCommand'],
  ['hours of nobody', week({ userIndex: 2 }), 'invalidCommand'],
  ['a stretch', year(), 'success'],
  ['a stretch that ends as it begins', year({ localEndTime: 1000 }), 'invalidCommand'],
  ['a stretch of nobody', year({ userIndex: 2 }), 'invalidCommand'],
  ['a holiday', holiday(), 'success'],
  ['a holiday beyond', holiday({ holidayIndex: 21 }), 'invalidCommand'],
  ['a holiday that locks down', holiday({ operatingMode: 'lockdown' }), 'invalidCommand'],
  [
    'asking for hours that are not set',
    { type: 'getWeekDaySchedule', weekDayIndex: 1, userIndex: 1 },
    'notFound',
  ],
  [
    'asking for hours of nobody',
    { type: 'getWeekDaySchedule', weekDayIndex: 1, userIndex: 2 },
    'notFound',
  ],
  [
    'asking for hours beyond',
    { type: 'getWeekDaySchedule', weekDayIndex: 11, userIndex: 1 },
    'invalidCommand',
  ],
  [
    'asking for a stretch that is not set',
    { type: 'getYearDaySchedule', yearDayIndex: 1, userIndex: 1 },
    'notFound',
  ],
  [
    'asking for a stretch beyond',
    { type: 'getYearDaySchedule', yearDayIndex: 11, userIndex: 1 },
    'invalidCommand',
  ],
  [
    'clearing a stretch of nobody',
    { type: 'clearYearDaySchedule', yearDayIndex: 1, userIndex: 9 },
    'invalidCommand',
  ],
  ['clearing holiday 0', { type: 'clearHolidaySchedule', holidayIndex: 0 }, 'invalidCommand'],
  ['clearing holiday 21', { type: 'clearHolidaySchedule', holidayIndex: 21 }, 'invalidCommand'],
  [
    'asking for a holiday that is not set',
    { type: 'getHolidaySchedule', holidayIndex: 1 },
    'notFound',
  ],
  ['asking for holiday 0', { type: 'getHolidaySchedule', holidayIndex: 0 }, 'invalidCommand'],
  [
    'clearing all hours',
    { type: 'clearWeekDaySchedule', weekDayIndex: 0xfe, userIndex: 1 },
    'success',
  ],
  [
    'clearing hours of nobody',
    { type: 'clearWeekDaySchedule', weekDayIndex: 1, userIndex: 9 },
    'invalidCommand',
  ],
  ['clearing all holidays', { type: 'clearHolidaySchedule', holidayIndex: 0xfe }, 'success'],
]

describe('schedules of a Matter administrator', () => {
  for (const [what, command, status] of rows) {
    test(`${what}: ${status}`, () => {
      assert.equal(manage(one, command, bearer(1)).answer.status, status)
    })
  }

  const kept: readonly (readonly [Command, Command, Partial<MatterAnswer>])[] = [
    [
      week(),
      { type: 'getWeekDaySchedule', weekDayIndex: 1, userIndex: 1 },
      { userIndex: 1, daysMask: 2, startHour: 9, startMinute: 30, endHour: 17, endMinute: 0 },
    ],
    [
      year(),
      { type: 'getYearDaySchedule', yearDayIndex: 1, userIndex: 1 },
      { userIndex: 1, localStartTime: 1000, localEndTime: 2000 },
    ],
    [
      holiday(),
      { type: 'getHolidaySchedule', holidayIndex: 1 },
      { localStartTime: 1000, localEndTime: 2000, operatingMode: 'vacation' },
    ],
  ]
  for (const [set, get, fields] of kept) {
    test(`${set.type} is told back as it was set`, () => {
      const { database } = manage(one, set, bearer(1))
      assert.deepEqual(manage(database, get, bearer(1)).answer, { status: 'success', ...fields })
    })
  }

  const kinds = [
    {
      set: (index: number) => week({ weekDayIndex: index }),
      get: (index: number) =>
        ({ type: 'getWeekDaySchedule', weekDayIndex: index, userIndex: 1 }) as const,
      clear: (index: number) =>
        ({ type: 'clearWeekDaySchedule', weekDayIndex: index, userIndex: 1 }) as const,
      told: { lockDataType: 'weekDaySchedule', userIndex: 1 },
      indexesIn: (database: MatterDatabase) => userAt(database, 1)?.weekDaySchedules,
    },
    {
      set: (index: number) => year({ yearDayIndex: index }),
      get: (index: number) =>
        ({ type: 'getYearDaySchedule', yearDayIndex: index, userIndex: 1 }) as const,
      clear: (index: number) =>
        ({ type: 'clearYearDaySchedule', yearDayIndex: index, userIndex: 1 }) as const,
      told: { lockDataType: 'yearDaySchedule', userIndex: 1 },
      indexesIn: (database: MatterDatabase) => userAt(database, 1)?.yearDaySchedules,
    },
    {
      set: (index: number) => holiday({ holidayIndex: index }),
      get: (index: number) => ({ type: 'getHolidaySchedule', holidayIndex: index }) as const,
      clear: (index: number) => ({ type: 'clearHolidaySchedule', holidayIndex: index }) as const,
      told: { lockDataType: 'holidaySchedule', userIndex: undefined },
      indexesIn: (database: MatterDatabase) => database.holidaySchedules,
    },
  ]
  for (const { set, get, clear, told, indexesIn } of kinds) {
    const run = (database: MatterDatabase, command: Command) => manage(database, command, bearer(1))
    const change = (dataOperationType: string, dataIndex: number) => [
      { ...told, dataOperationType, dataIndex },
    ]

    test(`${told.lockDataType}: each is added, changed and cleared by itself, and told`, () => {
      const added = run(run(one, set(3)).database, set(2))
      assert.deepEqual(added.changes, change('add', 2))
      const modified = run(added.database, set(3))
      assert.deepEqual(modified.changes, change('modify', 3))
      assert.deepEqual(
        indexesIn(modified.database)?.map(({ index }) => index),
        [2, 3],
      )
      const cleared = run(modified.database, clear(2))
      assert.deepEqual(cleared.changes, change('clear', 2))
      assert.equal(run(cleared.database, get(2)).answer.status, 'notFound')
      assert.equal(run(cleared.database, get(3)).answer.status, 'success')
      const none = run(modified.database, clear(0xfe))
      assert.deepEqual(none.changes, change('clear', 0xfe))
      assert.deepEqual(indexesIn(none.database), [])
    })
  }

  test('a holiday that is not there is cleared without a word', () => {
    const { database } = manage(one, holiday(), bearer(1))
    const clear = { type: 'clearHolidaySchedule', holidayIndex: 2 } as const
    const outcome = manage(database, clear, bearer(1))
    assert.deepEqual([outcome.answer.status, outcome.changes], ['success', []])
    assert.equal(outcome.database, database)
  })

  test('hours leave a person the type that restricts them otherwise', () => {
    const once = setPinOf('add', 1, '739184', { userType: 'disposableUser' })
    const { database } = placeCredential(emptyMatterDatabase, once, bearer(1))
    assert.equal(
      userAt(manage(database, week(), bearer(1)).database, 1)?.userType,
      'disposableUser',
    )
  })

  test('a schedule restricts its person, who stays restricted when it is cleared', () => {
    const { database } = manage(one, week(), bearer(1))
    assert.equal(userAt(database, 1)?.userType, 'scheduleRestrictedUser')
    const clear = { type: 'clearWeekDaySchedule', weekDayIndex: 1, userIndex: 1 } as const
    const after = manage(database, clear, bearer(1)).database
    assert.equal(userAt(after, 1)?.userType, 'scheduleRestrictedUser')
    assert.deepEqual(userAt(after, 1)?.weekDaySchedules, [])
  })
})

/** What the common evaluation says of user 1's code at the keypad. */
function reasonAt(
  database: MatterDatabase,
  ms: number,
  fields: Parameters<typeof plainSituation>[2] = {},
): string {
  const owner = person(1, 'owner').user
  const policy = policyOf([owner, ...matterUsers(database, 'unlockWithPin')], {
    matterChannel: 'unlockWithPin',
  })
  const credentialId = userAt(database, 1)?.credentials[0]?.id
  assert.ok(credentialId !== undefined)
  return decide(
    viewPolicy(policy, []),
    { credentialId, action: 'unlock', channel: 'keypad' },
    plainSituation({ ms, certain: true }, temporalWallClock('Europe/Berlin'), fields),
  ).reason
}

describe('Matter’s users are evaluated as everybody is', () => {
  // Monday 2026-06-01, 10:00 in Berlin.
  const monday = Date.UTC(2026, 5, 1, 8)
  const hour = 3_600_000

  test('without a schedule: always', () => {
    assert.equal(reasonAt(one, monday), 'granted')
  })
  test('in and out of their hours', () => {
    const { database } = manage(one, week(), bearer(1))
    assert.equal(reasonAt(database, monday), 'granted')
    assert.equal(reasonAt(database, monday - hour), 'outsideSchedule')
    assert.equal(reasonAt(database, monday + 24 * hour), 'outsideSchedule')
  })
  test('in and out of a stretch, whose last second is not given away', () => {
    // Local seconds since 2000: from 10:00 until 11:00 that Monday.
    const start = Date.UTC(2026, 5, 1, 10) / 1000 - 946_684_800
    const span = year({ localStartTime: start, localEndTime: start + 3600 })
    const { database } = manage(one, span, bearer(1))
    assert.equal(reasonAt(database, monday), 'granted')
    assert.equal(reasonAt(database, monday + hour - 1), 'granted')
    assert.equal(reasonAt(database, monday + hour), 'outsideSchedule')
    assert.equal(reasonAt(database, monday - 1), 'outsideSchedule')
  })
  test('nobody while the channel is closed, and no opening while it is for locking only', () => {
    assert.deepEqual(matterUsers(one, 'closed'), [])
    assert.deepEqual(matterUsers(one, 'lockOnly')[0]?.verbs, ['lock'])
  })
  for (const [channel, verbs] of [
    ['closed', []],
    ['lockOnly', ['lock']],
    ['unlockWithPin', ['lock', 'unlock']],
    ['unlock', ['lock', 'unlock']],
  ] as const) {
    test(`a channel that is ${channel} has ${verbs.length} verbs`, () => {
      assert.deepEqual(verbsOf(channel), verbs)
    })
  }
  test('an expiring one for two days from their first opening', () => {
    const guest = setPinOf('add', 1, '739184', { userType: 'expiringUser' })
    const { database } = placeCredential(emptyMatterDatabase, guest, bearer(1))
    const used = { usageOf: () => ({ uses: 1, firstUseMs: monday }) }
    assert.equal(reasonAt(database, monday + 48 * hour - 1, used), 'granted')
    assert.equal(reasonAt(database, monday + 48 * hour, used), 'expired')
  })
})
