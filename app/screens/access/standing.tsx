import { IconButton } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import type { PolicyStanding } from '#app/state/model/access/access-view.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

interface StandingProps {
  readonly standing: PolicyStanding
  readonly nowMs: number
  readonly onReadAgain: () => void
}

/** Which version of the list the lock enforces, said by the lock, and whether another one is wanted. */
export function Standing({ standing, nowMs, onReadAgain }: StandingProps) {
  const words = useWords()
  const [title, note] = standingText(standing, nowMs, words)
  const waits = standing.kind === 'waiting' || standing.kind === 'reading'
  return (
    <div class={`standing standing-${standing.kind}`} role="status">
      {waits ? (
        <span class="turning" />
      ) : (
        <Icon name={standing.kind === 'inForce' ? 'seal' : 'offline'} />
      )}
      <div class="standing-text">
        <p class="standing-title">{title}</p>
        {note !== '' && <p class="quiet small">{note}</p>}
      </div>
      {!waits && (
        <IconButton icon="refresh" label={words.t.access.readAgain} onClick={onReadAgain} />
      )}
    </div>
  )
}

function standingText(
  standing: PolicyStanding,
  nowMs: number,
  { t, f }: Words,
): readonly [string, string] {
  switch (standing.kind) {
    case 'reading':
      return [t.access.reading, '']
    case 'inForce':
      return [
        t.access.inForce(f.number(standing.version)),
        nowMs - standing.confirmedAtMs < 2_000
          ? t.access.inForceNow
          : t.access.inForceNote(f.age(nowMs - standing.confirmedAtMs)),
      ]
    case 'waiting':
      return [
        t.access.waiting(f.number(standing.wantedVersion)),
        t.access.waitingNote(f.number(standing.version)),
      ]
    case 'old':
      return [
        t.access.old(f.number(standing.version)),
        t.access.oldNote(f.moment(standing.confirmedAtMs, nowMs)),
      ]
    case 'kept':
      return [
        standing.outdated
          ? t.access.keptOutdated(f.number(standing.version))
          : t.access.old(f.number(standing.version)),
        t.access.keptNote(f.age(Math.max(0, nowMs - standing.readAtMs))),
      ]
    case 'never':
      return [
        t.access.never,
        standing.trouble === null ? t.access.neverNote : t.troubleText(standing.trouble).title,
      ]
  }
}
