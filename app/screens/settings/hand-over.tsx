import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { Fold } from '#app/design/fold.tsx'
import { Notice, TroubleNotice } from '#app/design/notice.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import type { HandOverView, SettingsCallbacks } from '#app/state/model/session/settings-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface HandOverProps {
  readonly view: HandOverView
  readonly nowMs: number
  readonly on: SettingsCallbacks
}

/** How a lock changes hands: an owner sets it back here, everybody else reads what the button inside does. */
export function HandOverSheet({ view, nowMs, on }: HandOverProps) {
  const { t, f } = useWords()
  const words = t.settings.handOver
  const { phase, waitsUntilMs } = view
  const mayClose = phase === 'writing' || phase === 'done'
  if (phase === 'done') return <Done view={view} on={on} />
  return (
    <Sheet
      title={view.mayOrder ? words.title(view.doorName) : words.lostTitle}
      onClose={on.onCloseSheet}
      mayClose={mayClose}
    >
      {waitsUntilMs !== null && (
        <Notice tone="loud" icon="alarm" title={words.waits(f.moment(waitsUntilMs, nowMs))} />
      )}
      {view.mayOrder ? (
        <>
          <p>{words.meaning}</p>
          <Order view={view} on={on} />
          <Fold title={words.lostTitle} note={words.lostNote}>
            <Lost />
          </Fold>
        </>
      ) : (
        <Lost />
      )}
      <Button kind="plain" wide disabled={!mayClose} onClick={on.onCloseSheet}>
        {t.settings.close}
      </Button>
    </Sheet>
  )
}

/** Two things to do and one to write, and then the order. */
function Order({ view, on }: Pick<HandOverProps, 'view' | 'on'>) {
  const { t } = useWords()
  const words = t.settings.handOver
  const { phase, trouble } = view
  return (
    <Form onSubmit={on.onSetBack}>
      <Steps steps={words.steps} />
      <Field
        label={words.nameLabel(view.doorName)}
        value={view.name}
        autoComplete="off"
        onInput={on.onNameHandOver}
      />
      {trouble === 'noAnswer' && (
        <Notice tone="bad" icon="refused" title={words.unsure} note={words.unsureNote} urgent />
      )}
      {trouble !== null && trouble !== 'noAnswer' && (
        <TroubleNotice trouble={trouble} title={words.notDone} />
      )}
      <Button
        kind="danger-strong"
        icon="passkey"
        wide
        submit
        disabled={!view.isMeant}
        working={phase !== 'writing'}
      >
        {words.phases[phase]}
      </Button>
    </Form>
  )
}

/** What helps where no owner's key is left. */
function Lost() {
  const { t } = useWords()
  const words = t.settings.handOver
  return (
    <div class="stack">
      <p class="quiet">{words.lostFirst}</p>
      <Steps steps={words.lostSteps} />
    </div>
  )
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol class="numbered">
      {steps.map((each) => (
        <li key={each}>
          <div class="numbered-body">
            <p>{each}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Done({ view, on }: Pick<HandOverProps, 'view' | 'on'>) {
  const { t } = useWords()
  const words = t.settings.handOver
  return (
    <Sheet title={words.doneTitle(view.doorName)} onClose={on.onCloseSheet}>
      <Notice tone="good" icon="check" title={words.done} note={words.doneNote} />
      <Steps steps={words.next} />
      <Button wide onClick={on.onCloseSheet}>
        {t.settings.close}
      </Button>
    </Sheet>
  )
}
