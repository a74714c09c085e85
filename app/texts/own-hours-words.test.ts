import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from '@mortise/access/testing'
import type { OwnAccess } from '@mortise/protocol/words'
import { createFormats } from '#app/texts/formats.ts'
import { textsFor } from '#app/texts/language.ts'
import { ownHoursWords, ownMomentWords } from '#app/texts/own-hours-words.ts'

const { texts: t, load } = textsFor(['en-GB'])
await load('access')
const words = { t, f: createFormats('en-GB', 'Europe/Berlin') }
/** Friday 2027-01-15, 09:00 in Berlin. */
const nowMs = Date.UTC(2027, 0, 15, 8)
const fridayMinute = Date.UTC(2027, 0, 15) / 60_000
const today = { startLocalMinute: fridayMinute, endLocalMinute: fridayMinute + 1439 }
const yesterday = { startLocalMinute: fridayMinute - 1440, endLocalMinute: fridayMinute - 1 }
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1019 }
const night = { daysMask: 127, startMinute: 1320, endMinute: 359 }

const plain: OwnAccess = {
  userId: idOf(1),
  userName: 'Olga',
  doorName: 'Front door',
  timeZone: 'Europe/Berlin',
  role: 'guest',
  verbs: ['lock', 'unlock'],
}

const spoken: readonly (readonly [Partial<OwnAccess>, string])[] = [
  [{ weekDaySchedules: [office] }, 'Mon–Fri 08:00 – 17:00'],
  [{ quietHours: [night] }, 'not Daily 22:00 – 06:00'],
  [{ yearDaySchedules: [today] }, 'Today 00:00 – tomorrow 00:00'],
  [
    { holidayRule: 'noAccess', holidays: [yesterday, today] },
    'not on Today 00:00 – tomorrow 00:00',
  ],
  [{ holidayRule: 'onlyThen' }, 'only on holidays'],
  [{ useLimit: 5, uses: 2 }, '3 left'],
  [{ useLimit: 1, uses: 2 }, '0 left'],
  [{ expiringUserTimeout: 120 }, '2 hours from the first use'],
  [{ expiringUserTimeout: 120, firstUseMs: nowMs }, 'until today 11:00'],
  [{ afterHousehold: true }, 'after somebody who lives here has been in that day'],
]
for (const [limits, expected] of spoken) {
  test(`own hours are told as: ${expected}`, () => {
    assert.equal(ownHoursWords({ ...plain, ...limits }, words, nowMs), expected)
  })
}

const laterMs = nowMs + 3_600_000
const moments = [
  [{ opens: true }, 'It opens for you now'],
  [{ opens: true, changesAtMs: laterMs }, 'It opens for you until today 10:00'],
  [{ opens: false, changesAtMs: laterMs }, 'It opens for you today 10:00'],
  [{ opens: false }, 'It does not open for you in the next two weeks'],
] as const
for (const [moment, expected] of moments) {
  test(`a moment is told as: ${expected}`, () => {
    assert.equal(ownMomentWords(moment, words, nowMs), expected)
  })
}
