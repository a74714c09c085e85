import type { OperationSource } from '@mortise/protocol/words'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Mark, Row } from '#app/design/list.tsx'
import type { DoorView } from '#app/state/model/door/door-view.ts'
import { useWords } from '#app/texts/words-context.ts'

const sourceIcons: Readonly<Record<OperationSource, IconName>> = {
  manual: 'hand',
  keypad: 'keypad',
  auto: 'automatic',
  remote: 'phone',
  button: 'button',
  biometric: 'finger',
  rfid: 'passkey',
  matter: 'server',
  voice: 'server',
}

interface LastVisitProps {
  readonly visit: DoorView['lastVisit']
  readonly nowMs: number
  readonly onOpen: () => void
}

/** Who came last, one line that leads to the history. */
export function LastVisit({ visit, nowMs, onOpen }: LastVisitProps) {
  const { t, f } = useWords()
  if (typeof visit === 'string') {
    return (
      <div class="door-last">
        <Row
          mark={<Mark icon="history" />}
          title={t.door.noVisit[visit]}
          end={<Icon name="forward" small />}
          onClick={onOpen}
        />
      </div>
    )
  }
  return (
    <div class="door-last">
      <Row
        mark={
          <Mark icon={visit.source === null ? 'history' : sourceIcons[visit.source]} tone="warm" />
        }
        title={t.door.lastVisit(visit.who, visit.verb, visit.source)}
        note={f.moment(visit.atMs, nowMs)}
        end={<Icon name="forward" small />}
        onClick={onOpen}
      />
    </div>
  )
}
