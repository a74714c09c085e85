import { Mark, Row } from '#app/design/list.tsx'
import type { AccessTime } from '#app/state/model/access-span.ts'
import { useWords } from '#app/texts/words-context.ts'

/** A guest's own time at this door, in the door's hours; nothing about anybody else. */
export function OwnTime({ time, nowMs }: { time: AccessTime; nowMs: number }) {
  const { t, f } = useWords()
  const words = t.door.ownTime
  if (time.kind === 'always') {
    return (
      <div class="door-last">
        <Row mark={<Mark icon="history" />} title={words.always} />
      </div>
    )
  }
  return (
    <div class="door-last">
      <Row
        mark={<Mark icon="history" tone={time.phase === 'current' ? 'good' : 'warm'} />}
        title={words[time.phase]}
        note={f.span(time.fromMs, time.untilMs, nowMs)}
      />
    </div>
  )
}
