import type { DoorSetting, DoorSettings } from '@mortise/access'
import type { NamedFlaw } from '@mortise/keyholder'
import type { HolidaySchedule, OperatingMode, Role } from '@mortise/protocol/words'
import type { WeekProblem, WeekRow } from '#app/state/model/access/week.ts'

/** What holds for the door whoever comes, as the lock signed it. */
export interface RulesView {
  readonly settings: DoorSettings
  /** The first one first. */
  readonly holidays: readonly HolidaySchedule[]
  readonly mayChange: boolean
}

/** How a rule is asked for. */
export type RuleField = 'text' | 'zone' | 'choice' | 'hours'

export interface RuleForm {
  readonly setting: DoorSetting
  /** What is typed, or the word of the choice. */
  readonly text: string
  /** Of hours: whether there are any, which, and for whom. */
  readonly on: boolean
  readonly week: readonly WeekRow[]
  readonly roles: readonly Role[]
  /** Problems are shown only after the first try. */
  readonly tried: boolean
}

export type RuleFormChange = Partial<Pick<RuleForm, 'text' | 'on' | 'week' | 'roles'>>

export type RuleProblem =
  | 'nameMissing'
  | 'nameTooLong'
  | 'zoneUnknown'
  | 'rolesMissing'
  | WeekProblem

export interface RuleFormView extends RuleForm {
  readonly field: RuleField
  /** The words to choose from. */
  readonly options: readonly string[]
  /** For a form that offers this phone's own. */
  readonly phoneZone: string
  readonly problem: RuleProblem | null
  readonly flaw: NamedFlaw | null
}

export interface HolidayForm {
  readonly name: string
  /** As the browser's date fields write them; the last day is included. */
  readonly first: string
  readonly last: string
  readonly mode: OperatingMode | 'asUsual'
  readonly tried: boolean
}

export type HolidayFormChange = Partial<Omit<HolidayForm, 'tried'>>

export type HolidayProblem =
  | 'nameMissing'
  | 'nameTooLong'
  | 'dayMissing'
  | 'lastBeforeFirst'
  | 'twice'

export interface HolidayFormView extends HolidayForm {
  readonly problem: HolidayProblem | null
  readonly flaw: NamedFlaw | null
}

export type RulesSheet =
  | { readonly kind: 'rules'; readonly rules: RulesView }
  | { readonly kind: 'rule'; readonly form: RuleFormView }
  | { readonly kind: 'holidays'; readonly rules: RulesView }
  | { readonly kind: 'holiday'; readonly form: HolidayFormView }

export interface RulesCallbacks {
  readonly onOpenRules: () => void
  readonly onOpenRule: (setting: DoorSetting) => void
  readonly onRuleForm: (change: RuleFormChange) => void
  readonly onReviewRule: () => void
  readonly onOpenHolidays: () => void
  readonly onAddHoliday: () => void
  readonly onHolidayForm: (change: HolidayFormChange) => void
  readonly onReviewHoliday: () => void
  readonly onRemoveHoliday: (holiday: HolidaySchedule) => void
}
