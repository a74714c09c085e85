import type { AccessTime } from '#app/state/model/access-span.ts'
import type { PersonView } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** When somebody may come, and for the household who they are: one short line. */
export function PersonNote({ person, nowMs }: { person: PersonView; nowMs: number }) {
  const { t, f } = useWords()
  const kinds = [...new Set(person.credentials.map((each) => t.access.credentialTypes[each.type]))]
  const ways = kinds.length === 0 ? t.access.noWayIn : f.list(kinds)
  const { time } = person
  if (time.kind === 'always') return <>{`${t.access.roles[person.role]} · ${ways}`}</>
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

/** The whole window in words: "Today 14:00 – 15:00", or that there is none. */
export function TimeWords({ time, nowMs }: { time: AccessTime; nowMs: number }) {
  const { t, f } = useWords()
  return <>{time.kind === 'always' ? t.access.always : f.span(time.fromMs, time.untilMs, nowMs)}</>
}
