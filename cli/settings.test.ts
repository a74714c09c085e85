import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { doorSettings, doorSettingsOf, policyFault } from '@mortise/access'
import type { DoorSettings } from '@mortise/access'
import { z } from 'zod'
import { settingTable } from './door-settings/table.ts'
import { createTestLine } from './testing/test-line.ts'

const errorShape = z.object({ error: z.object({ code: z.string(), nextStep: z.string().min(1) }) })
const nights = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const weekdays = 'mon-fri 08:00-18:00'

const set: Record<string, readonly [args: readonly string[], Partial<DoorSettings>, RegExp]> = {
  'the name': [['name', ' Gate '], { doorName: 'Gate' }, /name is Gate \(was Front door\)$/m],
  'the time zone': [['time-zone', 'Asia/Tokyo'], { timeZone: 'Asia/Tokyo' }, /was Europe\/Berlin/],
  'auto-relock': [['auto-relock', '90s'], { autoRelockTime: 90 }, /is 90s \(was off\)$/m],
  'hours in which it stays open': [
    ['passage-hours', weekdays],
    { passageSchedules: [office] },
    /mon-fri 08:00-18:00 \(was off\)$/m,
  ],
  'an open door': [['door-ajar', '10m'], { doorAjarSeconds: 600 }, /is 10m/],
  'the latch': [['unlatch', '1m'], { unlatchSeconds: 60 }, /is 1m \(was 5s\)/],
  'quiet hours': [
    ['quiet-hours', 'daily 22:00-06:00'],
    { quietHours: { schedules: [nights], roles: ['guest'] } },
    /is daily 22:00-06:00 for guest \(was off\)$/m,
  ],
  'quiet hours of two roles': [
    ['quiet-hours', weekdays, '--roles', 'guest, resident'],
    { quietHours: { schedules: [office], roles: ['resident', 'guest'] } },
    /for resident, guest/,
  ],
  'the night': [['night-hours', weekdays], { nightHours: [office] }, /was daily 22:00-06:00/],
  'a face': [['face', 'never-alone'], { faceRule: 'neverAlone' }, /was not-at-night/],
  'wrong codes': [['wrong-codes', '3'], { wrongCodeEntryLimit: 3 }, /is 3 \(was 5\)/],
  'the first pause': [['keypad-pause', '2m'], { userCodeTemporaryDisableTime: 120 }, /was 30s/],
  Matter: [['matter', 'lock-only'], { matterChannel: 'lockOnly' }, /was closed/],
}

const refused: Record<string, readonly [args: readonly string[], code: string]> = {
  'a setting that is none': [['colour', 'red'], 'settingUnknown'],
  'no value': [['face'], 'usage'],
  'no name': [['name', ' '], 'badValue'],
  'a long name': [['name', 'x'.repeat(65)], 'badValue'],
  'a place that is none': [['time-zone', 'Nowhere'], 'badValue'],
  'an offset': [['time-zone', '+01:00'], 'badValue'],
  'two days': [['auto-relock', '2d'], 'badValue'],
  'no length': [['auto-relock', 'soon'], 'badTime'],
  'a latch that is off': [['unlatch', 'off'], 'badTime'],
  'a latch for an hour': [['unlatch', '1h'], 'badValue'],
  'no tries': [['wrong-codes', '0'], 'badValue'],
  'many tries': [['wrong-codes', '256'], 'badValue'],
  'a pause of an hour': [['keypad-pause', '1h'], 'badValue'],
  'hours that are none': [['quiet-hours', 'always'], 'badTime'],
  'quiet owners': [['quiet-hours', weekdays, '--roles', 'owner'], 'badValue'],
  'roles of something else': [['face', 'alone', '--roles', 'guest'], 'usage'],
  'a word that is none': [['face', 'sometimes'], 'badValue'],
  'no such channel': [['matter', 'open'], 'badValue'],
}

