import { limits } from '@mortise/protocol/limits'
import type { Delegation } from '@mortise/protocol/words'

/** What an owner types about what a manager may give; empty fields are no limit. */
export interface DelegationFields {
  readonly limited: boolean
  readonly guestsMax: string
  readonly stayDaysMax: string
}

export type DelegationProblem = 'guestsMaxMissing' | 'stayMaxMissing'

const hoursPerDay = 24
const usual = { guestsMax: '5', stayDaysMax: '14' }

/** The fields as they open. */
export function delegationFields(delegation: Delegation | null): DelegationFields {
  if (delegation === null) return { limited: false, ...usual }
  const { guestsMax, stayHoursMax } = delegation
  const stayDaysMax = String(stayHoursMax / hoursPerDay)
  return { limited: true, guestsMax: String(guestsMax), stayDaysMax }
}

export type JudgedDelegation =
  | { readonly delegation: Delegation | null; readonly problem: null }
  | { readonly problem: DelegationProblem }

/** What the fields mean, or the first thing that is wrong with them. */
export function judgeDelegation(fields: DelegationFields): JudgedDelegation {
  if (!fields.limited) return { delegation: null, problem: null }
  const guestsMax = wholeNumber(fields.guestsMax)
  if (guestsMax === null || guestsMax > limits.usersMax) return { problem: 'guestsMaxMissing' }
  const stayHoursMax = Number(fields.stayDaysMax.trim() || 'none') * hoursPerDay
  const isStay = Number.isInteger(stayHoursMax) && stayHoursMax > 0
  if (!isStay || stayHoursMax > limits.stayHoursMax) return { problem: 'stayMaxMissing' }
  return { delegation: { guestsMax, stayHoursMax }, problem: null }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null
}
