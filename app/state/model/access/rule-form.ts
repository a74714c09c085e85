import { isTimeZone } from '@mortise/access'
import type { DoorSetting, DoorSettings } from '@mortise/access'
import { limits } from '@mortise/protocol/limits'
import { faceRules, matterChannels } from '@mortise/protocol/words'
import type { Role, WeekDaySchedule } from '@mortise/protocol/words'
import { judgeWeek, rowsOf, usualRow } from '#app/state/model/access/week.ts'
import type { RuleField, RuleForm, RuleProblem } from '#app/state/model/access/rules-view.ts'

/** Whom quiet hours can be for: never for owners. */
export const quietRoles: readonly Role[] = ['resident', 'guest', 'manager', 'agent']

export const ruleFields: Readonly<Record<DoorSetting, RuleField>> = {
  doorName: 'text',
  timeZone: 'zone',
  autoRelockTime: 'choice',
  passageSchedules: 'hours',
  doorAjarSeconds: 'choice',
  unlatchSeconds: 'choice',
  quietHours: 'hours',
  nightHours: 'hours',
  faceRule: 'choice',
  wrongCodeEntryLimit: 'choice',
  userCodeTemporaryDisableTime: 'choice',
  matterChannel: 'choice',
}

/** What a household would choose; the lock takes every number of its range. */
const usualNumbers = {
  autoRelockTime: [0, 15, 30, 60, 120, 300, 900],
  doorAjarSeconds: [0, 60, 180, 300, 600, 1800],
  unlatchSeconds: [1, 3, 5, 10, 30],
  wrongCodeEntryLimit: [3, 5, 10, 20],
  userCodeTemporaryDisableTime: [30, 60, 120, 240],
} as const satisfies Partial<Record<DoorSetting, readonly number[]>>

type NumberSetting = keyof typeof usualNumbers

function isNumber(setting: DoorSetting): setting is NumberSetting {
  return setting in usualNumbers
}

/** The words to choose from; what is in force is among them, whatever it is. */
export function ruleOptions(setting: DoorSetting, settings: DoorSettings): readonly string[] {
  if (setting === 'faceRule') return faceRules
  if (setting === 'matterChannel') return matterChannels
  if (!isNumber(setting)) return []
  const numbers = new Set<number>([...usualNumbers[setting], settings[setting]])
  return [...numbers].toSorted((one, other) => one - other).map(String)
}

/** The form as it opens: what is in force. */
export function ruleFormOf(setting: DoorSetting, settings: DoorSettings): RuleForm {
  const value = settings[setting]
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const hours = hoursOf(setting, settings)
  return {
    setting,
    text,
    on: hours.length > 0,
    week: hours.length > 0 ? rowsOf(hours) : [usualRow],
    roles: settings.quietHours?.roles ?? ['guest'],
    tried: false,
  }
}

function hoursOf(setting: DoorSetting, settings: DoorSettings): readonly WeekDaySchedule[] {
  if (setting === 'quietHours') return settings.quietHours?.schedules ?? []
  if (setting === 'passageSchedules') return settings.passageSchedules
  return setting === 'nightHours' ? settings.nightHours : []
}

export type JudgedRule =
  | { readonly changes: Partial<DoorSettings>; readonly problem: null }
  | { readonly changes: null; readonly problem: RuleProblem }

/** What the form means, or the first thing that is wrong with it. */
export function judgeRule(form: RuleForm): JudgedRule {
  const { setting } = form
  const text = form.text.trim()
  if (isNumber(setting)) return fine({ [setting]: Number(text) })
  switch (setting) {
    case 'doorName':
      return judgeName(text)
    case 'timeZone':
      return isTimeZone(text) ? fine({ timeZone: text }) : wrong('zoneUnknown')
    case 'faceRule':
      return fine({ faceRule: faceRules.find((rule) => rule === text) ?? 'neverAlone' })
    case 'matterChannel':
      return fine({ matterChannel: matterChannels.find((one) => one === text) ?? 'closed' })
    case 'quietHours':
    case 'nightHours':
    case 'passageSchedules':
      return judgeHours(setting, form)
  }
}

function judgeName(doorName: string): JudgedRule {
  if (doorName === '') return wrong('nameMissing')
  return doorName.length > limits.nameCharactersMax ? wrong('nameTooLong') : fine({ doorName })
}

function judgeHours(
  setting: 'quietHours' | 'nightHours' | 'passageSchedules',
  { on, week, roles }: RuleForm,
): JudgedRule {
  if (!on && setting === 'quietHours') return fine({ quietHours: null })
  if (!on && setting === 'passageSchedules') return fine({ passageSchedules: [] })
  const schedules = judgeWeek(week)
  if (typeof schedules === 'string') return wrong(schedules)
  if (setting !== 'quietHours') return fine({ [setting]: schedules })
  return roles.length === 0 ? wrong('rolesMissing') : fine({ quietHours: { schedules, roles } })
}

function fine(changes: Partial<DoorSettings>): JudgedRule {
  return { changes, problem: null }
}

function wrong(problem: RuleProblem): JudgedRule {
  return { changes: null, problem }
}