suite('settings of a door', () => {
  for (const [name, [args, changed, shown]] of Object.entries(set)) {
    test(name, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      const before = doorSettingsOf(line.lock.policy ?? assert.fail())
      const ran = await line.run(['settings', 'set', ...args])
      assert.equal(ran.exitCode, 0, ran.stderr)
      assert.match(ran.stdout, shown)
      const policy = line.lock.policy ?? assert.fail()
      assert.equal(policyFault(policy), undefined)
      assert.deepEqual(doorSettingsOf(policy), { ...before, ...changed })
    })
  }

  for (const [name, [args, code]] of Object.entries(refused)) {
    test(`${name}: ${code}, and nothing is sent`, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      const asked = line.hub.asked.length
      const { exitCode, json } = await line.run(['settings', 'set', ...args, '--json'])
      assert.equal(exitCode, 2)
      assert.equal(errorShape.parse(json).error.code, code)
      assert.equal(line.hub.asked.length, asked)
    })
  }

  test('all are shown, as they can be typed again', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const { stdout } = await line.run(['settings'])
    const names = stdout.trimEnd().split('\n')
    assert.equal(names.length, doorSettings.length)
    assert.match(stdout, /^auto-relock +off$/m)
    assert.match(stdout, /^night-hours +daily 22:00-06:00$/m)
    const version = line.lock.policy?.version
    const inForce = doorSettingsOf(line.lock.policy ?? assert.fail())
    for (const setting of doorSettings) {
      const { name, text } = settingTable[setting]
      const ran = await line.run(['settings', 'set', name, text(inForce)])
      assert.match(ran.stdout, /^Unchanged at Front door/)
    }
    assert.equal(line.lock.policy?.version, version, 'nothing was signed for nothing')
  })

  test('quiet hours keep their roles, and end', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    const quiet = ['settings', 'set', 'quiet-hours']
    await line.run([...quiet, weekdays, '--roles', 'agent'])
    await line.run([...quiet, 'daily 22:00-06:00'])
    const { settings } = line.lock.policy ?? assert.fail()
    assert.deepEqual(settings.quietHours, { schedules: [nights], roles: ['agent'] })
    await line.run([...quiet, 'off'])
    assert.equal(line.lock.policy?.settings.quietHours, undefined)
  })
})

suite('holidays', () => {
  const add = (...more: readonly string[]) => ['holiday', 'add', 'Christmas', ...more]
  const wrong: Record<string, readonly [args: readonly string[], code: string]> = {
    'a day that is none': [add('2026-02-30'), 'badTime'],
    'a day in words': [add('tomorrow'), 'badTime'],
    'a day before all counting': [add('1969-12-31'), 'badTime'],
    'the last day first': [add('2026-12-26', '2026-12-24'), 'badTime'],
    'a mode that is none': [add('2026-12-24', '--mode', 'party'), 'badValue'],
    'no name': [['holiday', 'add', '', '2026-12-24'], 'badValue'],
    'none of that name': [['holiday', 'remove', 'Easter'], 'holidayNotFound'],
    'none on that day': [['holiday', 'remove', 'Advent', '2026-12-01'], 'holidayNotFound'],
    'the same twice': [['holiday', 'add', 'Advent', '2026-11-29'], 'holidayTwice'],
    'another mode on the same day': [add('2026-11-29', '--mode', 'vacation'), 'policyUnfit'],
  }

  test('are added through their last day, listed, and taken away', async (context) => {
    const line = createTestLine(context)
    await line.begin()
    assert.equal((await line.run(['holiday', 'list'])).stdout, 'There are no holidays.\n')
    const added = await line.run(add('2026-12-24', '2026-12-26', '--mode', 'vacation'))
    assert.equal(added.exitCode, 0, added.stderr)
    await line.run(add('2027-12-24'))
    const [first] = line.lock.policy?.holidaySchedules ?? []
    const startLocalMinute = Date.UTC(2026, 11, 24) / 60_000
    assert.deepEqual(first, {
      name: 'Christmas',
      startLocalMinute,
      endLocalMinute: startLocalMinute + 3 * 1440 - 1,
      operatingMode: 'vacation',
    })
    const listed = '2026-12-24 to 2026-12-26  Christmas  mode vacation\n2027-12-24  Christmas\n'
    assert.equal((await line.run(['holiday', 'list'])).stdout, listed)
    await line.run(['holiday', 'remove', 'christmas', '2027-12-24'])
    assert.deepEqual(line.lock.policy?.holidaySchedules, [first])
    await line.run(['holiday', 'remove', 'christmas'])
    assert.equal(line.lock.policy?.holidaySchedules, undefined)
  })

  for (const [name, [args, code]] of Object.entries(wrong)) {
    test(`${name}: ${code}, and nothing changes`, async (context) => {
      const line = createTestLine(context)
      await line.begin()
      await line.run(['holiday', 'add', 'Advent', '2026-11-29'])
      const version = line.lock.policy?.version
      const { exitCode, json } = await line.run([...args, '--json'])
      assert.equal(exitCode, 2)
      assert.equal(errorShape.parse(json).error.code, code)
      assert.equal(line.lock.policy?.version, version)
    })
  }
})
