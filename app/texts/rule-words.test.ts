import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doorSettings } from '@mortise/access'
import type { DoorSetting, DoorSettings } from '@mortise/access'
import { createFormats } from '#app/texts/formats.ts'
import { textsFor } from '#app/texts/language.ts'
import { ruleValue } from '#app/texts/rule-words.ts'
import { plainSettings } from '#app/gallery/sample.ts'

const { texts: t, load } = textsFor(['en-GB'])
await load('access')
const f = createFormats('en-GB', 'Europe/Berlin')
const nights = [{ daysMask: 127, startMinute: 1320, endMinute: 359 }]

const spoken: readonly (readonly [DoorSetting, Partial<DoorSettings>, string])[] = [
  ['doorName', {}, 'Front door'],
  ['autoRelockTime', {}, 'Never'],
  ['autoRelockTime', { autoRelockTime: 90 }, 'After 1 minute 30 seconds'],
  ['autoRelockTime', { autoRelockTime: 3661 }, 'After 1 hour 1 minute 1 second'],
  ['doorAjarSeconds', { doorAjarSeconds: 86_400 }, 'After 24 hours'],
  ['passageSchedules', {}, 'None'],
  ['nightHours', {}, 'Daily 22:00 – 06:00'],
  [
    'quietHours',
    { quietHours: { schedules: nights, roles: ['guest', 'resident'] } },
    'Daily 22:00 – 06:00 for Guest and Resident',
  ],
  ['faceRule', {}, 'Not alone at night'],
  ['matterChannel', { matterChannel: 'lockOnly' }, 'Lock'],
  ['wrongCodeEntryLimit', {}, '5'],
]

for (const [setting, change, words] of spoken) {
  test(`${setting}: ${words}`, () => {
    assert.equal(ruleValue(setting, { ...plainSettings, ...change }, { t, f }), words)
  })
}

test('every rule has a title, a value and what it means', () => {
  for (const setting of doorSettings) {
    assert.ok(t.access.rules.titles[setting].length > 3, setting)
    assert.ok(t.access.rules.notes[setting].endsWith('.'), setting)
    assert.doesNotMatch(ruleValue(setting, plainSettings, { t, f }), /undefined|NaN|^$/, setting)
  }
})

test('days of a calendar are said as such, with hours only where they are not whole', () => {
  const minute = (text: string): number => Date.parse(`${text}Z`) / 60_000
  const days = f.days(minute('2025-12-24T00:00'), minute('2025-12-27T00:00') - 1)
  assert.match(days, /^24\s?–\s?26 Dec 2025$/)
  const part = f.days(minute('2025-12-24T18:00'), minute('2025-12-25T00:00') - 1)
  assert.match(part, /24 Dec 2025.*18:00.*25 Dec 2025.*00:00/)
})
