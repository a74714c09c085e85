import { Button } from '#app/design/button.tsx'
import { PaintChoices } from '#app/design/paint-choices.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import type { SettingsCallbacks, SettingsView } from '#app/state/settings-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** What asks once more before it happens, and the colour of a door. */
export function SettingsSheets({ view, on }: { view: SettingsView; on: SettingsCallbacks }) {
  const { t } = useWords()
  const { confirming, paintFor } = view
  if (paintFor !== null) {
    return (
      <Sheet title={paintFor.name} onClose={on.onCloseSheet}>
        <PaintChoices
          label={t.settings.paint}
          names={t.settings.paints}
          value={paintFor.paint}
          onChoose={(paint) => on.onPaint(paintFor.lockId, paint)}
        />
        <Button wide onClick={on.onCloseSheet}>
          {t.settings.close}
        </Button>
      </Sheet>
    )
  }
  if (confirming === null) return null
  if (confirming.kind === 'signOut') {
    return (
      <Confirm
        title={t.settings.signOutTitle}
        note={t.settings.signOutNote}
        word={t.settings.signOut}
        onConfirm={on.onSignOut}
        onClose={on.onCloseSheet}
      />
    )
  }
  const { session } = confirming
  return (
    <Confirm
      title={t.settings.endSessionTitle(session.name)}
      note={t.settings.endSessionNote}
      word={t.settings.endSession}
      onConfirm={() => on.onEndSession(session.id)}
      onClose={on.onCloseSheet}
    />
  )
}

interface ConfirmProps {
  readonly title: string
  readonly note: string
  readonly word: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

function Confirm(props: ConfirmProps) {
  const { t } = useWords()
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      <p class="quiet">{props.note}</p>
      <div class="sheet-actions">
        <Button kind="danger-strong" wide onClick={props.onConfirm}>
          {props.word}
        </Button>
        <Button kind="plain" wide onClick={props.onClose}>
          {t.settings.cancel}
        </Button>
      </div>
    </Sheet>
  )
}
