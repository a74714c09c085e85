import { minutesPerDay, sameContent } from '@mortise/access'
import { limits } from '@mortise/protocol/limits'
import type { HolidaySchedule } from '@mortise/protocol/words'
import type { HolidayForm, HolidayProblem } from '#app/state/model/access/rules-view.ts'
import { wallTimeOf } from '#app/time/wall-time.ts'

/** The form as it opens: today, as the door counts days. */
export function holidayFormOf(nowMs: number, timeZone: string): HolidayForm {
  const today = wallTimeOf(nowMs, timeZone).slice(0, 10)
  return { name: '', first: today, last: today, mode: 'asUsual', tried: false }
}

export type JudgedHoliday =
  | { readonly holiday: HolidaySchedule; readonly problem: null }
  | { readonly holiday: null; readonly problem: HolidayProblem }

/** What the form means, or the first thing that is wrong with it. */
export function judgeHoliday(
  form: HolidayForm,
  holidays: readonly HolidaySchedule[],
): JudgedHoliday {
  const name = form.name.trim()
  if (name === '') return wrong('nameMissing')
  if (name.length > limits.nameCharactersMax) return wrong('nameTooLong')
  const [first, last] = [dayOf(form.first), dayOf(form.last)]
  if (first === null || last === null) return wrong('dayMissing')
  if (last < first) return wrong('lastBeforeFirst')
  const holiday: HolidaySchedule = {
    name,
    startLocalMinute: first * minutesPerDay,
    endLocalMinute: (last + 1) * minutesPerDay - 1,
    ...(form.mode === 'asUsual' ? {} : { operatingMode: form.mode }),
  }
  return holidays.some((one) => sameContent(one, holiday))
    ? wrong('twice')
    : { holiday, problem: null }
}

function wrong(problem: HolidayProblem): JudgedHoliday {
  return { holiday: null, problem }
}

const dayMs = 86_400_000

/** Days since 1970-01-01 of a date such as `2026-12-24`; `null` for what is no date, or before that. */
function dayOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const days = Date.parse(`${text}T00:00:00Z`) / dayMs
  return Number.isInteger(days) && days >= 0 ? days : null
}
