import { credentialsWanted, guestOfflineHours } from '@mortise/access'
import type { CredentialType, FaceRule, Role, Verb } from '@mortise/protocol/words'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
import type { PersonRules, Scope } from '#app/state/model/access/usual-rules.ts'

export type PersonRule = keyof PersonRules

const everyRule: readonly PersonRule[] = [
  'scope',
  'credentialRule',
  'holidayRule',
  'afterHousehold',
  'maxOfflineHours',
]

/** Owners are kept out by no hours and no silence of the hub, or nobody could mend the list. */
export function rulesFor(role: Role): readonly PersonRule[] {
  return role === 'owner' ? ['credentialRule'] : everyRule
}

/** Rules that differ from what is usual, in the order in which people read them. */
export function unusualRules(rules: PersonRules): readonly PersonRule[] {
  return everyRule.filter((rule) => rules[rule] !== usualRules[rule])
}

/** What is in force where nothing is said; 0 is no limit. */
export function usualOfflineHours(role: Role): number {
  return role === 'guest' ? guestOfflineHours : 0
}

export function offlineHours({ maxOfflineHours }: PersonRules, role: Role): number {
  return maxOfflineHours ?? usualOfflineHours(role)
}

const offlineChoices = [2, 24, 72, 168, 0]

/** The hours to choose from; what is in force is among them. No limit comes last. */
export function offlineOptions(rules: PersonRules, role: Role): readonly number[] {
  const hours = new Set([...offlineChoices, offlineHours(rules, role)])
  return [...hours].toSorted((one, other) => (one || Infinity) - (other || Infinity))
}

/** The verbs of a scope; one that allows opening leaves out nothing that was there. */
export function verbsOf(scope: Scope, before: readonly Verb[]): readonly Verb[] {
  if (scope === 'nothing') return []
  if (scope === 'locksOnly') return ['lock']
  return before.some((verb) => verb !== 'lock') ? before : ['lock', 'unlock']
}

/** Why a door would open for somebody with none of their ways in. */
export type WayTrouble =
  | { readonly kind: 'tooFew'; readonly have: number; readonly wanted: number }
  /** A face that never suffices alone is all they have. */
  | { readonly kind: 'faceAlone' }
  /** Whoever only opens from afar needs a phone. */
  | { readonly kind: 'noPhone' }

/** A tag opens nothing yet (docs/decisions/0051). */
function opens(type: CredentialType): boolean {
  return type !== 'rfid'
}

/**
 * What keeps somebody out who has ways in, whatever the hour; `null` when nothing does. Two of one
 * kind count once, as the lock counts them.
 */
export function wayTrouble(
  types: readonly CredentialType[],
  { scope, credentialRule }: Pick<PersonRules, 'scope' | 'credentialRule'>,
  faceRule: FaceRule,
): WayTrouble | null {
  const kinds = [...new Set(types.filter(opens))]
  if (kinds.length === 0 || scope === 'locksOnly' || scope === 'nothing') return null
  const signs = kinds.some((kind) => kind === 'passkey' || kind === 'deviceKey')
  if (scope === 'remoteOnly' && !signs) return { kind: 'noPhone' }
  const wanted = credentialsWanted[credentialRule]
  if (kinds.length < wanted) return { kind: 'tooFew', have: kinds.length, wanted }
  const onlyFace = kinds.every((kind) => kind === 'face')
  return onlyFace && faceRule === 'neverAlone' ? { kind: 'faceAlone' } : null
}
