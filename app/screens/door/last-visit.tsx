import type { OperationSource } from '@mortise/protocol/words'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Mark, Row } from '#app/design/list.tsx'
import type { Visit } from '#app/state/model/door/door-view.ts'
import { useWords } from '#app/texts/words-context.ts'

const sourceIcons: Readonly<Record<OperationSource, IconName>> = {
  manual: 'hand',
  keypad: 'keypad',
  auto: 'automatic',
  remote: 'phone',
  button: 'button',
}

interface LastVisitProps {
  readonly visit: Visit | null
  readonly nowMs: number
  readonly onOpen: () => void
}

/** Who came last, one line that leads to the history. */
export function LastVisit({ visit, nowMs, onOpen }: LastVisitProps) {
  const { t, f } = useWords()
  const icon = visit?.source === null || visit === null ? 'history' : sourceIcons[visit.source]
  return (
    <div class="door-last">
      <Row
        mark={<Mark icon={icon} tone={visit?.verb === 'unlock' ? 'warm' : 'plain'} />}
        title={
          visit === null ? t.door.noVisit : t.door.lastVisit(visit.who, visit.verb, visit.source)
        }
        note={visit === null ? t.door.seeHistory : f.moment(visit.atMs, nowMs)}
        end={<Icon name="forward" small />}
        onClick={onOpen}
      />
    </div>
  )
}
