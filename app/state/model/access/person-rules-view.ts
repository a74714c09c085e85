import type { CredentialRule, FaceRule, HolidayRule } from '@mortise/protocol/words'
import type { PersonRule, WayTrouble } from '#app/state/model/access/person-rules.ts'
import type { PersonRules, Scope } from '#app/state/model/access/usual-rules.ts'

/** One of a few, which may be more than this person may give. */
export interface RuleOption<Value> {
  readonly value: Value
  readonly allowed: boolean
}

/** The rules of a person as a form asks for them. */
export interface RulesFieldsView {
  /** Which are asked for; none is asked of people about themselves. */
  readonly asked: readonly PersonRule[]
  readonly rules: PersonRules
  readonly scopes: readonly RuleOption<Scope>[]
  readonly credentialRules: readonly RuleOption<CredentialRule>[]
  readonly holidayRules: readonly RuleOption<HolidayRule>[]
  readonly afterHousehold: readonly RuleOption<boolean>[]
  /** Hours; 0 is no limit. */
  readonly offlineHours: readonly RuleOption<number>[]
  /** What holds, by their role where nothing else is said. */
  readonly offlineNow: number
  readonly offlineUsual: number
  /** What would keep them out with the ways in that they have, or are given now. */
  readonly wayTrouble: WayTrouble | null
  /** What holds for faces, where it concerns them. */
  readonly faceRule: FaceRule | null
  /** Names of holidays that are not over. */
  readonly holidays: readonly string[]
}
