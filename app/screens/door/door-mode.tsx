import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import { modeIcons } from '#app/design/mode-icons.ts'
import { Notice } from '#app/design/notice.tsx'
import type { DoorMode } from '#app/state/model/mode/mode-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** The mode in one word; for whoever may change it, the way to do so. */
export function ModeButton({ mode, onOpen }: { mode: DoorMode; onOpen: () => void }) {
  const { t } = useWords()
  if (!mode.mayChange) return null
  const name = t.door.modes[mode.mode]
  return (
    <button
      type="button"
      class={classNames('mode-button', mode.mode !== 'normal' && 'mode-button-set')}
      aria-haspopup="dialog"
      aria-label={t.door.modeLabel(name)}
      onClick={onOpen}
    >
      <Icon name={modeIcons[mode.mode]} small />
      {name}
    </button>
  )
}

/** A mode that is not the normal one changes who comes in: it is said, with its end. */
export function ModeNotice({ mode, nowMs }: { mode: DoorMode; nowMs: number }) {
  const { t, f } = useWords()
  const until = mode.untilMs === null ? null : f.moment(mode.untilMs, nowMs)
  return (
    <Notice
      tone="calm"
      icon={modeIcons[mode.mode]}
      title={t.door.modeTitle(t.door.modes[mode.mode], until)}
      note={t.door.modeNotes[mode.mode]}
    />
  )
}
