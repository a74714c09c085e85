import { pick } from '@mortise/access/testing'
import type { HolidaySchedule, PolicySettings, Role } from '@mortise/protocol/words'

const dayMs = 86_400_000
const everyDay = 127

/** Under which rules a simulated house begins. */
export const firstSettings: PolicySettings = {
  autoRelockTime: 60,
  wrongCodeEntryLimit: 5,
  userCodeTemporaryDisableTime: 30,
  doorAjarSeconds: 120,
  quietHours: {
    schedules: [{ daysMask: everyDay, startMinute: 23 * 60, endMinute: 5 * 60 - 1 }],
    roles: ['agent'],
  },
}

/** A long weekend every two months, some of them with a mode of their own. */
export function firstHolidays(nowMs: number, timeZone: string): readonly HolidaySchedule[] {
  return [20, 80, 140, 200, 260, 320].map((days, number) => {
    const start = Temporal.Instant.fromEpochMilliseconds(nowMs + days * dayMs)
    const { year, month, day } = start.toZonedDateTimeISO(timeZone)
    const startLocalMinute = Date.UTC(year, month - 1, day) / 60_000
    const span = { startLocalMinute, endLocalMinute: startLocalMinute + 4 * 1_440 - 1 }
    const holiday = { name: `holiday ${number}`, ...span }
    if (number % 3 === 1) return { ...holiday, operatingMode: 'vacation' }
    return number % 3 === 2 ? { ...holiday, operatingMode: 'passage' } : holiday
  })
}

/** Other settings, as somebody might choose them. */
export function drawSettings(chance: () => number): Partial<PolicySettings> {
  const roles = pick<readonly Role[]>(chance, [['agent'], ['guest'], ['guest', 'resident']])
  const hours = { daysMask: everyDay, startMinute: 22 * 60 + 30, endMinute: 6 * 60 - 1 }
  return pick<Partial<PolicySettings>>(chance, [
    { autoRelockTime: pick(chance, [0, 30, 60, 120, 300]) },
    { doorAjarSeconds: pick(chance, [0, 60, 600]) },
    { faceRule: pick(chance, ['alone', 'notAloneAtNight', 'notAloneAtNight', 'neverAlone']) },
    { nightHours: [{ ...hours, startMinute: pick(chance, [18, 20, 23]) * 60 }] },
    { quietHours: { roles, schedules: [hours] } },
    { wrongCodeEntryLimit: pick(chance, [3, 5, 8]) },
  ])
}
