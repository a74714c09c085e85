import { lockoutSources } from '@mortise/protocol/words'
import type { LockoutSource } from '@mortise/protocol/words'
import { lockoutMs } from '#core/access/lockout.ts'
import { record } from '#core/journal/record.ts'
import type { WrongTries } from '#core/outputs.ts'
import type { CoreState, TryClock } from '#core/turn/state.ts'
import { lockedUntil } from '#core/turn/truth.ts'
import { act, cancelTimer, lockTimeAt, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * As long as the longest lockout: who waits for it guesses no faster than who does not, because it
 * takes back one lockout only. So people who mistype now and then lock nobody out in the end.
 */
export const forgivenessMs = 3_600_000

const noTries: WrongTries = { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 }
const noClock: TryClock = {}

/**
 * A try is made. It counts as wrong before anything is compared; a right one takes it back. The
 * write is durable before a comparison that has to be waited for can begin.
 */
export function countTry(turn: Turn, source: LockoutSource): void {
  const { wrongCodes, ...tries } = triesOf(turn, source)
  setTries(turn, source, { ...tries, wrongCodes: wrongCodes + 1 })
  setClock(turn, source, { comparing: true })
}

/**
 * The try that is under way was a wrong one, or never came to its end. Says whether there were too
 * many. What comes too late for its try says nothing: it would end the lockout that began meanwhile.
 */
export function tryWasWrong(turn: Turn, source: LockoutSource): boolean {
  if (!isTrying(turn, source)) return false
  awaitForgiveness(turn, source)
  return lockOutIfTooMany(turn, source)
}

/** It was no guess, and forgives none: what was counted for it alone is taken back. */
export function tryWasNoGuess(turn: Turn, source: LockoutSource): void {
  if (!isTrying(turn, source)) return
  const { wrongCodes, ...tries } = triesOf(turn, source)
  setTries(turn, source, { ...tries, wrongCodes: wrongCodes - 1 })
  awaitForgiveness(turn, source)
}

/** It was right, by somebody who shows thereby that those before it were no guesses. */
export function tryWasRight(turn: Turn, source: LockoutSource): void {
  if (turn.state.registers.tries[source] === undefined) return
  setTries(turn, source, noTries)
  awaitForgiveness(turn, source)
}

/**
 * Whether a try may be made. One that was begun here and never came to its end was a wrong one; so
 * nothing may be under way any more.
 */
export function mayTry(turn: Turn, source: LockoutSource): boolean {
  tryWasWrong(turn, source)
  return !isLockedOut(turn.state, source)
}

export function isLockedOut(state: Pick<CoreState, 'tryClocks'>, source: LockoutSource): boolean {
  return lockedUntil(state, source) !== undefined
}

/** At the beginning of every turn: ends lockouts that are over, and forgives after a quiet hour. */
export function tendLockouts(turn: Turn): void {
  for (const source of lockoutSources) {
    endIfOver(turn, source)
    forgiveIfQuiet(turn, source)
  }
}

/** At the end of every turn: one timer for all, at the first instant at which one of them ends. */
export function awaitLockouts(turn: Turn): void {
  const instants = lockoutSources.flatMap((source) => {
    const { lockedUntilMonotonicMs, forgivesAtMonotonicMs } = clockOf(turn.state, source)
    return lockedUntilMonotonicMs ?? forgivesAtMonotonicMs ?? []
  })
  const next = instants.length === 0 ? undefined : Math.min(...instants)
  if (next === turn.state.lockoutLookMonotonicMs) return
  update(turn, { lockoutLookMonotonicMs: next })
  if (next === undefined) cancelTimer(turn, 'lockouts')
  else setTimer(turn, 'lockouts', next)
}

/**
 * At boot: a lockout that was running when the power went starts again in full, so that neither
 * cutting the power nor setting the clock shortens it. Tries that reached the limit but not their
 * lockout are caught up with.
 */
export function resumeLockouts(turn: Turn): void {
  for (const source of lockoutSources) {
    const { lockedUntilMs, lockouts } = triesOf(turn, source)
    if (lockedUntilMs > 0) lockOut(turn, source, Math.max(1, lockouts))
    else if (!lockOutIfTooMany(turn, source)) awaitForgiveness(turn, source)
  }
}

/** Locks this way in, and nothing else. */
function lockOutIfTooMany(turn: Turn, source: LockoutSource): boolean {
  const settings = turn.state.policy?.view.policy.settings
  const { wrongCodes, lockouts } = triesOf(turn, source)
  if (settings === undefined || wrongCodes < settings.wrongCodeEntryLimit) return false
  lockOut(turn, source, lockouts + 1)
  const untilMs = triesOf(turn, source).lockedUntilMs
  record(turn, { type: 'keypadLockedOut', source, count: wrongCodes, untilMs })
  return true
}

function lockOut(turn: Turn, source: LockoutSource, lockouts: number): void {
  const settings = turn.state.policy?.view.policy.settings
  if (settings === undefined) return
  const remainingMs = lockoutMs(settings, lockouts)
  const lockedUntilMonotonicMs = turn.now.monotonicMs + remainingMs
  setClock(turn, source, { lockedUntilMonotonicMs })
  const lockedUntilMs = lockTimeAt(turn, lockedUntilMonotonicMs)
  setTries(turn, source, { wrongCodes: 0, lockouts, lockedUntilMs })
  // The keypad alone has a face; the others say it to whoever tries.
  if (source === 'keypad') act(turn, { type: 'signal', signal: { type: 'lockedOut', remainingMs } })
}

function endIfOver(turn: Turn, source: LockoutSource): void {
  const until = lockedUntil(turn.state, source)
  if (until === undefined || turn.now.monotonicMs < until) return
  setTries(turn, source, { ...triesOf(turn, source), lockedUntilMs: 0 })
  awaitForgiveness(turn, source)
  if (source === 'keypad') act(turn, { type: 'signal', signal: { type: 'ready' } })
}

/**
 * No try is under way any more: from now on a quiet hour counts, where it has anything to forgive.
 * A guess that is being compared is not forgiven: the hour begins anew when it ends.
 */
function awaitForgiveness(turn: Turn, source: LockoutSource): void {
  const { wrongCodes, lockouts } = triesOf(turn, source)
  const isClean = wrongCodes === 0 && lockouts === 0
  const forgivesAtMonotonicMs = turn.now.monotonicMs + forgivenessMs
  setClock(turn, source, isClean ? noClock : { forgivesAtMonotonicMs })
}

function forgiveIfQuiet(turn: Turn, source: LockoutSource): void {
  const { forgivesAtMonotonicMs } = clockOf(turn.state, source)
  if (forgivesAtMonotonicMs === undefined || turn.now.monotonicMs < forgivesAtMonotonicMs) return
  const lockouts = Math.max(0, triesOf(turn, source).lockouts - 1)
  setTries(turn, source, { ...noTries, lockouts })
  awaitForgiveness(turn, source)
}

function isTrying({ state }: Turn, source: LockoutSource): boolean {
  return clockOf(state, source).comparing === true
}

function triesOf({ state: { registers } }: Turn, source: LockoutSource): WrongTries {
  return registers.tries[source] ?? noTries
}

function setTries(turn: Turn, source: LockoutSource, tries: WrongTries): void {
  updateRegisters(turn, { tries: { ...turn.state.registers.tries, [source]: tries } })
}

function clockOf({ tryClocks }: Pick<CoreState, 'tryClocks'>, source: LockoutSource): TryClock {
  return tryClocks[source] ?? noClock
}

function setClock(turn: Turn, source: LockoutSource, clock: TryClock): void {
  update(turn, { tryClocks: { ...turn.state.tryClocks, [source]: clock } })
}
