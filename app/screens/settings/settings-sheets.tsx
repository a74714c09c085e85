import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { PaintChoices } from '#app/design/paint-choices.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import type {
  SettingsCallbacks,
  SettingsDoor,
  SettingsView,
} from '#app/state/model/session/settings-view.ts'
import { HandOverSheet } from '#app/screens/settings/hand-over.tsx'
import { batteryText } from '#app/texts/battery-words.ts'
import { useWords } from '#app/texts/words-context.ts'

/** What asks once more before it happens, and the colour of a door. */
export function SettingsSheets({ view, on }: { view: SettingsView; on: SettingsCallbacks }) {
  const { t } = useWords()
  const { confirming, door, handOver } = view
  if (handOver !== null) return <HandOverSheet view={handOver} nowMs={view.nowMs} on={on} />
  if (door !== null) return <DoorSheet door={door} on={on} />
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
      title={t.settings.endSessionTitle(t.settings.sessionKinds[session.kind])}
      note={t.settings.endSessionNote}
      word={t.settings.endSession}
      onConfirm={() => on.onEndSession(session.id)}
      onClose={on.onCloseSheet}
    />
  )
}

function DoorSheet({ door, on }: { door: SettingsDoor; on: SettingsCallbacks }) {
  const words = useWords()
  const { t } = words
  return (
    <Sheet title={door.name} onClose={on.onCloseSheet}>
      <PaintChoices
        label={t.settings.paint}
        names={t.settings.paints}
        value={door.paint}
        onChoose={(paint) => on.onPaint(door.lockId, paint)}
      />
      <div class="stack-tight">
        <h3 class="field-label">{t.settings.safetyCode}</h3>
        <p class="safety-code figures">{door.safetyCode}</p>
        <p class="field-hint">{t.settings.safetyCodeNote}</p>
      </div>
      <Notice
        tone={door.metBy === 'firstUse' ? 'warm' : 'good'}
        icon={door.metBy === 'firstUse' ? 'warning' : 'seal'}
        title={t.settings.metBy[door.metBy]}
      />
      {door.battery !== null && (
        <Notice
          tone="calm"
          icon="battery"
          title={batteryText(door.battery, words)}
          note={
            door.battery.daysLeft === null
              ? undefined
              : t.settings.batteryNotes[door.battery.confidence]
          }
        />
      )}
      {door.mayRead && (
        <Button icon="settings" wide onClick={() => on.onDoorRules(door.lockId)}>
          {t.settings.doorRules}
        </Button>
      )}
      {door.handOver !== null && (
        <Button icon="hand" wide onClick={() => on.onOpenHandOver(door.lockId)}>
          {door.handOver === 'order' ? t.settings.handOver.open : t.settings.handOver.lostTitle}
        </Button>
      )}
      <Button wide onClick={on.onCloseSheet}>
        {t.settings.close}
      </Button>
    </Sheet>
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
