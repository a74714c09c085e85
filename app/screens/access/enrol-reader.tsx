import './enrol-reader.css'
import type { ComponentChildren } from 'preact'
import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Notice } from '#app/design/notice.tsx'
import { iconOf } from '#app/screens/access/enrol-form.tsx'
import { EnrolTrouble } from '#app/screens/access/enrol-trouble.tsx'
import type { EnrolCallbacks, ReaderPhase, ReaderView } from '#app/state/model/access/enrol.ts'
import { useWords } from '#app/texts/words-context.ts'

interface EnrolReaderProps {
  readonly reader: ReaderView
  readonly on: EnrolCallbacks & { readonly onSign: () => void }
}

/** Somebody stands at the reader: how far it is by the lock's word, and what to do next. */
export function EnrolReader({ reader, on }: EnrolReaderProps) {
  const { t } = useWords()
  const { enrol } = t.access
  const { phase, away } = reader
  const isOpen = phase.kind === 'capturing' || phase.kind === 'enrolled'
  return (
    <>
      <ReaderDial reader={reader} />
      <PhaseWords reader={reader} />
      {away && isOpen && (
        <Notice tone="fog" icon="offline" title={enrol.away} note={enrol.awayNote} />
      )}
      {reader.trouble !== null && <EnrolTrouble trouble={reader.trouble} />}
      <ReaderActions reader={reader} on={on} />
    </>
  )
}

/** One place on the ring for each touch. */
function ReaderDial({ reader: { type, phase } }: { reader: ReaderView }) {
  const needed = phase.kind === 'capturing' ? phase.needed : 0
  const captured = phase.kind === 'capturing' ? phase.captured : 0
  const gap = needed > 1 ? 0.14 : 0
  return (
    <div class={`dial dial-${phase.kind}`} aria-hidden="true">
      <svg class="dial-ring" viewBox="0 0 160 160">
        {needed === 0 ? (
          <circle class="dial-track" cx="80" cy="80" r="72" />
        ) : (
          Array.from({ length: needed }, (_, index) => (
            <circle
              key={index}
              class={index < captured ? 'dial-part dial-part-done' : 'dial-part'}
              cx="80"
              cy="80"
              r="72"
              pathLength={needed}
              stroke-dasharray={`${1 - gap} ${needed - 1 + gap}`}
              stroke-dashoffset={-index - gap / 2}
            />
          ))
        )}
      </svg>
      <Icon name={phase.kind === 'enrolled' ? 'check' : iconOf(type)} />
    </div>
  )
}

/** Said aloud at every touch; the seconds that go by are not. */
function PhaseWords({ reader }: { reader: ReaderView }) {
  const { t, f } = useWords()
  const { enrol } = t.access
  const { phase, type, name } = reader
  switch (phase.kind) {
    case 'capturing': {
      const begun = phase.captured > 0
      return (
        <Words
          title={begun ? enrol.goOn[type] : enrol.invite[type]}
          note={begun ? '' : enrol.inviteNote[type](name)}
          left={enrol.left(clockLeft(phase.leftMs))}
        >
          {phase.needed > 0 && (
            <p class="dial-count">
              {enrol.count(f.number(phase.captured), f.number(phase.needed))}
            </p>
          )}
        </Words>
      )
    }
    case 'enrolled':
      return (
        <Words
          title={enrol.has}
          note={enrol.hasNote(reader.who)}
          left={reader.signing === 'no' ? enrol.hasLeft(clockLeft(phase.leftMs)) : ''}
        />
      )
    case 'failed':
      return <EnrolTrouble trouble={phase.reason} />
    case 'over':
      return <Words title={enrol.over} note={enrol.overNote} left="" />
    case 'unheard':
      return <Words title={enrol.unheard} note={enrol.unheardNote} left="" />
  }
}

function Words(props: { title: string; note: string; left: string; children?: ComponentChildren }) {
  return (
    <div class="dial-words">
      <div role="status">
        {props.children}
        <p class="dial-title">{props.title}</p>
        {props.note !== '' && <p class="quiet">{props.note}</p>}
      </div>
      {props.left !== '' && <p class="quiet small figures">{props.left}</p>}
    </div>
  )
}

function ReaderActions({ reader: { phase, signing }, on }: EnrolReaderProps) {
  const { t } = useWords()
  const { enrol } = t.access
  if (signing !== 'no') {
    return (
      <Button kind="primary" icon="passkey" wide working>
        {signing === 'proving' ? t.access.signing : t.access.waitingForLock}
      </Button>
    )
  }
  return (
    <div class="stack-tight">
      {phase.kind === 'enrolled' && (
        <Button kind="primary" icon="passkey" wide onClick={on.onSign}>
          {enrol.sign}
        </Button>
      )}
      {mayBeginAnew(phase) && (
        <Button kind="primary" icon="refresh" wide onClick={on.onEnrolAgain}>
          {enrol.again}
        </Button>
      )}
      <Button kind="plain" wide onClick={on.onEnrolStop}>
        {enrol.stop}
      </Button>
      {phase.kind === 'capturing' && <p class="field-hint dial-hint">{enrol.stopNote}</p>}
    </div>
  )
}

function mayBeginAnew({ kind }: ReaderPhase): boolean {
  return kind === 'failed' || kind === 'over'
}

/** "1:05", rounded up, so that zero means over. */
function clockLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
