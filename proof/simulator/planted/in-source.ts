import { readFileSync } from 'node:fs'
import { MortiseError } from '@mortise/protocol/errors'
import type { Claim } from '../auditor/claims.ts'
import type { ActName } from '../plan.ts'

/** One expression of the product that is wrong. */
export interface SourceFault {
  readonly name: string
  /** Relative to the root of the repository. */
  readonly file: string
  readonly right: string
  readonly wrong: string
  /** Any of these shows it. */
  readonly breaks: readonly Claim[]
  /** Of the real store; the others are looked for in main memory. */
  readonly store?: 'disk'
  /** What its worlds have more of than others; absent: it shows in any. */
  readonly favours?: readonly ActName[]
  /** How long its worlds have to be, where the usual ones are too short. */
  readonly days?: number
}

const opens: readonly Claim[] = ['mayOpen', 'rightReason', 'nobodyLockedOut']

const resetActs: readonly ActName[] = ['askForReset', 'handOver', 'overreach']

export const sourceFaults: readonly SourceFault[] = [
  {
    name: 'the clock on the wall is set an hour late',
    file: 'access/wall-clock.ts',
    right: 'fromEpochMilliseconds(instantMs).toZoned',
    wrong: 'fromEpochMilliseconds(instantMs - 3_600_000).toZoned',
    breaks: opens,
    // Worlds begin in June, and clocks are set in autumn.
    days: 180,
  },
  {
    name: 'no day is a holiday',
    file: 'access/schedule.ts',
    right: 'find((holiday) => inYearDaySchedule(holiday, localMinute))',
    wrong: 'find(() => false)',
    breaks: [...opens, 'autoRelock'],
  },
  {
    name: 'a one-time code is good twice',
    file: 'access/rules.ts',
    right: "'disposableUser' ? 1 :",
    wrong: "'disposableUser' ? 2 :",
    breaks: opens,
  },
  {
    name: 'nobody is told of duress',
    file: 'lock/core/bolt/operate.ts',
    right: 'if (actor.duress === true) recordDuress',
    wrong: "if (actor.duress === true && verb === 'lock') recordDuress",
    breaks: ['duress'],
  },
  {
    name: 'the keypad knows no privacy mode',
    file: 'access/modes.ts',
    right: "|| verb === 'lock' ? undefined : 'privacyMode'",
    wrong: "|| verb === 'lock' || channel === 'keypad' ? undefined : 'privacyMode'",
    breaks: opens,
  },
  {
    name: 'the hub may be silent for ten times as long',
    file: 'access/when.ts',
    right: 'offlineMs >= hours * hourMs ?',
    wrong: 'offlineMs >= hours * hourMs * 10 ?',
    breaks: opens,
  },
  {
    name: 'the hub’s word about any version is one about this',
    file: 'lock/core/visits/lease.ts',
    right: 'if (version !== inForce) countRefusal',
    wrong: 'if (version === 0) countRefusal',
    breaks: opens,
  },
  {
    name: 'two of a kind count as two',
    file: 'access/decide.ts',
    right: 'return kinds.size < wanted',
    wrong: 'return 1 + presentedOf(view, holder.user, situation).length < wanted && kinds.size > 0',
    breaks: opens,
  },
  {
    name: 'what was shown waits for ten minutes',
    file: 'lock/core/visits/presented.ts',
    right: 'presentedMs = 60_000',
    wrong: 'presentedMs = 600_000',
    breaks: [...opens, 'duress'],
  },
  {
    name: 'a face opens alone at night',
    file: 'access/decide.ts',
    right: 'return time.certain && !inAnyWeekDaySchedule(nightHoursOf(policy), wallClock(time.ms))',
    wrong: 'return time.certain || inAnyWeekDaySchedule(nightHoursOf(policy), wallClock(time.ms))',
    breaks: opens,
  },
  {
    name: 'a Matter channel for locking opens as well',
    file: 'lock/core/matter/as-users.ts',
    right: "return ['lock']",
    wrong: "return ['lock', 'unlock']",
    breaks: ['channel'],
  },
  {
    name: 'a Matter channel opens on one gesture',
    file: 'access/change.ts',
    right: 'return opensChannel(change)',
    wrong: 'return !opensChannel(change)',
    breaks: ['mayChange'],
  },
  {
    name: 'a manager lets guests stay for ten times as long',
    file: 'access/change.ts',
    right: 'stayMs <= delegation.stayHoursMax * hourMs',
    wrong: 'stayMs <= delegation.stayHoursMax * hourMs * 10',
    breaks: ['mayChange'],
  },
  {
    name: 'a resident ends a lockdown',
    file: 'access/modes.ts',
    right: "return mode === 'lockdown' ? role === 'owner' : beginners",
    wrong: 'return beginners',
    breaks: ['mayChange'],
  },
  {
    name: 'a mode ends two hours late',
    file: 'lock/core/mode/operating-mode.ts',
    right: 'return certain && ms >= untilMs',
    wrong: 'return certain && ms >= untilMs + 7_200_000',
    breaks: ['modeEnds'],
  },
  {
    name: 'hours end a minute early',
    file: 'access/schedule.ts',
    right: 'startMinute <= minute && minute <= endMinute',
    wrong: 'startMinute <= minute && minute < endMinute',
    breaks: [...opens, 'autoRelock'],
  },
  {
    name: 'hours past midnight are those of the next day',
    file: 'access/schedule.ts',
    right: '(hasDay(schedule, day - 1) && minute <= endMinute)',
    wrong: '(hasDay(schedule, day) && minute <= endMinute)',
    breaks: [...opens, 'autoRelock'],
  },
  {
    name: 'quiet hours are not kept',
    file: 'access/when.ts',
    right: 'if (isQuieted && inAny',
    wrong: 'if (isQuieted && !time.certain && inAny',
    breaks: opens,
  },
  {
    name: 'the household was here yesterday',
    file: 'access/when.ts',
    right: 'localDayOf(wallClock(householdOpenedMs)) === localDayOf',
    wrong: 'localDayOf(wallClock(householdOpenedMs)) <= localDayOf',
    breaks: opens,
  },
  {
    name: 'the time since the first use counts half',
    file: 'access/when.ts',
    right: 'firstUseMs + expiringUserTimeout * minuteMs',
    wrong: 'firstUseMs + 2 * expiringUserTimeout * minuteMs',
    breaks: opens,
  },
  {
    name: 'who opens from afar only opens by code',
    file: 'access/decide.ts',
    right: "isAgent || userTypeOf(user) === 'remoteOnlyUser'",
    wrong: "isAgent || userTypeOf(user) === 'nonAccessUser'",
    breaks: opens,
  },
  {
    name: 'the lock locks itself in hours that hold the door open',
    file: 'lock/core/bolt/auto-relock.ts',
    right: 'return !holdsOpen(turn)',
    wrong: 'return true',
    breaks: ['autoRelock'],
  },
  {
    name: 'the lock never locks itself',
    file: 'lock/core/bolt/auto-relock.ts',
    right: 'if (seconds === 0 || !mayCount',
    wrong: 'if (seconds >= 0 || !mayCount',
    breaks: ['relocks'],
  },
  {
    name: 'a keypad that is locked stops phones',
    file: 'lock/core/requests/signed.ts',
    right:
      "if (decision.verdict === 'refused') return refuseOperation(turn, verb, actor, decision.reason)",
    wrong:
      "if (turn.state.tryClocks.keypad?.lockedUntilMonotonicMs) return refuseOperation(turn, verb, actor, 'keypadLockedOut')",
    // Nobody else is refused any more.
    breaks: ['channelsApart', 'mayOpen'],
  },
  {
    name: 'a keypad that is locked stops fingers',
    file: 'lock/core/doorstep/biometric.ts',
    right: "isLockedOut(turn.state, 'biometric')",
    wrong: "isLockedOut(turn.state, 'keypad')",
    breaks: ['attemptsKept'],
  },
  {
    name: 'an assistant opens by the code of anybody',
    file: 'lock/core/requests/spoken.ts',
    right: 'const isOwn = holder !== undefined && bytesEqual(holder.user.id, user.id)',
    wrong: 'const isOwn = holder !== undefined',
    breaks: ['freshDeed'],
  },
  {
    name: 'wrong voice PINs lock nothing',
    file: 'lock/core/requests/spoken.ts',
    right: "tryWasWrong(turn, 'voice')\n    return",
    wrong: "tryWasRight(turn, 'voice')\n    return",
    breaks: ['guesses'],
  },
  {
    name: 'a voice PIN counts at the keypad',
    file: 'lock/core/requests/spoken.ts',
    right: "countTry(turn, 'voice')",
    wrong: "countTry(turn, 'keypad')",
    breaks: ['countedFirst', 'guesses'],
  },
  {
    name: 'a door that stands open for long is no alarm',
    file: 'lock/core/alarm/table.ts',
    right: 'dueMs !== undefined && monotonicMs >= dueMs',
    wrong: 'dueMs !== undefined && monotonicMs < 0',
    breaks: ['alarm'],
  },
  {
    name: 'an invitation is good twice',
    file: 'lock/core/requests/invitation.ts',
    right: 'bindings.some((binding) => bytesEqual(binding.invitationId, invitationId))',
    wrong: 'bindings.length > 60',
    breaks: ['invitation'],
  },
  {
    name: 'an invitation is good for a week too long',
    file: 'lock/core/requests/invitation.ts',
    right: 'ms >= invitation.notAfterMs',
    wrong: 'ms >= invitation.notAfterMs + 604_800_000',
    breaks: ['invitation'],
  },
  {
    name: 'a key stays when its invitation is withdrawn',
    file: 'lock/core/access/bindings.ts',
    right: 'bytesEqual(id, invitationId) && bytesEqual(invited, userId),',
    wrong: 'id !== invitationId && invited !== userId,',
    breaks: ['freshDeed', 'channel', 'mayOpen'],
  },
  {
    name: 'a reset that an owner has stopped comes all the same',
    file: 'lock/core/reset/wait.ts',
    right: "endAlarm(turn, 'lockFactoryReset', actorFields(by))\n  leaveStage(turn)",
    wrong: "endAlarm(turn, 'lockFactoryReset', actorFields(by))",
    breaks: ['reset'],
    favours: resetActs,
  },
  {
    name: 'a reset waits for three hours',
    file: 'lock/core/reset/times.ts',
    right: 'waitMs = 3 * 86_400_000',
    wrong: 'waitMs = 3 * 3_600_000',
    breaks: ['reset'],
    favours: resetActs,
  },
  {
    name: 'a restart ends the three days of a reset, and not the reset',
    file: 'lock/core/boot.ts',
    right: 'factoryReset: undefined,',
    wrong:
      "factoryReset: standingAlarms.includes('lockFactoryReset') ? { stage: 'waiting', untilMonotonicMs: 0 } : undefined,",
    breaks: ['reset'],
    favours: resetActs,
  },
  {
    name: 'a jump of the clock ends the three days of a reset',
    file: 'lock/core/reset/wait.ts',
    right: 'if (turn.now.monotonicMs >= factoryReset.untilMonotonicMs)\n    forgetEverything',
    wrong:
      'if (turn.now.monotonicMs >= factoryReset.untilMonotonicMs || !turn.state.time.certain)\n    forgetEverything',
    breaks: ['reset'],
    favours: [...resetActs, 'clockJump', 'clockDies'],
  },
  {
    name: 'any grown-up of the house orders a reset',
    file: 'lock/core/requests/factory-reset.ts',
    right: "user.role === 'owner' ? undefined",
    wrong: "user.role !== 'guest' ? undefined",
    breaks: ['reset'],
    favours: resetActs,
  },
  {
    name: 'codes open for as long as a lock says goodbye after a reset',
    file: 'lock/core/reset/forget.ts',
    right: 'update(turn, nothingKnown(turn.state))',
    wrong:
      'update(turn, { ...nothingKnown(turn.state), policy: turn.state.policy, pinTags: turn.state.pinTags })',
    breaks: ['reset'],
    favours: resetActs,
  },
  {
    name: 'the log of the store shares its last block with the next commit',
    file: 'lock/adapters/disk/database.ts',
    right: "set('psow', '0')",
    wrong: "set('psow', '1')",
    breaks: ['durable'],
    store: 'disk',
  },
]

const root = new URL('../../../', import.meta.url)

/** Where the product's file of a fault is loaded from. */
export function urlOf({ file }: SourceFault): string {
  return new URL(file, root).href
}

/**
 * The text of the product with the fault in it.
 * @throws MortiseError `faultHasNoPlace` (bug): the product was changed, and the fault has to follow
 */
export function spoil({ name, right, wrong, file }: SourceFault, text?: string): string {
  const source = text ?? readFileSync(new URL(file, root), 'utf8')
  const pieces = source.split(right)
  if (pieces.length !== 2) {
    const message = `${name}: ${pieces.length - 1} places in ${file}`
    throw new MortiseError('bug', 'faultHasNoPlace', message)
  }
  return pieces.join(wrong)
}
