import './mode.css'
import { Button } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import { Choices } from '#app/design/field.tsx'
import { Icon } from '#app/design/icon.tsx'
import { TroubleNotice } from '#app/design/notice.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import { modeIcons } from '#app/design/mode-icons.ts'
import { lastings } from '#app/state/model/mode/mode-lasting.ts'
import type { ModeCallbacks, ModeChoice, ModeView } from '#app/state/model/mode/mode-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** Which mode the door is in, what each would mean, and for how long. */
export function ModeSheet({ view, on }: { view: ModeView; on: ModeCallbacks }) {
  const { t, f } = useWords()
  const choosing = view.phase === 'choosing'
  const isNew = view.chosen !== view.now.mode
  return (
    <Sheet title={t.mode.title(view.doorName)} onClose={on.onClose} mayClose={choosing}>
      <fieldset class="modes" disabled={!choosing}>
        <legend class="unseen">{t.mode.choose}</legend>
        {view.choices.map((choice) => (
          <ModeRow
            key={choice.mode}
            choice={choice}
            view={view}
            onChoose={() => on.onChoose(choice.mode)}
          />
        ))}
      </fieldset>
      {isNew && view.chosen !== 'normal' && (
        <div class="stack-tight">
          <Choices
            label={t.mode.howLong}
            value={view.lasting}
            options={lastings.map((value) => ({ value, label: t.mode.lastings[value] }))}
            onChoose={on.onLasting}
          />
          {view.endMs !== null && (
            <p class="window-line">
              <Icon name="history" small />
              {t.mode.until(f.moment(view.endMs, view.nowMs))}
            </p>
          )}
          {view.zoneDiffers && <p class="field-hint">{t.mode.zoneNote(view.timeZone)}</p>}
        </div>
      )}
      {isNew && (
        <div class="mode-action stack-tight">
          {view.trouble !== null && (
            <TroubleNotice trouble={view.trouble} title={t.mode.notChanged} />
          )}
          <Button kind="primary" icon="passkey" wide working={!choosing} onClick={on.onSet}>
            {view.phase === 'choosing'
              ? t.mode.set(t.door.modes[view.chosen])
              : t.mode.phases[view.phase]}
          </Button>
        </div>
      )}
    </Sheet>
  )
}

interface ModeRowProps {
  readonly choice: ModeChoice
  readonly view: ModeView
  readonly onChoose: () => void
}

/** A radio button with its meaning; one that this person may not choose says so. */
function ModeRow({ choice: { mode, may }, view, onChoose }: ModeRowProps) {
  const { t } = useWords()
  const short = may ? t.door.modeNotes[mode] : t.mode.notYours
  const note = view.chosen === mode ? t.mode.meanings[mode] : short
  return (
    <label class={classNames('mode-row', !may && 'mode-row-closed')}>
      <input
        class="choice-input"
        type="radio"
        name="mode"
        checked={view.chosen === mode}
        disabled={!may}
        onChange={onChoose}
      />
      <span class="mode-face">
        <Icon name={modeIcons[mode]} />
        <span class="mode-text">
          <span class="mode-name">
            {t.door.modes[mode]}
            {view.now.mode === mode && <span class="tag tag-here">{t.mode.now}</span>}
          </span>
          <span class="mode-note">{note}</span>
        </span>
      </span>
    </label>
  )
}
