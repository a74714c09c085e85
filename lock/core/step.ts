import { unreachable } from '@mortise/protocol/errors'
import { tendAlarms } from '#core/alarm/alarms.ts'
import { powerMeasured, tendPower } from '#core/alarm/power.ts'
import { autoRelockDue, tendAutoRelock } from '#core/bolt/auto-relock.ts'
import { boltMoved, latchMoved, leafMoved } from '#core/bolt/movement.ts'
import { driveDue, driveMet } from '#core/bolt/operate.ts'
import type { Input, JobId, Now, TimerName } from '#core/inputs.ts'
import { insideButtonPressed, insidePresenceDue, setupWindowDue } from '#core/inside/button.ts'
import { countRefusal, refusalsDue } from '#core/journal/refusals.ts'
import { storageDue, storageRead } from '#core/storage/prune.ts'
import { biometricShown } from '#core/doorstep/biometric.ts'
import { enrolmentDue, enrolmentTold } from '#core/enrolment/enrolment.ts'
import { codeHashed, codeHashFailed } from '#core/keypad/check.ts'
import { keyPressed, keypadIdle } from '#core/keypad/keys.ts'
import { awaitLockouts, tendLockouts } from '#core/lockout/lockout.ts'
import { forgetMatterFabric } from '#core/matter-channel/install.ts'
import { matterHashFailed, matterPinHashed, receiveMatter } from '#core/matter-channel/receive.ts'
import { tendPassage } from '#core/bolt/passage.ts'
import { operatingModeDue, tendOperatingMode } from '#core/mode/operating-mode.ts'
import { answerAsk } from '#core/requests/ask.ts'
import { changeHashFailed, pinsHashed } from '#core/requests/pending-change.ts'
import { receiveSigned } from '#core/requests/signed.ts'
import { spokenHashFailed, spokenPinHashed } from '#core/requests/spoken.ts'
import { insideButtonReleased, insideHoldDue } from '#core/reset/gesture.ts'
import { factoryResetDue, tendFactoryReset } from '#core/reset/wait.ts'
import { timeFloorDue } from '#core/clock/time-floor.ts'
import { finishTurn } from '#core/turn/finish.ts'
import type { StepResult } from '#core/turn/finish.ts'
import type { Context, CoreState } from '#core/turn/state.ts'
import { newestPolicyTold } from '#core/visits/lease.ts'
import { beginTurn, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * One input, one turn: the only way in after `boot`. Pure and total: the same arguments give the
 * same result, and no input throws.
 * @param now not before the `now` of the step before
 * @returns the next state, what must be durable first, and what is then done in this order
 * @throws MortiseError `invariant` (bug) when a promise would be broken; nothing may then be written
 */
export function step(context: Context, state: CoreState, now: Now, input: Input): StepResult {
  const turn = beginTurn(context, state, now)
  tendLockouts(turn)
  dispatch(turn, input)
  tendFactoryReset(turn)
  tendOperatingMode(turn)
  tendPassage(turn)
  tendAutoRelock(turn)
  awaitLockouts(turn)
  tendAlarms(turn)
  return finishTurn(turn)
}

function dispatch(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'ask':
      return answerAsk(turn, input)
    case 'signed':
      return receiveSigned(turn, input)
    case 'unreadable':
    case 'linkRefused':
      return countRefusal(turn, input.reason)
    case 'key':
      return keyPressed(turn, input.key)
    case 'pinHashed':
      return pinHashed(turn, input)
    case 'pinsHashed':
      return pinsHashed(turn, input.job, input.tags)
    case 'hashFailed':
      return hashFailed(turn, input.job)
    case 'biometric':
      return biometricShown(turn, input)
    case 'enrolment':
      return enrolmentTold(turn, input)
    case 'newestPolicy':
      return newestPolicyTold(turn, input.version)
    case 'matter':
      return receiveMatter(turn, input)
    case 'matterFabricRemoved':
      return forgetMatterFabric(turn, input.fabricIndex)
    case 'boltMoved':
      return boltMoved(turn, input.position)
    case 'driveStalled':
      return driveMet(turn, input.reason)
    case 'latchMoved':
      return latchMoved(turn, input.pulled)
    case 'leafMoved':
      return leafMoved(turn, input.position)
    case 'insideButton':
      return insideButtonPressed(turn, input.random)
    case 'insideButtonReleased':
      return insideButtonReleased(turn)
    case 'tamper':
      return update(turn, { escutcheonRemoved: input.removed })
    case 'power':
      return powerMeasured(turn, input)
    case 'storage':
      return storageRead(turn, input)
    case 'link':
      return linkChanged(turn, input.up)
    case 'timer':
      return timerDue(turn, input.name)
    default:
      return unreachable(input)
  }
}

/** A job belongs to one of them; the others do not know it. */
function pinHashed(turn: Turn, { job, tag }: Extract<Input, { type: 'pinHashed' }>): void {
  matterPinHashed(turn, job, tag)
  spokenPinHashed(turn, job, tag)
  codeHashed(turn, job, tag)
}

function hashFailed(turn: Turn, job: JobId): void {
  matterHashFailed(turn, job)
  spokenHashFailed(turn, job)
  codeHashFailed(turn, job)
  changeHashFailed(turn, job)
}

function linkChanged(turn: Turn, up: boolean): void {
  if (turn.state.link?.up === up) return
  update(turn, { link: { up, sinceMonotonicMs: turn.now.monotonicMs } })
}

/** Timers may come early, late or twice: each handler looks at its own deadline. */
function timerDue(turn: Turn, name: TimerName): void {
  switch (name) {
    case 'keypadIdle':
      return keypadIdle(turn)
    case 'setupWindow':
      return setupWindowDue(turn)
    case 'insidePresence':
      return insidePresenceDue(turn)
    case 'insideHold':
      return insideHoldDue(turn)
    case 'factoryReset':
      return factoryResetDue(turn)
    case 'drive':
      return driveDue(turn)
    case 'autoRelock':
      return autoRelockDue(turn)
    // Every turn looks at hours and alarms. What was waited for is waited for anew, if it is not there.
    case 'passage':
      return update(turn, { passageLookAwaited: false })
    case 'alarms':
      return update(turn, { alarmLookMonotonicMs: undefined })
    case 'lockouts':
      return update(turn, { lockoutLookMonotonicMs: undefined })
    case 'operatingMode':
      return operatingModeDue(turn)
    case 'messagesRefused':
      return refusalsDue(turn)
    case 'timeFloor':
      timeFloorDue(turn)
      return tendPower(turn)
    case 'storage':
      return storageDue(turn)
    case 'enrolment':
      return enrolmentDue(turn)
    default:
      return unreachable(name)
  }
}
