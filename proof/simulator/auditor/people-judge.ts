import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { CredentialType, Entry, Reason, User, Verb } from '@mortise/protocol/words'
import { isCertain } from './court.ts'
import type { Court } from './court.ts'
import type { Deeds } from './deeds.ts'
import { holderIn, kindsWanted, objections } from './reading.ts'
import type { Circumstances, Holder } from './reading.ts'

/** Judges who opened, who was refused and who was asked for more. */
export interface PeopleJudge {
  /** An intent, or an opening of a door that stood open. */
  readonly operated: (entry: Entry) => void
  readonly refused: (entry: Entry) => void
  readonly presented: (entry: Entry) => void
  readonly duressTold: (entry: Entry) => void
  /** The end of one durable write. */
  readonly committed: () => void
  readonly booted: () => void
  /** The hub has vouched, honestly, for the policy in force; or it was just put in force. */
  readonly vouched: () => void
  /** Until somebody vouches again, it cannot be told how long ago that was. */
  readonly leaseInDoubt: () => void
  /** Why somebody may be kept out, as far as anybody could tell. */
  readonly mayBeRefused: (holder: Holder, entry: Entry) => readonly Reason[]
}

interface Memory {
  uses: number
  firstUseMs: number | undefined
}

interface Shown {
  readonly type: CredentialType
  readonly id: Uint8Array
  readonly atMs: number
  readonly duress: boolean
}

const waitsMs = 60_000
/** Longer than the lock may wait without anybody being able to tell. */
const doubtMs = 2_000

export function createPeopleJudge(court: Court, deeds: Deeds): PeopleJudge {
  const memories = new Map<string, Memory>()
  const shown = new Map<string, readonly Shown[]>()
  let householdMs: number | undefined
  let vouchedMs = 0
  let leaseKnown = true
  let duressDue = false

  const circumstances = (user: User, entry: Entry, offlineMs: number): Circumstances => ({
    timeMs: entry.timeMs,
    certain: isCertain(court),
    source: entry.source,
    mode: court.mode.name,
    uses: memories.get(toHex(user.id))?.uses ?? 0,
    firstUseMs: memories.get(toHex(user.id))?.firstUseMs,
    householdMs,
    offlineMs,
  })
  /** `doubt`: what cannot be told counts against the person, or for them. */
  const against = (user: User, entry: Entry, verb: Verb, doubt: 'against' | 'for') => {
    if (court.policy === undefined) return ['notClaimed' as const]
    const unknown = doubt === 'against' ? Infinity : 0
    const slack = doubt === 'against' ? doubtMs : -doubtMs
    const offlineMs = leaseKnown ? court.nowMs() - vouchedMs + slack : unknown
    return objections(court.policy, user, verb, circumstances(user, entry, offlineMs))
  }
  const waiting = (user: User): readonly Shown[] =>
    (shown.get(toHex(user.id)) ?? []).filter(
      ({ id, atMs }) =>
        court.nowMs() - atMs < waitsMs && user.credentials.some((one) => bytesEqual(one.id, id)),
    )
  const judgeKinds = ({ user, credential }: Holder, entry: Entry): void => {
    if (court.policy === undefined) return
    const at = circumstances(user, entry, 0)
    const wanted = kindsWanted(court.policy, user, credential.type, at)
    const said = entry.source === 'voice' ? ['pin' as const] : []
    const kinds = new Set([credential.type, ...said, ...waiting(user).map(({ type }) => type)])
    const detail = (): string => `${user.name}: ${[...kinds].join(' ')}, but ${wanted} are wanted`
    if (entry.type === 'credentialPresented') {
      court.holds('nobodyLockedOut', kinds.size < wanted, detail)
    } else court.holds('mayOpen', kinds.size >= wanted, detail)
  }
  const judgeDuress = ({ user, credential }: Holder, entry: Entry): void => {
    const isForced =
      user.userType === 'forcedUser' ||
      isDuress(credential) ||
      waiting(user).some(({ duress }) => duress)
    const isSaid = entry.duress === true
    // Which of its PINs an assistant was told is known by the deed.
    if (entry.source === 'voice') {
      duressDue = isSaid
      return
    }
    court.holds('duress', isForced === isSaid, () => `${user.name}: forced ${isForced}`)
    if (isForced) duressDue = true
  }
  const count = (user: User, { timeMs }: Entry): void => {
    const before = memories.get(toHex(user.id)) ?? { uses: 0, firstUseMs: undefined }
    const firstUseMs = before.firstUseMs ?? timeMs
    memories.set(toHex(user.id), { uses: before.uses + 1, firstUseMs })
    shown.delete(toHex(user.id))
    if (household.has(user.role)) householdMs = timeMs
  }

  return {
    operated(entry) {
      const { credentialId, verb, source, userName } = entry
      if (verb === undefined) return
      const holder = credentialId && court.policy && holderIn(court.policy, credentialId)
      const doer = holder === undefined ? 'matter' : holder.credential.id
      // Only a right PIN is a deed, so that an assistant that opens by another one did nothing.
      const isForcedVoice = source === 'voice' && entry.duress === true
      const candidates = deeds.spend(doer, isForcedVoice ? 'voice, forced' : (source ?? ''))
      court.holds('freshDeed', candidates !== undefined, () => `${verb} by ${userName} ${source}`)
      if (verb !== 'lock') {
        court.relockSeconds = (candidates ?? []).map(({ timeoutSeconds }) => timeoutSeconds)
      }
      if (holder === undefined) return judgeMatter(court, entry, verb)
      const why = against(holder.user, entry, verb, 'for')
      court.holds('mayOpen', why.length === 0, () => `${holder.user.name}: ${why.join(' ')}`)
      judgeDuress(holder, entry)
      if (verb === 'lock') return
      judgeKinds(holder, entry)
      count(holder.user, entry)
    },
    refused(entry) {
      const { credentialId, verb, reason } = entry
      if (reason === undefined || verb === undefined || !judged.has(reason)) return
      const holder = credentialId && court.policy && holderIn(court.policy, credentialId)
      if (holder === undefined) return
      const why = against(holder.user, entry, verb, 'against')
      const isSo = why.includes(reason)
      const told = (): string => `${holder.user.name}: ${reason}; against it: ${why.join(' ')}`
      court.holds('rightReason', isSo, told)
    },
    presented(entry) {
      const { credentialId, source } = entry
      const holder = credentialId && court.policy && holderIn(court.policy, credentialId)
      const isFresh = holder && deeds.spend(holder.credential.id, source ?? '') !== undefined
      court.holds('freshDeed', isFresh === true, () => `shown by ${source}`)
      if (holder === undefined) return
      const { user, credential } = holder
      judgeKinds(holder, entry)
      const others = waiting(user).filter(({ id }) => !bytesEqual(id, credential.id))
      const { type, id } = credential
      const atMs = court.nowMs()
      shown.set(toHex(user.id), [...others, { type, id, atMs, duress: isDuress(credential) }])
    },
    duressTold({ userName }) {
      court.holds('duress', duressDue, () => `${userName} was not forced`)
      duressDue = false
    },
    committed() {
      court.holds('duress', !duressDue, () => 'somebody was forced, and no owner learns it')
      duressDue = false
    },
    booted: () => shown.clear(),
    vouched() {
      vouchedMs = court.nowMs()
      leaseKnown = court.clockRight
    },
    leaseInDoubt() {
      leaseKnown = false
    },
    mayBeRefused: ({ user }, entry) => against(user, entry, 'unlock', 'against'),
  }
}

