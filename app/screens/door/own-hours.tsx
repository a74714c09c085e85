import { Mark, Row } from '#app/design/list.tsx'
import type { DoorView } from '#app/state/model/door/door-view.ts'
import { ownHoursWords, ownMomentWords } from '#app/texts/own-hours-words.ts'
import { useWords } from '#app/texts/words-context.ts'

export interface OwnHoursProps {
  readonly hours: NonNullable<DoorView['ownHours']>
  readonly nowMs: number
}

/** When the door opens for this person next, and the hours that it follows. */
export function OwnHours({ hours: { access, moment }, nowMs }: OwnHoursProps) {
  const words = useWords()
  const zone = words.t.access.zoneNote(access.timeZone)
  return (
    <div class="door-last">
      <Row
        mark={<Mark icon="history" tone={moment.opens ? 'good' : 'warm'} />}
        title={ownMomentWords(moment, words, nowMs)}
        note={`${ownHoursWords(access, words, nowMs)} · ${zone}`}
      />
    </div>
  )
}
