import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { TestContext } from 'node:test'
import type { Policy, User } from '@mortise/protocol/words'
import { z } from 'zod'
import { createTestLine } from './testing/test-line.ts'

const office = { daysMask: 0b011_1110, startMinute: 600, endMinute: 1019 }
const night = { daysMask: 127, startMinute: 1320, endMinute: 359 }
/** Minutes since 1970 on the wall of the door, up to 2027-01-15T00:00. */
const fridayMinute = Date.UTC(2027, 0, 15) / 60_000
const morning = { startLocalMinute: fridayMinute, endLocalMinute: fridayMinute + 659 }

/** Ben's command line, who is a guest on these terms; it is Friday 2027-01-15, 09:00 at the door. */
async function benAt(context: TestContext, terms: Partial<User>, house: Partial<Policy> = {}) {
  const line = createTestLine(context)
  await line.begin()
  const other = line.anotherDevice()
  const key = (await other.run(['key', '--name', 'tablet'])).stdout.split('\n')[0] ?? ''
  await line.run(['people', 'add-key', 'Ben', key, '--role', 'guest'])
  line.lock.putPolicy((policy) => ({
    ...policy,
    ...house,
    users: policy.users.map((user) => (user.name === 'Ben' ? { ...user, ...terms } : user)),
  }))
  return other
}

const weekly = { userType: 'weekDayScheduleUser', weekDaySchedules: [office] } as const
const rows: readonly (readonly [
  what: string,
  terms: Partial<User>,
  house: Partial<Policy>,
  ...shown: readonly string[],
])[] = [
  [
    'hours of the week, and when they begin',
    weekly,
    {},
    'Your access: mon-fri 10:00-17:00 (hours at the door, Europe/Berlin)',
    'It opens for you at 2027-01-15 10:00:00 +01:00',
  ],
  [
    'a stretch, and when it ends',
    { userType: 'yearDayScheduleUser', yearDaySchedules: [morning] },
    {},
    'Your access: 2027-01-15T00:00 until 2027-01-15T11:00 at the door (hours at the door, Europe/Berlin)',
    'It opens for you until 2027-01-15 11:00:00 +01:00',
  ],
  [
    'how many times are left',
    { useLimit: 5 },
    {},
    'Your access: 5 times; 5 left (hours at the door, Europe/Berlin)',
    'It opens for you now',
  ],
  [
    'holidays on which they may not come',
    { holidayRule: 'noAccess' },
    { holidaySchedules: [{ name: 'Skiing', ...morning }] },
    'Your access: not on holidays; holidays: 2027-01-15T00:00 until 2027-01-15T11:00 (hours at the door, Europe/Berlin)',
    'It opens for you at 2027-01-15 11:00:00 +01:00',
  ],
  [
    'quiet hours of guests',
    {},
    {
      settings: {
        autoRelockTime: 0,
        wrongCodeEntryLimit: 5,
        userCodeTemporaryDisableTime: 30,
        quietHours: { schedules: [night], roles: ['guest'] },
      },
    },
    'Your access: not daily 22:00-06:00 (hours at the door, Europe/Berlin)',
    'It opens for you until 2027-01-15 22:00:00 +01:00',
  ],
  [
    'that nothing opens any more',
    { userStatus: 'occupiedDisabled' },
    {},
    'You may not open this door.',
  ],
  ['nothing where nothing is limited', {}, {}],
]

suite('status tells a guest', () => {
  for (const [what, terms, house, ...shown] of rows) {
    test(what, async (context) => {
      const ben = await benAt(context, terms, house)
      const { stdout, exitCode } = await ben.run(['status'])
      assert.equal(exitCode, 0)
      const lines = stdout.trimEnd().split('\n')
      assert.deepEqual(lines.slice(lines.findIndex((text) => text.startsWith('  ')) + 1), shown)
    })
  }

  test('the same as JSON, and the list of people does not come along', async (context) => {
    const ben = await benAt(context, weekly)
    const { json } = await ben.run(['status', '--json'])
    const { access } = statusShape.parse(json).locks[0]
    assert.deepEqual(access, {
      name: 'Ben',
      role: 'guest',
      verbs: ['lock', 'unlock'],
      weekly: 'mon-fri 10:00-17:00',
      opensNow: false,
      changesAt: '2027-01-15T09:00:00Z',
    })
    assert.doesNotMatch(JSON.stringify(json), /Ada/)
  })
})

const statusShape = z.object({ locks: z.tuple([z.object({ access: z.unknown() })]) })
