import type { Entry, Outcome, Reason, Verb } from '@mortise/protocol/words'
import { credentialHolder } from '#core/access/challenges.ts'
import { afterEvent, driveMsMax, objectionTo, targetOf } from '#core/bolt/actuation.ts'
import type { BoltTrouble, DriveEvent } from '#core/bolt/actuation.ts'
import { pullLatch } from '#core/bolt/latch.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { recordRefusal } from '#core/journal/refusals.ts'
import type { Registers } from '#core/outputs.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Actor, Drive } from '#core/turn/state.ts'
import { lockStateOf } from '#core/turn/truth.ts'
import { act, cancelTimer, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import { usePresented } from '#core/visits/presented.ts'
import { countVisit } from '#core/visits/usage.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * Carries out what was decided: the only way to a drive.
 * @param timeoutSeconds until the lock locks itself again, instead of what its settings say
 */
export function operate(turn: Turn, verb: Verb, actor: Actor, timeoutSeconds?: number): void {
  const reason = objectionTo(verb, turn.state)
  if (reason !== undefined) return refuseOperation(turn, verb, actor, reason)
  if (verb !== 'lock') letIn(turn, actor, timeoutSeconds)
  if (turn.state.bolt.position === targetOf(verb)) stay(turn, verb, actor)
  else startDrive(turn, { verb, actor, attempt: 1 })
  if (actor.duress === true) recordDuress(turn, actor)
}

/** An accepted opening is a person at the door: it is counted, and the time to close begins again. */
function letIn(turn: Turn, { user }: Actor, timeoutSeconds: number | undefined): void {
  update(turn, { autoRelock: { dueMonotonicMs: undefined, suspended: false, timeoutSeconds } })
  if (user === undefined) return
  countVisit(turn, user)
  usePresented(turn, user)
}

/**
 * Somebody was forced. Owners learn it from the journal; the state, which an attacker may be
 * watching on the victim's own phone, does not change.
 */
function recordDuress(turn: Turn, actor: Actor): void {
  record(turn, { type: 'alarmBegan', alarmCode: 'forcedUser', ...actorFields(actor) })
}

/** Writes down that somebody may not, or not at this moment, and tells them. */
export function refuseOperation(turn: Turn, verb: Verb, actor: Actor, reason: Reason): void {
  const sequence = recordRefusal(turn, actor, { verb, reason })
  tell(turn, verb, actor, 'refused', reason, sequence)
}

function stay(turn: Turn, verb: Verb, actor: Actor): void {
  const reason = 'alreadyThere'
  const sequence = record(turn, {
    type: 'operationResult',
    ...actorFields(actor),
    verb,
    outcome: 'done',
    reason,
    lockState: lockStateOf(turn.state),
  })
  if (verb === 'unlatch') pullLatch(turn, sequence)
  tell(turn, verb, actor, 'done', reason, sequence)
}

/** @param repeats the intent that this one tries again */
function startDrive(
  turn: Turn,
  { verb, actor, attempt }: Pick<Drive, 'verb' | 'actor' | 'attempt'>,
  repeats: Pick<Entry, 'intent'> = {},
): void {
  const intent = record(turn, {
    type: 'operationIntent',
    ...actorFields(actor),
    verb,
    ...repeats,
  })
  const deadlineMonotonicMs = turn.now.monotonicMs + driveMsMax
  const drive = { verb, intent, actor, attempt, deadlineMonotonicMs }
  update(turn, { bolt: { ...turn.state.bolt, drive, late: undefined } })
  updateRegisters(turn, { openIntent: { sequence: intent, verb } })
  act(turn, { type: 'drive', direction: verb === 'lock' ? 'extend' : 'retract', intent })
  setTimer(turn, 'drive', deadlineMonotonicMs)
}

/** Something happened to the drive that is under way, if there is one. */
export function driveMet(turn: Turn, event: DriveEvent): void {
  const { drive } = turn.state.bolt
  if (drive === undefined) return
  const conclusion = afterEvent(drive, event, turn.state)
  if (conclusion === undefined) return
  switch (conclusion.next) {
    case 'done':
      return succeed(turn, drive)
    case 'again':
      recordResult(turn, drive, 'failed', conclusion.reason)
      return startDrive(turn, { ...drive, attempt: drive.attempt + 1 }, { intent: drive.intent })
    case 'failed':
      return fail(turn, drive, conclusion.reason, conclusion.trouble)
  }
}

function succeed(turn: Turn, drive: Drive): void {
  const sequence = recordResult(turn, drive, 'done', 'granted')
  if (drive.verb === 'unlatch') pullLatch(turn, sequence)
  update(turn, { bolt: { ...turn.state.bolt, trouble: undefined }, motorLackedPower: false })
  tell(turn, drive.verb, drive.actor, 'done', 'granted', sequence)
}

function fail(turn: Turn, drive: Drive, reason: Reason, trouble: BoltTrouble | undefined): void {
  const sequence = recordResult(turn, drive, 'failed', reason)
  if (trouble !== undefined) update(turn, { bolt: { ...turn.state.bolt, trouble } })
  if (reason === 'powerTooLow') update(turn, { motorLackedPower: true })
  if (drive.actor.source === 'auto') {
    const { timeoutSeconds } = turn.state.autoRelock
    update(turn, { autoRelock: { dueMonotonicMs: undefined, suspended: true, timeoutSeconds } })
  }
  tell(turn, drive.verb, drive.actor, 'failed', reason, sequence)
}

/** The drive is over: writes how it ended. @returns the sequence of that entry */
function recordResult(turn: Turn, drive: Drive, outcome: Outcome, reason: Reason): number {
  const { verb, intent, actor } = drive
  update(turn, { bolt: { ...turn.state.bolt, drive: undefined } })
  closeIntent(turn)
  cancelTimer(turn, 'drive')
  return record(turn, {
    type: 'operationResult',
    ...actorFields(actor),
    verb,
    intent,
    outcome,
    reason,
    lockState: lockStateOf(turn.state),
  })
}

/** No intent waits for its result any more. */
export function closeIntent(turn: Turn): void {
  const { openIntent: _, ...registers }: Registers = turn.state.registers
  update(turn, { registers })
}

/** The motor's own time is over without a word from the sensor or from the actuator. */
export function driveDue(turn: Turn): void {
  const { drive } = turn.state.bolt
  if (drive === undefined) return
  if (turn.now.monotonicMs < drive.deadlineMonotonicMs) {
    setTimer(turn, 'drive', drive.deadlineMonotonicMs)
    return
  }
  const { verb, intent, actor } = drive
  driveMet(turn, 'timeOver')
  const untilMonotonicMs = turn.now.monotonicMs + lateMsMax
  update(turn, { bolt: { ...turn.state.bolt, late: { verb, intent, actor, untilMonotonicMs } } })
}

/** A motor that turns more slowly than any is still that motor, and no hand. */
const lateMsMax = 30_000

function tell(
  turn: Turn,
  verb: Verb,
  actor: Actor,
  outcome: Outcome,
  reason: Reason,
  sequence: number,
): void {
  const { source, credential, answer, matterRequest } = actor
  if (matterRequest !== undefined) {
    const status = outcome === 'done' ? 'success' : 'failure'
    act(turn, { type: 'matterResult', requestId: matterRequest, answer: { status } })
  }
  if (answer !== undefined && credential !== undefined) {
    sendReceipt(turn, answer, { outcome, reason, sequence }, holderIfPresent(turn, credential.id))
  }
  if (source === 'keypad' || source === 'biometric') signalOutcome(turn, verb, outcome, reason)
}

/** A credential that was removed while the bolt was moving gets no further challenge. */
function holderIfPresent(turn: Turn, credentialId: Uint8Array) {
  const holder = credentialHolder(credentialId)
  const present = turn.state.policy?.view.holders.has(holder.slice('credential:'.length))
  return present === true ? holder : undefined
}

function signalOutcome(turn: Turn, verb: Verb, outcome: Outcome, why: Reason): void {
  if (outcome === 'done') act(turn, { type: 'signal', signal: { type: 'granted', verb } })
  else {
    const isPlain = why === 'doorOpen' || why === 'powerTooLow'
    const reason = isPlain ? why : outcome === 'failed' ? 'doorTrouble' : 'notNow'
    act(turn, { type: 'signal', signal: { type: 'refused', reason } })
  }
}
