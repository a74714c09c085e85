import type { CredentialRule, HolidayRule } from '@mortise/protocol/words'

/** What somebody may do at all, and from where. */
export const scopes = ['opens', 'locksOnly', 'remoteOnly', 'nothing'] as const
export type Scope = (typeof scopes)[number]

/** What holds for somebody beside when and how often they may come. */
export interface PersonRules {
  readonly scope: Scope
  /** How many kinds of their ways in it takes. */
  readonly credentialRule: CredentialRule
  readonly holidayRule: HolidayRule
  /** Only on days on which somebody of the household has opened. */
  readonly afterHousehold: boolean
  /** Hours without the hub's word after which they are refused; 0 is never, `null` as usual for their role. */
  readonly maxOfflineHours: number | null
}

/** What holds where nobody says anything else. */
export const usualRules: PersonRules = {
  scope: 'opens',
  credentialRule: 'single',
  holidayRule: 'asUsual',
  afterHousehold: false,
  maxOfflineHours: null,
}
