import { toHex } from '@mortise/protocol/wire'
import type { Enrolment } from '@mortise/protocol/words'
import type {
  AccessStep,
  EnrolWish,
  PeopleReading,
  ReviewState,
} from '#app/state/model/access/access-state.ts'
import type { AccessSheet } from '#app/state/model/access/access-view.ts'
import type { ReaderNote, ReaderPhase, ReaderView } from '#app/state/model/access/enrol.ts'
import { judgeEnrol } from '#app/state/model/access/enrol-form.ts'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import { linkOf } from '#app/state/select/select-door.ts'

/** The form, for somebody of the list. */
export function enrolFormSheet(
  { form, userId }: Extract<AccessStep, { readonly kind: 'enrol' }>,
  reading: PeopleReading,
  state: AppState,
): AccessSheet | null {
  const person = reading.people.find(({ id }) => id === userId)
  const door = doorHere(state)
  if (person === undefined || door === null) return null
  const { tried, ...fields } = form
  return {
    kind: 'enrol',
    form: {
      ...fields,
      who: person.name,
      doorName: door.name,
      problem: tried ? judgeEnrol(form, person.credentials.length) : null,
      mayDuress: form.type === 'fingerprint' && person.role !== 'guest',
      readerTaken: readerNote(state)?.kind === 'theirs',
    },
  }
}

/** What stands at the reader, from its beginning to the signature on the list; `null` for other reviews. */
export function readerOf(review: ReviewState, state: AppState): ReaderView | null {
  const { wish, step: now } = review
  const door = doorHere(state)
  if (wish.kind !== 'enrol' || wish.credentialId === null || door === null) return null
  if (now.kind === 'conflict' || now.kind === 'ready') return null
  const away = linkOf(state, door) !== 'up' || door.trouble !== null
  return {
    ...plainReader(wish, door),
    phase: phaseOf(door, state.nowMs, wish.credentialId),
    signing: now.kind === 'proving' || now.kind === 'waiting' ? now.kind : 'no',
    away,
    trouble: now.kind === 'refused' ? now.trouble : null,
  }
}

/** What there is to say once it is in force. */
export function enrolledSheet(wish: EnrolWish, state: AppState): AccessSheet | null {
  const door = doorHere(state)
  if (door === null) return null
  const rest = { phase: { kind: 'over' }, signing: 'no', away: false, trouble: null } as const
  return { kind: 'enrolled', reader: { ...plainReader(wish, door), ...rest }, userId: wish.userId }
}

function plainReader(
  { who, type, name, duress }: EnrolWish,
  door: Door,
): Pick<ReaderView, 'who' | 'type' | 'name' | 'duress' | 'doorName'> {
  return { who, type, name, duress, doorName: door.name }
}

/** What the reader learns while no sheet is about it: ours that was laid aside, or somebody else's. */
export function readerNote(state: AppState): ReaderNote | null {
  const { aside, step: now } = state.access
  const ours = aside === null ? null : readerOf(aside, state)
  if (ours !== null) return { kind: 'ours', reader: ours }
  const door = doorHere(state)
  const enrolment = door?.sighting?.state.enrolment
  if (door === null || enrolment === undefined) return null
  const isOurs =
    now.kind === 'review' &&
    now.wish.kind === 'enrol' &&
    now.wish.credentialId === toHex(enrolment.credentialId)
  const phase = phaseOf(door, state.nowMs)
  const isLive = phase.kind === 'capturing' || phase.kind === 'enrolled'
  return isOurs || !isLive ? null : { kind: 'theirs', type: enrolment.credentialType, phase }
}

/** @param credentialId of the one that is meant; without it, whatever is learned. */
function phaseOf({ sighting }: Door, nowMs: number, credentialId?: string): ReaderPhase {
  const enrolment = sighting?.state.enrolment
  if (sighting === null || enrolment === undefined) return { kind: 'over' }
  const isMeant = credentialId === undefined || toHex(enrolment.credentialId) === credentialId
  if (!isMeant) return { kind: 'over' }
  // The lock's clock as it was when it spoke, carried on by the phone's.
  const lockMs = sighting.state.timeMs + Math.max(0, nowMs - sighting.confirmedAtMs)
  return phaseAt(enrolment, enrolment.untilMs - lockMs)
}

function phaseAt({ stage, captured, needed, reason }: Enrolment, leftMs: number): ReaderPhase {
  if (stage === 'failed') return { kind: 'failed', reason: reason ?? 'captureFailed' }
  if (leftMs <= 0) return { kind: 'unheard' }
  return stage === 'enrolled'
    ? { kind: 'enrolled', leftMs }
    : { kind: 'capturing', captured, needed, leftMs }
}
