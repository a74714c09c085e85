import { assertInvariant } from '@mortise/protocol/errors'
import { findPinTag } from '#core/access/pin-tags.ts'
import type { Input, JobId } from '#core/inputs.ts'
import { countRefusal } from '#core/journal/refusals.ts'
import { channelOf } from '#core/matter-channel/channel.ts'
import { countNewCodes } from '#core/lockout/new-codes.ts'
import type {
  DoorCommand,
  ManagementCommand,
  MatterCommand,
  SetCredential,
  UnlockWithTimeout,
} from '#core/matter/commands.ts'
import {
  pinOf,
  placeCredential,
  refusedCredential,
  setCredentialFault,
} from '#core/matter/credentials.ts'
import { credentialAt } from '#core/matter/database.ts'
import { tryWasWrong } from '#core/lockout/lockout.ts'
import { installMatter } from '#core/matter-channel/install.ts'
import { answerMatter, beginMatterJob, isMatterBusy } from '#core/matter-channel/job.ts'
import { manage } from '#core/matter/manage.ts'
import { checkMatterPin, operateByMatter } from '#core/matter-channel/operate.ts'
import type { Sender } from '#core/matter/outcome.ts'
import type { MatterJob } from '#core/turn/state.ts'
import { act, momentNow, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type MatterInput = Extract<Input, { type: 'matter' }>

/**
 * A command of a Matter controller. The adapter has checked what Matter asks for (privilege, timed
 * invoke); whether the owners have opened the channel is looked at here, each time.
 */
export function receiveMatter(turn: Turn, input: MatterInput): void {
  const { command, requestId, fabricIndex } = input
  if (channelOf(turn.state) === 'closed') {
    countRefusal(turn, 'channelClosed')
    answerMatter(turn, requestId, { status: 'failure' })
    return
  }
  if (isDoorCommand(command)) operateByMatter(turn, input, command)
  else if (command.type === 'setCredential') setCredential(turn, command, input)
  else manageByMatter(turn, command, requestId, senderOf(turn, fabricIndex, input.random))
}

function isDoorCommand(command: MatterCommand): command is DoorCommand | UnlockWithTimeout {
  const { type } = command
  return (
    type === 'lockDoor' ||
    type === 'unlockDoor' ||
    type === 'unboltDoor' ||
    type === 'unlockWithTimeout'
  )
}

function senderOf(turn: Turn, fabricIndex: number, random: Uint8Array): Sender {
  return { fabricIndex, nowMs: momentNow(turn).ms, random }
}

function manageByMatter(
  turn: Turn,
  command: Exclude<ManagementCommand, SetCredential>,
  requestId: number,
  by: Sender,
): void {
  const outcome = manage(turn.state.matter, command, by)
  installMatter(turn, outcome, by.fabricIndex)
  answerMatter(turn, requestId, outcome.answer)
}

function setCredential(turn: Turn, command: SetCredential, input: MatterInput): void {
  const { requestId, fabricIndex, random } = input
  const by = senderOf(turn, fabricIndex, random)
  const pin = pinOf(command.credentialData)
  const fault = setCredentialFault(turn.state.matter, command, by)
  const status = fault ?? (mayHash(turn) ? undefined : 'failure')
  if (status !== undefined) {
    answerMatter(turn, requestId, refusedCredential(turn.state.matter, command, status))
    return
  }
  assertInvariant(pin !== undefined, 'a code without fault has its digits')
  const job = beginMatterJob(turn, { type: 'setCredential', requestId, command, by })
  act(turn, { type: 'hashPin', job, pin })
}

/** Whether a new code may be looked at now: one at a time, and not more than the pace allows. */
function mayHash(turn: Turn): boolean {
  if (isMatterBusy(turn)) return false
  const reason = countNewCodes(turn, 1)
  if (reason !== undefined) countRefusal(turn, reason)
  return reason === undefined
}

/** The hash that a Matter command waited for may be ready. */
export function matterPinHashed(turn: Turn, job: JobId, tag: Uint8Array): void {
  const { matterJob } = turn.state
  if (matterJob?.job !== job) return
  update(turn, { matterJob: undefined })
  if (turn.now.monotonicMs >= matterJob.deadlineMonotonicMs) giveUp(turn, matterJob.work)
  else if (matterJob.work.type === 'setCredential') {
    concludeCredential(turn, matterJob.work, tag)
  } else checkMatterPin(turn, matterJob.work, tag)
}

/** The hash that failed may be one of this channel; what waited for it is answered. */
export function matterHashFailed(turn: Turn, job: JobId): void {
  const { matterJob } = turn.state
  if (matterJob?.job !== job) return
  update(turn, { matterJob: undefined })
  giveUp(turn, matterJob.work)
}

function giveUp(turn: Turn, work: MatterJob['work']): void {
  if (work.type === 'operate') tryWasWrong(turn, 'matter')
  answerMatter(turn, work.requestId, { status: 'failure' })
}

/** What was fit a second ago may not be any more, so everything is looked at again. */
function concludeCredential(
  turn: Turn,
  { command, by, requestId }: Extract<MatterJob['work'], { type: 'setCredential' }>,
  tag: Uint8Array,
): void {
  const { matter, pinTags } = turn.state
  const isTaken = findPinTag(pinTags, tag) !== undefined
  const fault =
    channelOf(turn.state) === 'closed'
      ? 'failure'
      : (setCredentialFault(matter, command, by) ?? (isTaken ? 'duplicate' : undefined))
  if (fault !== undefined) {
    if (isTaken) countRefusal(turn, 'pinTaken')
    answerMatter(turn, requestId, refusedCredential(matter, command, fault))
    return
  }
  const outcome = placeCredential(matter, command, by)
  const placed = credentialAt(outcome.database, 'pin', command.credential.credentialIndex)
  assertInvariant(placed !== undefined, 'a credential that was placed is there')
  installMatter(turn, outcome, by.fabricIndex, [{ credentialId: placed.credential.id, tag }])
  answerMatter(turn, requestId, outcome.answer)
}
