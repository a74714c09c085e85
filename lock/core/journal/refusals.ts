import { toHex } from '@mortise/protocol/wire'
import type { Entry, Reason } from '@mortise/protocol/words'
import { actorFields, record } from '#core/journal/record.ts'
import type { Actor } from '#core/turn/state.ts'
import { setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * The first of a flood is seen at once; the rest makes one entry per window. Each window is twice as
 * long as the one before, up to the last length, so that a flood which never ends makes 24 entries a
 * day; one of that length in which nothing comes ends the row.
 */
export const refusalWindowMs = 60_000
export const refusalWindowMsMax = 3_600_000

/** Nobody taps in vain more often in an hour; a program that does would fill the disk. */
const personWindowMs = 3_600_000
const nobody = ''
export const refusalsPerPersonMax = 20

/**
 * Writes down a refusal of somebody who proved who they are. Beyond a few in an hour theirs are
 * counted like those of nobody.
 * @returns the sequence of its entry; 0 when it was only counted
 */
export function recordRefusal(
  turn: Turn,
  actor: Actor,
  fields: Pick<Entry, 'verb' | 'attempt'> & { readonly reason: Reason },
): number {
  countCredential(turn, actor, fields.reason)
  if (countPerson(turn, actor) > refusalsPerPersonMax) {
    countRefusal(turn, fields.reason)
    return 0
  }
  return record(turn, { type: 'refused', ...actorFields(actor), ...fields, outcome: 'refused' })
}

/** Nobody holds the wrong tag or phone to a door ten times in ten minutes by mistake. */
const credentialRefusalsMax = 10
const credentialRefusalWindowMs = 600_000

/** What the door or the moment has against it says nothing about who holds the credential. */
const innocent: readonly Reason[] = ['busy', 'doorOpen', 'powerTooLow', 'notFitted']

/** Counts a refusal of a credential that is known. */
export function countCredential(turn: Turn, { user, credential }: Actor, reason: Reason): void {
  if (user === undefined || credential === undefined || innocent.includes(reason)) return
  const { monotonicMs } = turn.now
  const before = turn.state.credentialRefusals
  const goesOn = monotonicMs < before.untilMonotonicMs
  const counts = new Map(goesOn ? before.counts : [])
  const id = toHex(credential.id)
  const count = (counts.get(id) ?? 0) + 1
  counts.set(id, count)
  const names = {
    userId: user.id,
    userName: user.name,
    credentialId: credential.id,
    credentialType: credential.type,
  }
  const isSuspect = count >= credentialRefusalsMax || before.suspect?.id === id
  update(turn, {
    credentialRefusals: {
      untilMonotonicMs: goesOn ? before.untilMonotonicMs : monotonicMs + credentialRefusalWindowMs,
      counts,
      suspect: isSuspect ? { id, names, lastMonotonicMs: monotonicMs } : before.suspect,
    },
  })
}

/** @returns how many of theirs there were in this hour, this one included */
function countPerson(turn: Turn, { user }: Actor): number {
  const { monotonicMs } = turn.now
  const before = turn.state.personRefusals
  const goesOn = before !== undefined && monotonicMs < before.untilMonotonicMs
  const untilMonotonicMs = goesOn ? before.untilMonotonicMs : monotonicMs + personWindowMs
  const counts = new Map(goesOn ? before.counts : [])
  const person = user === undefined ? nobody : toHex(user.id)
  const count = (counts.get(person) ?? 0) + 1
  counts.set(person, count)
  update(turn, { personRefusals: { untilMonotonicMs, counts } })
  return count
}

/** Forgets the counts of those who are gone; whoever is nobody stays counted. */
export function forgetRefusals(
  turn: Turn,
  users: ReadonlyMap<string, unknown>,
  holders: ReadonlyMap<string, unknown>,
): void {
  const { credentialRefusals, personRefusals } = turn.state
  const kept = (counts: ReadonlyMap<string, number>, there: ReadonlyMap<string, unknown>) =>
    new Map([...counts].filter(([id]) => id === nobody || there.has(id)))
  update(turn, {
    credentialRefusals: {
      ...credentialRefusals,
      counts: kept(credentialRefusals.counts, holders),
    },
    personRefusals: personRefusals && {
      ...personRefusals,
      counts: kept(personRefusals.counts, users),
    },
  })
}

/** Counts a message that was refused before it could be attributed to anybody. */
export function countRefusal(turn: Turn, reason: Reason): void {
  const window = turn.state.refusals
  if (window === undefined) {
    writeCount(turn, 1, reason)
    openWindow(turn, refusalWindowMs)
    return
  }
  const shared = window.count === 0 || window.reason === reason ? reason : undefined
  update(turn, { refusals: { ...window, count: window.count + 1, reason: shared } })
}

/** The window is over. */
export function refusalsDue(turn: Turn): void {
  const window = turn.state.refusals
  if (window === undefined) return
  if (turn.now.monotonicMs < window.untilMonotonicMs) {
    setTimer(turn, 'messagesRefused', window.untilMonotonicMs)
    return
  }
  const { count, reason, lengthMs } = window
  if (count > 0) writeCount(turn, count, reason)
  if (count === 0 && lengthMs === refusalWindowMsMax) update(turn, { refusals: undefined })
  else openWindow(turn, Math.min(2 * lengthMs, refusalWindowMsMax))
}

function writeCount(turn: Turn, count: number, reason: Reason | undefined): void {
  record(turn, {
    type: 'messagesRefused',
    attempt: 'message',
    outcome: 'refused',
    count,
    ...(reason === undefined ? {} : { reason }),
  })
}

function openWindow(turn: Turn, lengthMs: number): void {
  const untilMonotonicMs = turn.now.monotonicMs + lengthMs
  update(turn, { refusals: { lengthMs, untilMonotonicMs, count: 0, reason: undefined } })
  setTimer(turn, 'messagesRefused', untilMonotonicMs)
}
