import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Policy } from '@mortise/protocol/words'
import { changedSettings, doorSettings, doorSettingsOf } from '#access/door-settings.ts'
import type { DoorSetting } from '#access/door-settings.ts'
import { policyOf } from '#access/testing/policies.ts'

const before = policyOf([])
const { settings } = before
const night = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const monday = { daysMask: 2, startMinute: 0, endMinute: 60 }
const quietHours = { schedules: [night, monday], roles: ['guest', 'agent'] } as const

const rows: Record<string, readonly [after: Partial<Policy>, changed: readonly DoorSetting[]]> = {
  nothing: [{}, []],
  'a default that is spelled out': [
    { settings: { ...settings, faceRule: 'notAloneAtNight', unlatchSeconds: 5 } },
    [],
  ],
  'the usual night, spelled out': [{ settings: { ...settings, nightHours: [night] } }, []],
  'a closed channel, spelled out': [{ matterChannel: 'closed' }, []],
  'people alone': [{ users: [], version: 9 }, []],
  'a name and a channel': [
    { doorName: 'Gate', matterChannel: 'lockOnly' },
    ['doorName', 'matterChannel'],
  ],
  'quiet hours': [{ settings: { ...settings, quietHours } }, ['quietHours']],
  'hours in which it stays open': [{ passageSchedules: [night] }, ['passageSchedules']],
}

suite('the settings of a door', () => {
  for (const [name, [after, changed]] of Object.entries(rows)) {
    test(name, () => {
      const whole = doorSettingsOf({ ...before, ...after })
      assert.deepEqual(changedSettings(doorSettingsOf(before), whole), changed)
    })
  }

  test('the order of hours and roles means nothing', () => {
    const turned = { schedules: [monday, night], roles: ['agent', 'guest'] } as const
    const [one, other] = [quietHours, turned].map((quiet) =>
      doorSettingsOf({ ...before, settings: { ...settings, quietHours: quiet } }),
    )
    assert.deepEqual(changedSettings(one ?? assert.fail(), other ?? assert.fail()), [])
  })

  test('that are in force where the policy says nothing', () => {
    const { autoRelockTime, wrongCodeEntryLimit, userCodeTemporaryDisableTime } = settings
    assert.deepEqual(doorSettingsOf(before), {
      doorName: before.doorName,
      timeZone: before.timeZone,
      autoRelockTime,
      wrongCodeEntryLimit,
      userCodeTemporaryDisableTime,
      quietHours: null,
      nightHours: [night],
      faceRule: 'notAloneAtNight',
      unlatchSeconds: 5,
      doorAjarSeconds: 0,
      matterChannel: 'closed',
      passageSchedules: [],
    })
  })

  test('each of them is seen to change', () => {
    const after: Record<DoorSetting, Partial<Policy>> = {
      doorName: { doorName: 'Gate' },
      timeZone: { timeZone: 'Asia/Tokyo' },
      autoRelockTime: { settings: { ...settings, autoRelockTime: 9 } },
      wrongCodeEntryLimit: { settings: { ...settings, wrongCodeEntryLimit: 9 } },
      userCodeTemporaryDisableTime: { settings: { ...settings, userCodeTemporaryDisableTime: 9 } },
      quietHours: { settings: { ...settings, quietHours } },
      nightHours: { settings: { ...settings, nightHours: [monday] } },
      faceRule: { settings: { ...settings, faceRule: 'alone' } },
      unlatchSeconds: { settings: { ...settings, unlatchSeconds: 9 } },
      doorAjarSeconds: { settings: { ...settings, doorAjarSeconds: 9 } },
      matterChannel: { matterChannel: 'lockOnly' },
      passageSchedules: { passageSchedules: [night] },
    }
    for (const setting of doorSettings) {
      const whole = doorSettingsOf({ ...before, ...after[setting] })
      assert.deepEqual(changedSettings(doorSettingsOf(before), whole), [setting])
    }
  })
})
