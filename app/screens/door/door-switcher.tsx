import { useState } from 'preact/hooks'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
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

/** As many as fit on a small phone without a search. */
const searchedFrom = 8

export function DoorSwitcher({ doors, on, onClose }: DoorSwitcherProps) {
  const { t } = useWords()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const found = doors.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  return (
    <Sheet title={t.door.yourDoors} onClose={onClose}>
      {doors.length >= searchedFrom && (
        <Field label={t.door.searchDoor} value={search} onInput={setSearch} />
      )}
      {found.length === 0 && <p class="quiet">{t.door.noSuchDoor}</p>}
      <Card>
        {found.map((door) => (
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
