import { assertInvariant } from '@mortise/protocol/errors'
import { policyHash } from '@mortise/protocol/verify'
import { bytesEqual, policyMessage } from '@mortise/protocol/wire'
import type { AlarmCode } from '@mortise/protocol/words'
import { noChallenges } from '#core/access/challenges.ts'
import { packPinTags } from '#core/access/pin-tags.ts'
import { viewPolicy } from '@mortise/access'
import { tendAlarms } from '#core/alarm/alarms.ts'
import { plausibleReading, tendPower } from '#core/alarm/power.ts'
import { tendAutoRelock } from '#core/bolt/auto-relock.ts'
import { closeIntent } from '#core/bolt/operate.ts'
import type { BoltPosition, Now, Sensors } from '#core/inputs.ts'
import { awaitStorage } from '#core/storage/prune.ts'
import { keepTemplates } from '#core/enrolment/templates.ts'
import { record } from '#core/journal/record.ts'
import { awaitLockouts, isLockedOut, resumeLockouts } from '#core/lockout/lockout.ts'
import { emptyMatterDatabase } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import { decodeMatterDatabase } from '#core/matter/encode.ts'
import { othersOf } from '#core/matter-channel/install.ts'
import { tendPassage } from '#core/bolt/passage.ts'
import { resumeOperatingMode, tendOperatingMode } from '#core/mode/operating-mode.ts'
import { timeFloorDue } from '#core/clock/time-floor.ts'
import { startTime } from '#core/time/lock-time.ts'
import { finishTurn } from '#core/turn/finish.ts'
import type { StepResult } from '#core/turn/finish.ts'
import { noCredentialRefusals, restingKeypad } from '#core/turn/state.ts'
import type { Bolt, Context, CoreState, PolicyInForce, Stored } from '#core/turn/state.ts'
import { doorStateOf, lockStateOf } from '#core/turn/truth.ts'
import { act, beginTurn, updateRegisters } from '#core/turn/turn.ts'
import { loadUsages } from '#core/visits/usage.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * The first turn of a boot: from what the store loaded and what the sensors say. It moves nothing.
 * @throws WireError when the stored policy is damaged
 */
export function boot(context: Context, stored: Stored, sensors: Sensors, now: Now): StepResult {
  const turn = beginTurn(context, initialState(context, stored, sensors, now), now)
  updateRegisters(turn, { boots: stored.registers.boots + 1 })
  record(turn, {
    type: 'started',
    lockState: lockStateOf(turn.state),
    doorState: doorStateOf(turn.state),
  })
  concludeInterrupted(turn)
  resumeLockouts(turn)
  awaitLockouts(turn)
  resumeOperatingMode(turn)
  timeFloorDue(turn)
  awaitStorage(turn)
  keepTemplates(turn)
  tendPower(turn)
  tendOperatingMode(turn)
  tendPassage(turn)
  tendAutoRelock(turn)
  tendAlarms(turn)
  if (!isLockedOut(turn.state, 'keypad')) act(turn, { type: 'signal', signal: { type: 'ready' } })
  turn.publishesPolicy = turn.state.policy !== undefined
  const result = finishTurn(turn)
  assertInvariant(!result.effects.some(({ type }) => type === 'drive'), 'a boot moves nothing')
  return withFirstState(result)
}

/** The power went while the bolt was moving: that intent is over, whatever became of the bolt. */
function concludeInterrupted(turn: Turn): void {
  const { openIntent } = turn.state.registers
  if (openIntent === undefined) return
  closeIntent(turn)
  record(turn, {
    type: 'operationResult',
    verb: openIntent.verb,
    intent: openIntent.sequence,
    outcome: 'failed',
    reason: 'interrupted',
    lockState: lockStateOf(turn.state),
  })
}

/** The first state of a boot is news, whatever it says. */
function withFirstState(result: StepResult): StepResult {
  const others = result.effects.filter(({ type }) => type !== 'publishState')
  return { ...result, effects: [...others, { type: 'publishState' }] }
}

function initialState(context: Context, stored: Stored, sensors: Sensors, now: Now): CoreState {
  const { leaf } = sensors
  const { standingAlarms = [] } = stored.registers
  const { timeFloorMs, timeUnexplainedMs = 0 } = stored.registers
  return {
    lockId: stored.lockId,
    softwareVersion: context.softwareVersion,
    registers: stored.registers,
    chain: stored.chainHead,
    journalFrom: stored.journalFrom ?? 1,
    time: startTime(timeFloorMs, timeUnexplainedMs, now),
    counter: 0,
    policy: loadPolicy(context, stored),
    bindings: stored.bindings,
    pinTags: packPinTags(stored.pinTags),
    challenges: noChallenges,
    setup: undefined,
    insidePresenceUntilMonotonicMs: undefined,
    insideHeldMonotonicMs: undefined,
    factoryReset: undefined,
    pendingChange: undefined,
    bolt: initialBolt(sensors.bolt, standingAlarms, now),
    leaf,
    leafWasSeen: leaf !== 'unknown',
    latchPulled: sensors.latchPulled,
    leafOpenSinceMonotonicMs: leaf === 'open' ? now.monotonicMs : undefined,
    autoRelock: { dueMonotonicMs: undefined, suspended: false, timeoutSeconds: undefined },
    passageLookAwaited: false,
    usages: loadUsages(stored.usages),
    presented: [],
    policyConfirmedMonotonicMs: undefined,
    matter: loadMatter(stored),
    matterJob: undefined,
    spokenJob: undefined,
    tryClocks: {},
    lockoutLookMonotonicMs: undefined,
    keypad: restingKeypad,
    alarmLookMonotonicMs: undefined,
    escutcheonRemoved: sensors.tamperRemoved,
    link: undefined,
    credentialRefusals: noCredentialRefusals,
    storageShort: standingAlarms.includes('storageNearlyFull'),
    storageLookMonotonicMs: undefined,
    motorLackedPower: false,
    power: plausibleReading(sensors),
    battery: {},
    readerTypes: sensors.readerTypes ?? [],
    enrolling: undefined,
    refusals: undefined,
    personRefusals: undefined,
    newCodes: undefined,
    jobs: 0,
  }
}

/** A bolt that stands where it stood shows nothing about what held it, nor about its sensor. */
function initialBolt(position: BoltPosition, alarms: readonly AlarmCode[], now: Now): Bolt {
  const isFaulty = alarms.includes('boltSensorFault')
  return {
    position,
    drive: undefined,
    late: undefined,
    lastSeen: position === 'unknown' ? undefined : position,
    trouble: alarms.includes('lockJammed') ? 'jammed' : isFaulty ? 'sensor' : undefined,
    silentSinceMonotonicMs: position === 'unknown' ? now.monotonicMs : undefined,
  }
}

function loadPolicy({ crypto }: Context, stored: Stored): PolicyInForce | undefined {
  const { policy: encoded, bindings, lockId } = stored
  if (encoded === undefined) return undefined
  const policy = policyMessage.decode(encoded)
  assertInvariant(bytesEqual(policy.lockId, lockId), 'the stored policy is this lock’s')
  const view = viewPolicy(policy, bindings, othersOf(policy, loadMatter(stored)))
  return { view, encoded, hash: policyHash(crypto, encoded) }
}

function loadMatter({ matter }: Stored): MatterDatabase {
  return matter === undefined ? emptyMatterDatabase : decodeMatterDatabase(matter)
}
