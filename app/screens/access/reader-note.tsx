import { Icon } from '#app/design/icon.tsx'
import { Card, Mark, Row } from '#app/design/list.tsx'
import { iconOf } from '#app/screens/access/enrol-form.tsx'
import type { ReaderNote as Note, ReaderPhase } from '#app/state/model/access/enrol.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

/** What the reader at the door learns right now: ours leads back to it, somebody else's is only told. */
export function ReaderNote({ note, onResume }: { note: Note; onResume: () => void }) {
  const words = useWords()
  const { enrol } = words.t.access
  if (note.kind === 'theirs') {
    return (
      <Card>
        <Row
          mark={<Mark icon={iconOf(note.type)} tone="warm" />}
          title={enrol.theirs[note.type]}
          note={withCount(enrol.theirsNotes[note.phase.kind], note.phase, words)}
        />
      </Card>
    )
  }
  const { type, who, phase } = note.reader
  return (
    <Card>
      <Row
        mark={<Mark icon={iconOf(type)} tone={phase.kind === 'enrolled' ? 'good' : 'brass'} />}
        title={enrol.readerTitles[type](who)}
        note={withCount(enrol.oursNotes[phase.kind], phase, words)}
        end={<Icon name="forward" small />}
        onClick={onResume}
      />
    </Card>
  )
}

function withCount(text: string, phase: ReaderPhase, { t, f }: Words): string {
  if (phase.kind !== 'capturing' || phase.needed === 0) return text
  const count = t.access.enrol.count(f.number(phase.captured), f.number(phase.needed))
  return `${count} · ${text}`
}
