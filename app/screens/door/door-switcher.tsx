import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Card, DoorMark, Row } from '#app/design/list.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import type { DoorCallbacks, DoorChoice } from '#app/state/model/door/door-view.ts'
import { useWords } from '#app/texts/words-context.ts'

export interface DoorSwitcherProps {
  readonly doors: readonly DoorChoice[]
  readonly on: Pick<DoorCallbacks, 'onChooseDoor' | 'onAddDoor'>
  readonly onClose: () => void
}

export function DoorSwitcher({ doors, on, onClose }: DoorSwitcherProps) {
  const { t } = useWords()
  return (
    <Sheet title={t.door.yourDoors} onClose={onClose}>
      <Card>
        {doors.map((door) => (
          <Row
            key={door.lockId}
            mark={<DoorMark paint={door.paint} />}
            title={door.name}
            end={door.here ? <Icon name="check" /> : undefined}
            onClick={() => {
              onClose()
              on.onChooseDoor(door.lockId)
            }}
          />
        ))}
      </Card>
      <Button icon="plus" wide onClick={on.onAddDoor}>
        {t.door.addDoor}
      </Button>
    </Sheet>
  )
}
