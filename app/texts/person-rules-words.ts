import type { Role } from '@mortise/protocol/words'
import { offlineHours } from '#app/state/model/access/person-rules.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import type { Words } from '#app/texts/words-context.ts'

const hourMs = 3_600_000

/** What is not as usual about somebody's rules, each in short: "two ways in together". */
export function rulesWords(rules: PersonRules, { t, f }: Words): readonly string[] {
  const { inShort } = t.access.personRules
  const { scope, credentialRule, holidayRule, afterHousehold, maxOfflineHours: hours } = rules
  return [
    ...(scope === 'opens' ? [] : [inShort[scope]]),
    ...(credentialRule === 'single' ? [] : [inShort[credentialRule]]),
    ...(holidayRule === 'asUsual' ? [] : [inShort[holidayRule]]),
    ...(afterHousehold ? [inShort.afterHousehold] : []),
    ...(hours === null
      ? []
      : [hours === 0 ? inShort.offlineNever : inShort.offline(f.left(hours * hourMs))]),
  ]
}

/** A time without the hub to choose: "24 hours", or that there is no limit. */
export function offlineWords(hours: number, { t, f }: Words): string {
  return hours === 0 ? t.access.personRules.offlineNever : f.left(hours * hourMs)
}

/** How long somebody's access works without the hub; `null` where it is not bounded. */
export function offlineNote(rules: PersonRules, role: Role, words: Words): string | null {
  // Only guests are bounded as a rule; a limit that was set stands among the other words.
  const isUsual = role === 'guest' && rules.maxOfflineHours === null
  const opens = rules.scope === 'opens' || rules.scope === 'remoteOnly'
  if (!isUsual || !opens) return null
  return words.t.access.personRules.offlineLasts(words.f.left(offlineHours(rules, role) * hourMs))
}
