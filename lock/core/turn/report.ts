import type { PolicyReport } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import type { Now } from '#core/inputs.ts'
import { instantMsMax, momentOf, observeTime } from '#core/time/lock-time.ts'
import type { CoreState } from '#core/turn/state.ts'
import { alarmsOf, doorStateOf, lockedUntil, lockStateOf } from '#core/turn/truth.ts'

const noPolicyHash = new Uint8Array(32)

/**
 * What the lock says of itself, ready to be signed. Two states of one boot with the same counter
 * differ in nothing but their time, its certainty and the nonce.
 * @param nonce the asker's, for an answer
 */
export function currentState(state: CoreState, now: Now, nonce?: Uint8Array): State {
  const time = observeTime(state.time, now)
  const { ms, certain } = momentOf(time)
  const at = (monotonicMs: number): number =>
    Math.min(Math.floor(time.lockMs + Math.max(0, monotonicMs - now.monotonicMs)), instantMsMax)
  const keypadUntil = lockedUntil(state, 'keypad')
  const relockDue = state.autoRelock.dueMonotonicMs
  return {
    v: 1,
    lockId: state.lockId,
    boot: state.registers.boots,
    counter: state.counter,
    timeMs: ms,
    timeCertain: certain,
    claimed: state.policy !== undefined,
    policyVersion: state.policy?.view.policy.version ?? 0,
    policyHash: state.policy?.hash ?? noPolicyHash,
    sequence: state.chain.sequence,
    lockState: lockStateOf(state),
    doorState: doorStateOf(state),
    moving: state.bolt.drive !== undefined,
    alarms: alarmsOf(state),
    ...powerFacts(state),
    ...(keypadUntil === undefined ? {} : { keypadLockedUntilMs: at(keypadUntil) }),
    ...(relockDue === undefined ? {} : { autoRelockAtMs: at(relockDue) }),
    softwareVersion: state.softwareVersion,
    ...(nonce === undefined ? {} : { nonce }),
    ...modeFacts(state),
    ...(state.journalFrom === 1 ? {} : { journalFrom: state.journalFrom }),
    ...enrolmentFacts(state, at),
    ...resetFacts(state, at),
  }
}

function enrolmentFacts(
  { enrolling }: CoreState,
  at: (monotonicMs: number) => number,
): Pick<State, 'enrolment'> {
  if (enrolling === undefined) return {}
  const { untilMonotonicMs, user: _, begunBy: __, ...facts } = enrolling
  return { enrolment: { ...facts, untilMs: at(untilMonotonicMs) } }
}

function resetFacts(
  { factoryReset }: CoreState,
  at: (monotonicMs: number) => number,
): Pick<State, 'factoryResetAtMs'> {
  if (factoryReset?.stage !== 'waiting') return {}
  return { factoryResetAtMs: at(factoryReset.untilMonotonicMs) }
}

/** The policy in force and what the lock bound to it, ready to be signed; undefined while unclaimed. */
export function policyReport(state: CoreState, now: Now): PolicyReport | undefined {
  if (state.policy === undefined) return undefined
  return {
    v: 1,
    lockId: state.lockId,
    version: state.policy.view.policy.version,
    policy: state.policy.encoded,
    bindings: state.bindings,
    timeMs: momentOf(observeTime(state.time, now)).ms,
  }
}

function powerFacts({
  power: { mainsPresent },
  battery: { percent, daysLeft, confidence },
}: CoreState): Pick<
  State,
  'mainsPresent' | 'batteryPercent' | 'batteryDaysLeft' | 'batteryConfidence'
> {
  return {
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(percent === undefined ? {} : { batteryPercent: percent }),
    ...(daysLeft === undefined ? {} : { batteryDaysLeft: daysLeft }),
    ...(confidence === undefined ? {} : { batteryConfidence: confidence }),
  }
}

function modeFacts({
  registers,
}: CoreState): Pick<State, 'operatingMode' | 'operatingModeUntilMs' | 'policyConfirmedAtMs'> {
  const { operatingMode, policyConfirmedMs } = registers
  const untilMs = operatingMode?.untilMs
  return {
    ...(operatingMode === undefined ? {} : { operatingMode: operatingMode.mode }),
    ...(untilMs === undefined ? {} : { operatingModeUntilMs: untilMs }),
    ...(policyConfirmedMs === undefined ? {} : { policyConfirmedAtMs: policyConfirmedMs }),
  }
}

/** What others see, without the time that passes by itself: equal lists need no new publication. */
export function publishedFacts(state: CoreState): readonly unknown[] {
  return [
    state.time.certain,
    state.policy?.encoded,
    lockStateOf(state),
    doorStateOf(state),
    state.bolt.drive?.intent,
    alarmsOf(state).join(),
    state.battery.percent,
    state.battery.daysLeft,
    state.battery.confidence,
    state.power.mainsPresent,
    lockedUntil(state, 'keypad'),
    state.autoRelock.dueMonotonicMs,
    state.registers.operatingMode,
    state.journalFrom,
    state.enrolling,
    state.factoryReset?.stage,
  ]
}