const household: ReadonlySet<string> = new Set(['owner', 'manager', 'resident'])

/** Reasons that are said of a person, and of no door. */
const judged: ReadonlySet<Reason> = new Set<Reason>([
  'userDisabled',
  'nonAccessUser',
  'verbNotAllowed',
  'remoteOnly',
  'notYetValid',
  'noLongerValid',
  'timeUncertain',
  'outsideSchedule',
  'holiday',
  'quietHours',
  'beforeHousehold',
  'usedUp',
  'expired',
  'tooLongOffline',
  'vacationMode',
  'privacyMode',
  'remoteDisabled',
  'lockdownMode',
])

function isDuress(credential: Holder['credential']): boolean {
  return 'duress' in credential && credential.duress
}

/** Somebody who is not in the owners' policy: only as far as its Matter channel is open. */
function judgeMatter(court: Court, { source, credentialId, userName }: Entry, verb: Verb): void {
  const channel = court.policy?.matterChannel ?? 'closed'
  const told = (): string => `${verb} by ${userName} ${source}, Matter is ${channel}`
  const isCode = credentialId !== undefined
  const mayCome = source === 'matter' || (source === 'keypad' && isCode)
  const mayVerb =
    channel === 'lockOnly' ? verb === 'lock' : channel !== 'closed' && verb !== 'unlatch'
  const mayBare = isCode || channel !== 'unlockWithPin'
  court.holds('channel', mayCome && mayVerb && mayBare, told)
  const { name } = court.mode
  const isShut = verb !== 'lock' && (name === 'privacy' || name === 'lockdown')
  const isFar = source === 'matter' && name === 'noRemoteLockUnlock'
  const isAway = verb !== 'lock' && source === 'keypad' && name === 'vacation'
  court.holds('mayOpen', !isShut && !isFar && !isAway, () => `${told()}, the mode is ${name}`)
}
