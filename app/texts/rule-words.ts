import type { DoorSetting, DoorSettings } from '@mortise/access'
import type { WeekDaySchedule } from '@mortise/protocol/words'
import { weekWords } from '#app/texts/terms-words.ts'
import type { Words } from '#app/texts/words-context.ts'

/** What a rule is set to, in short: "After 30 seconds". */
export function ruleValue(setting: DoorSetting, settings: DoorSettings, words: Words): string {
  const { rules } = words.t.access
  switch (setting) {
    case 'doorName':
    case 'timeZone':
      return settings[setting]
    case 'passageSchedules':
    case 'nightHours':
      return hoursWords(settings[setting], words)
    case 'quietHours': {
      const { quietHours } = settings
      if (quietHours === null) return rules.none
      const roles = words.f.list(quietHours.roles.map((role) => words.t.access.roles[role]))
      return rules.forRoles(hoursWords(quietHours.schedules, words), roles)
    }
    case 'autoRelockTime':
    case 'doorAjarSeconds': {
      const length = choiceWords(setting, String(settings[setting]), words)
      return settings[setting] === 0 ? length : rules.after(length)
    }
    case 'unlatchSeconds':
    case 'faceRule':
    case 'wrongCodeEntryLimit':
    case 'userCodeTemporaryDisableTime':
    case 'matterChannel':
      return choiceWords(setting, String(settings[setting]), words)
  }
}

/** One of the words that a rule can be set to. */
export function choiceWords(setting: DoorSetting, choice: string, { t, f }: Words): string {
  const { rules } = t.access
  if (setting === 'faceRule') return rules.faces[choice] ?? choice
  if (setting === 'matterChannel') return rules.matter[choice] ?? choice
  if (setting === 'wrongCodeEntryLimit') return f.number(Number(choice))
  return choice === '0' ? rules.never : lengthWords(Number(choice), f)
}

function hoursWords(schedules: readonly WeekDaySchedule[], words: Words): string {
  return schedules.length === 0 ? words.t.access.rules.none : weekWords(schedules, words)
}

/** Exactly, unlike an age: "1 minute 30 seconds". */
function lengthWords(seconds: number, f: Words['f']): string {
  const parts = [seconds - (seconds % 3600), (seconds % 3600) - (seconds % 60), seconds % 60]
  return parts
    .filter((part) => part > 0)
    .map((part) => f.left(part * 1000))
    .join(' ')
}
