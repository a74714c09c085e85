import type { PersonView } from '#app/state/model/access/access-view.ts'
import { credentialKind } from '#app/state/model/access/change-lines.ts'
import type { PersonTerms, VisitTerms } from '#app/state/model/access/visit-terms.ts'
import { noTerms, sameTerms } from '#app/state/model/access/visit-terms.ts'
import { termsWords } from '#app/texts/terms-words.ts'
import { useWords } from '#app/texts/words-context.ts'

/** When somebody may come, and for the household who they are: one short line. */
export function PersonNote({ person, nowMs }: { person: PersonView; nowMs: number }) {
  const words = useWords()
  const { t, f } = words
  const kinds = new Set(person.credentials.map(({ type }) => credentialKind(person.role, type)))
  const names = [...kinds].map((kind) => t.access.credentialTypes[kind])
  const ways = names.length === 0 ? t.access.noWayIn : f.list(names)
  const { time } = person
  if (time.kind === 'always') {
    const limits = isLimited(person.terms) ? termsWords(person.terms, words, nowMs) : undefined
    return <>{`${t.access.roles[person.role]} · ${limits ?? ways}`}</>
  }
  const until = f.moment(time.untilMs, nowMs)
  if (time.phase === 'ended') return <>{t.access.ended(until)}</>
  return (
    <>
      {time.phase === 'current'
        ? t.access.current(until)
        : t.access.upcoming(f.moment(time.fromMs, nowMs))}
    </>
  )
}

/** When and how often, in words: "Today 14:00 – 15:00 · once", or that there is no limit. */
export function TermsWords({ terms, nowMs }: { terms: VisitTerms | PersonTerms; nowMs: number }) {
  return <>{termsWords(terms, useWords(), nowMs)}</>
}

function isLimited(terms: PersonTerms): boolean {
  return terms.more || !sameTerms({ ...terms, window: null }, noTerms)
}
