import { assertInvariant } from '@mortise/protocol/errors'
import type { Outcome, Reason, Verb } from '@mortise/protocol/words'
import { credentialHolder } from '#core/access/challenges.ts'
import { beginAlarm, endAlarm } from '#core/alarm/alarms.ts'
import { canMove } from '#core/battery/strength.ts'
import type { BoltPosition } from '#core/inputs.ts'
import { pullLatch } from '#core/bolt/latch.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { recordRefusal } from '#core/journal/refusals.ts'
import type { Registers } from '#core/outputs.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Actor } from '#core/turn/state.ts'
import { lockStateOf } from '#core/turn/truth.ts'
import { act, cancelTimer, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import { usePresented } from '#core/visits/presented.ts'
import { countVisit } from '#core/visits/usage.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Longer than any motor takes: the actuator reports its own stall before. */
export const driveMsMax = 10_000

/** Where the bolt is when a verb is done. */
export function targetOf(verb: Verb): BoltPosition {
  return verb === 'lock' ? 'extended' : 'retracted'
}

/**
 * Carries out what was decided: the only way to a drive.
 * @param timeoutSeconds until the lock locks itself again, instead of what its settings say
 */
export function operate(turn: Turn, verb: Verb, actor: Actor, timeoutSeconds?: number): void {
  const reason = objectionOfDoor(turn, verb)
  if (reason !== undefined) return refuseOperation(turn, verb, actor, reason)
  if (verb !== 'lock') letIn(turn, actor, timeoutSeconds)
  if (turn.state.bolt.position === targetOf(verb)) stay(turn, verb, actor)
  else startDrive(turn, verb, actor)
  if (actor.duress === true) recordDuress(turn, actor)
}

/** What the door itself has against it, whoever asks. */
function objectionOfDoor({ state }: Turn, verb: Verb): Reason | undefined {
  if (state.bolt.drive !== undefined) return 'busy'
  if (verb === 'unlatch' && state.latchPulled === undefined) return 'notFitted'
  // A bolt that is thrown into the air keeps the door from closing and locks nothing.
  const isThrown = state.bolt.position === 'extended'
  if (verb === 'lock' && state.leaf === 'open' && !isThrown) return 'doorOpen'
  const stays = state.bolt.position === targetOf(verb)
  return stays || canMove(state.power, verb) ? undefined : 'powerTooLow'
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

function startDrive(turn: Turn, verb: Verb, actor: Actor): void {
  const intent = record(turn, { type: 'operationIntent', ...actorFields(actor), verb })
  const deadlineMonotonicMs = turn.now.monotonicMs + driveMsMax
  const drive = { verb, intent, actor, deadlineMonotonicMs }
  update(turn, { bolt: { ...turn.state.bolt, drive, late: undefined } })
  updateRegisters(turn, { openIntent: { sequence: intent, verb } })
  act(turn, { type: 'drive', direction: verb === 'lock' ? 'extend' : 'retract', intent })
  setTimer(turn, 'drive', deadlineMonotonicMs)
}

/** The drive under way has ended: writes its result and tells whoever waits. */
export function concludeDrive(turn: Turn, outcome: Outcome, reason: Reason): void {
  const { drive } = turn.state.bolt
  assertInvariant(drive !== undefined, 'only a drive that is under way can end')
  const { verb, intent, actor } = drive
  update(turn, { bolt: { ...turn.state.bolt, drive: undefined } })
  closeIntent(turn)
  cancelTimer(turn, 'drive')
  const sequence = record(turn, {
    type: 'operationResult',
    ...actorFields(actor),
    verb,
    intent,
    outcome,
    reason,
    lockState: lockStateOf(turn.state),
  })
  if (outcome === 'done' && verb === 'unlatch') pullLatch(turn, sequence)
  if (outcome === 'done') endAlarm(turn, 'lockJammed')
  else beginAlarm(turn, 'lockJammed')
  if (outcome !== 'done' && actor.source === 'auto') {
    const { timeoutSeconds } = turn.state.autoRelock
    update(turn, { autoRelock: { dueMonotonicMs: undefined, suspended: true, timeoutSeconds } })
  }
  tell(turn, verb, actor, outcome, reason, sequence)
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
  concludeDrive(turn, 'failed', 'boltNotConfirmed')
  const untilMonotonicMs = turn.now.monotonicMs + lateMsMax
  update(turn, { bolt: { ...turn.state.bolt, late: { verb, intent, actor, untilMonotonicMs } } })
}

/** A motor that turns more slowly than any is still that motor, and no hand. */
export const lateMsMax = 30_000

const stallReasons = {
  blocked: 'jammed',
  noConfirmation: 'boltNotConfirmed',
  noPower: 'powerTooLow',
} as const

/** The actuator gave up. */
export function driveStalled(turn: Turn, why: 'blocked' | 'noConfirmation' | 'noPower'): void {
  if (turn.state.bolt.drive === undefined) return
  concludeDrive(turn, 'failed', stallReasons[why])
}

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
