import { noChallenges } from '#core/access/challenges.ts'
import { packPinTags } from '#core/access/pin-tags.ts'
import { beginAlarm, endAlarm, tendAlarms } from '#core/alarm/alarms.ts'
import { keepTemplates } from '#core/enrolment/templates.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { emptyMatterDatabase } from '#core/matter/database.ts'
import type { TimerName } from '#core/inputs.ts'
import type { Registers } from '#core/outputs.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import { freshRegisters, noCredentialRefusals, restingKeypad } from '#core/turn/state.ts'
import type { Actor, CoreState } from '#core/turn/state.ts'
import { alarmsOf } from '#core/turn/truth.ts'
import { act, cancelTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * Everybody's access ends, in one write. Bolt and latch stay where they are. What is left is a lock
 * without owner whose journal and keys are erased next, so that nothing of before is known to whoever
 * comes after, nor of them to whoever came before.
 * @returns the sequence of the entry that tells of it
 */
export function forgetEverything(turn: Turn, by: Actor): number {
  if (!alarmsOf(turn.state).includes('lockFactoryReset')) {
    beginAlarm(turn, 'lockFactoryReset', actorFields(by))
  }
  answerWhoWaits(turn)
  endAlarm(turn, 'lockFactoryReset')
  update(turn, nothingKnown(turn.state))
  turn.writes.push({ type: 'factoryReset' })
  // What only owners cause ends before the entry that is the last word about them.
  tendAlarms(turn)
  const sequence = record(turn, { type: 'factoryReset', ...actorFields(by), outcome: 'done' })
  goQuiet(turn)
  return sequence
}

/** Whoever waits for the hash of a code: it may come, and means nothing. */
function answerWhoWaits(turn: Turn): void {
  const { pendingChange, spokenJob, matterJob } = turn.state
  for (const waiting of [pendingChange, spokenJob]) {
    if (waiting === undefined) continue
    const refusal = { outcome: 'refused', reason: 'notClaimed', sequence: 0 } as const
    sendReceipt(turn, waiting.actor.answer, refusal)
  }
  if (matterJob === undefined) return
  const { requestId } = matterJob.work
  act(turn, { type: 'matterResult', requestId, answer: { status: 'failure' } })
}

/** What is true of steel, time and paper, whoever owns the lock. Every other field is forgotten. */
type Stays =
  | 'lockId'
  | 'softwareVersion'
  | 'chain'
  | 'journalFrom'
  | 'time'
  | 'counter'
  | 'setup'
  | 'leaf'
  | 'leafWasSeen'
  | 'latchPulled'
  | 'leafOpenSinceMonotonicMs'
  | 'passageLookAwaited'
  | 'alarmLookMonotonicMs'
  | 'lockoutLookMonotonicMs'
  | 'escutcheonRemoved'
  | 'link'
  | 'storageShort'
  | 'storageLookMonotonicMs'
  | 'power'
  | 'motorLackedPower'
  | 'battery'
  | 'readerTypes'
  | 'jobs'

/** Everything that came from people, as on a lock that nobody ever owned. */
function nothingKnown(state: CoreState): Omit<CoreState, Stays> {
  return {
    registers: clearedRegisters(state),
    policy: undefined,
    bindings: [],
    pinTags: packPinTags([]),
    usages: new Map(),
    presented: [],
    policyConfirmedMonotonicMs: undefined,
    matter: emptyMatterDatabase,
    matterJob: undefined,
    spokenJob: undefined,
    tryClocks: {},
    challenges: noChallenges,
    insidePresenceUntilMonotonicMs: undefined,
    insideHeldMonotonicMs: undefined,
    pendingChange: undefined,
    factoryReset: { stage: 'done' },
    bolt: { ...state.bolt, late: undefined },
    autoRelock: { dueMonotonicMs: undefined, suspended: false, timeoutSeconds: undefined },
    keypad: restingKeypad,
    credentialRefusals: noCredentialRefusals,
    enrolling: undefined,
    refusals: undefined,
    personRefusals: undefined,
    newCodes: undefined,
  }
}

/** Until the keys are new, the floors hold: this lock id has one past only. */
function clearedRegisters(state: CoreState): Registers {
  const { boots, timeFloorMs, policyVersionFloor, battery, journalLoss } = state.registers
  return {
    ...freshRegisters,
    boots,
    timeFloorMs,
    policyVersionFloor,
    standingAlarms: alarmsOf(state),
    ...(battery === undefined ? {} : { battery }),
    ...(journalLoss === undefined ? {} : { journalLoss }),
  }
}

/** Timers of what is no more. Each looks at its own deadline, so that one that comes late does nothing. */
const endedTimers: readonly TimerName[] = [
  'keypadIdle',
  'insidePresence',
  'insideHold',
  'factoryReset',
  'messagesRefused',
  'enrolment',
]

function goQuiet(turn: Turn): void {
  for (const name of endedTimers) cancelTimer(turn, name)
  keepTemplates(turn)
  act(turn, { type: 'hideInsidePresence' })
  act(turn, { type: 'hideFactoryReset' })
  act(turn, { type: 'signal', signal: { type: 'ready' } })
  act(turn, { type: 'startAnew' })
}
