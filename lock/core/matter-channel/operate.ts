import { decide, effectiveMode, modeObjection } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import type { Reason, Verb } from '@mortise/protocol/words'
import { findPinTag } from '#core/access/pin-tags.ts'
import { operate } from '#core/bolt/operate.ts'
import type { Input } from '#core/inputs.ts'
import { recordRefusal } from '#core/journal/refusals.ts'
import { verbsOf } from '#core/matter/as-users.ts'
import { channelOf } from '#core/matter-channel/channel.ts'
import type { DoorCommand, UnlockWithTimeout } from '#core/matter/commands.ts'
import { credentialIds } from '#core/matter/database.ts'
import { answerMatter, beginMatterJob, isMatterBusy } from '#core/matter-channel/job.ts'
import { countTry, isLockedOut, mayTry, tryWasRight, tryWasWrong } from '#core/lockout/lockout.ts'
import { situationNow } from '#core/visits/situation.ts'
import type { Actor, MatterJob } from '#core/turn/state.ts'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type MatterInput = Extract<Input, { type: 'matter' }>

const verbs: Readonly<Record<(DoorCommand | UnlockWithTimeout)['type'], Verb>> = {
  lockDoor: 'lock',
  // The channel has no right to pull the latch, so UnlockDoor does what UnboltDoor does.
  unlockDoor: 'unlock',
  unboltDoor: 'unlock',
  unlockWithTimeout: 'unlock',
}

/**
 * A Matter controller wants the bolt moved. A PIN that comes along is always checked, whether or
 * not one is asked for: Matter 1.4.2 Application Clusters section 5.2.10.1.1.
 */
export function operateByMatter(
  turn: Turn,
  { requestId }: MatterInput,
  command: DoorCommand | UnlockWithTimeout,
): void {
  const verb = verbs[command.type]
  const timeoutSeconds = command.type === 'unlockWithTimeout' ? command.timeout : undefined
  const reason = channelObjection(turn, verb, command.pinCode !== undefined)
  if (reason !== undefined) return refuse(turn, requestId, verb, { source: 'matter' }, reason)
  if (command.pinCode === undefined) {
    operate(turn, verb, { source: 'matter', matterRequest: requestId }, timeoutSeconds)
    return
  }
  countTry(turn, 'matter')
  const pin = String.fromCharCode(...command.pinCode.subarray(0, pinBytesMax))
  const job = beginMatterJob(turn, { type: 'operate', requestId, verb, timeoutSeconds })
  act(turn, { type: 'hashPin', job, pin })
}

/** Longer than any code; what is cut off cannot be right. */
const pinBytesMax = 16

function channelObjection(turn: Turn, verb: Verb, hasPin: boolean): Reason | undefined {
  const channel = channelOf(turn.state)
  const policy = turn.state.policy?.view.policy
  if (policy === undefined || !verbsOf(channel).includes(verb)) return 'channelClosed'
  if (isLockedOut(turn.state, 'matter')) return 'keypadLockedOut'
  if (hasPin && isMatterBusy(turn)) return 'busy'
  if (hasPin && !mayTry(turn, 'matter')) return 'keypadLockedOut'
  if (!hasPin && channel === 'unlockWithPin') return 'anotherCredentialNeeded'
  return modeObjection(effectiveMode(policy, situationNow(turn)), 'agent', 'matter', verb)
}

/** The hash of the PIN is ready. Only codes of Matter's own users open through Matter. */
export function checkMatterPin(
  turn: Turn,
  { requestId, verb, timeoutSeconds }: Extract<MatterJob['work'], { type: 'operate' }>,
  tag: Uint8Array,
): void {
  const found = findPinTag(turn.state.pinTags, tag)
  const own = credentialIds(turn.state.matter).find((id) => found?.toHex() === id.toHex())
  const view = turn.state.policy?.view
  if (own === undefined) {
    tryWasWrong(turn, 'matter')
    return refuse(turn, requestId, verb, { source: 'matter' }, 'unknownCode')
  }
  tryWasRight(turn, 'matter')
  const request = { credentialId: own, action: verb, channel: 'matter' } as const
  const decision = decide(view, request, situationNow(turn))
  const { user, credential } = decision
  assertInvariant(user !== undefined && credential !== undefined, 'a Matter code is somebody’s')
  const actor: Actor = { source: 'matter', matterRequest: requestId, user, credential }
  if (decision.verdict !== 'allowed') refuse(turn, requestId, verb, actor, decision.reason)
  else operate(turn, verb, { ...actor, duress: decision.duress }, timeoutSeconds)
}

function refuse(turn: Turn, requestId: number, verb: Verb, actor: Actor, reason: Reason): void {
  recordRefusal(turn, actor, { verb, reason })
  answerMatter(turn, requestId, { status: 'failure' })
}
