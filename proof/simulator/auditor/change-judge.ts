import { toHex } from '@mortise/protocol/wire'
import { matterChannels } from '@mortise/protocol/words'
import type { Entry, OperatingMode, Policy, Role, User } from '@mortise/protocol/words'
import { isCertain } from './court.ts'
import type { Court } from './court.ts'
import { holderIn } from './reading.ts'

const insideMs = 600_000
const hourMs = 3_600_000
const clockToleranceMs = 2_000

/** Whoever put another policy in force was allowed to change what differs. */
export function judgeChange(court: Court, { credentialId }: Entry, after: Policy): void {
  const { document: before, policy } = court
  const signer = policy && credentialId && holderIn(policy, credentialId)?.user
  if (before === undefined) return
  const rests = after.version === before.version + 1
  court.holds('mayChange', rests, () => `version ${after.version} after ${before.version}`)
  const why = signer === undefined ? 'signed by nobody' : fault(court, before, after, signer)
  court.holds('mayChange', why === undefined, () => `${signer?.name} ${signer?.role}: ${why}`)
}

function fault(court: Court, before: Policy, after: Policy, signer: User): string | undefined {
  if (signer.role === 'owner') return ownersFault(court, before, after)
  if (signer.role === 'manager') return managersFault(before, after, signer)
  if (signer.role === 'resident') return residentsFault(before, after, signer)
  return 'may change nothing'
}

/** Of what a simulated owner does: channels and agents that open need somebody inside. */
function ownersFault(court: Court, before: Policy, after: Policy): string | undefined {
  const rank = (policy: Policy): number => matterChannels.indexOf(policy.matterChannel ?? 'closed')
  const opensAgent = changedUsers(before, after).some(
    ({ was, now }) =>
      now !== undefined &&
      isOpeningAgent(now) &&
      !(was && isOpeningAgent(was) && !hasMore(now, was)),
  )
  if (rank(after) <= rank(before) && !opensAgent) return undefined
  const { insideMs: pressedMs } = court
  const isInside = pressedMs !== undefined && court.nowMs() - pressedMs < insideMs
  return isInside ? undefined : 'nobody stood inside'
}

/** Another way in than before. */
function hasMore(now: User, was: User): boolean {
  const before = new Set(was.credentials.map(({ id }) => toHex(id)))
  return now.credentials.some(({ id }) => !before.has(toHex(id)))
}

function isOpeningAgent({ role, verbs, userStatus }: User): boolean {
  const opens = verbs.some((verb) => verb !== 'lock')
  return role === 'agent' && opens && userStatus === 'occupiedEnabled'
}

function managersFault(before: Policy, after: Policy, signer: User): string | undefined {
  if (textOf(rest(before)) !== textOf(rest(after))) return 'touched more than people'
  const changes = changedUsers(before, after)
  const isForeign = changes.some(
    ({ was, now }) => (was ?? now)?.role !== 'guest' || (now ?? was)?.role !== 'guest',
  )
  if (isForeign) return 'touched somebody who is no guest'
  const { guestsMax, stayHoursMax } = signer.delegation ?? {}
  const isAdded = changes.some(({ was }) => was === undefined)
  const guests = after.users.filter(({ role }) => role === 'guest').length
  if (isAdded && guestsMax !== undefined && guests > guestsMax) return `${guests} guests`
  for (const { now } of changes) {
    if (now === undefined || now.userStatus === 'occupiedDisabled') continue
    const { validity } = now
    if (validity === undefined) return 'a guest without end'
    const hours = (validity.notAfterMs - validity.notBeforeMs) / hourMs
    if (stayHoursMax !== undefined && hours > stayHoursMax) return `a stay of ${hours} hours`
    if (now.verbs.some((verb) => !signer.verbs.includes(verb))) return 'a verb of others'
    if ((now.maxOfflineHours ?? 24) === 0 || (now.maxOfflineHours ?? 24) > 24) return 'offline'
  }
  return undefined
}

function residentsFault(before: Policy, after: Policy, signer: User): string | undefined {
  if (textOf(rest(before)) !== textOf(rest(after))) return 'touched more than people'
  const ownCodes = ({ credentials, ...user }: User): string =>
    textOf({ ...user, credentials: credentials.filter(({ type }) => type !== 'pin') })
  const isForeign = changedUsers(before, after).some(
    ({ was, now }) =>
      was === undefined ||
      now === undefined ||
      toHex(was.id) !== toHex(signer.id) ||
      ownCodes(was) !== ownCodes(now),
  )
  return isForeign ? 'touched more than codes of their own' : undefined
}

interface UserChange {
  readonly was: User | undefined
  readonly now: User | undefined
}

function changedUsers(before: Policy, after: Policy): readonly UserChange[] {
  const find = ({ users }: Policy, id: string): User | undefined =>
    users.find((user) => toHex(user.id) === id)
  const ids = new Set([...before.users, ...after.users].map(({ id }) => toHex(id)))
  return [...ids]
    .map((id) => ({ was: find(before, id), now: find(after, id) }))
    .filter(({ was, now }) => textOf(was) !== textOf(now))
}

/** Everything but people, and what differs between any two versions. */
function rest(policy: Policy): Policy {
  return { ...policy, users: [], version: 0, previous: new Uint8Array(0) }
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? ''
}

const beginners: Readonly<Record<OperatingMode, readonly Role[]>> = {
  normal: [],
  vacation: ['manager', 'resident'],
  privacy: ['resident'],
  noRemoteLockUnlock: [],
  passage: [],
  lockdown: ['manager', 'resident'],
}

/** Whoever took the lock into a mode was allowed to; nobody did only when its time was over. */
export function judgeMode(court: Court, entry: Entry): void {
  const { operatingMode: next = 'normal', credentialId, source, timeMs } = entry
  const { name: last, untilMs } = court.mode
  if (source === 'auto') {
    const isOver = next === 'normal' && untilMs !== undefined && timeMs >= untilMs
    court.holds('modeEnds', isOver, () => `${last} until ${untilMs} ended at ${timeMs}`)
    return
  }
  const user = credentialId && court.policy && holderIn(court.policy, credentialId)?.user
  const role = user === undefined ? undefined : user.role
  court.holds('mayChange', mayTurn(role, last, next), () => `${role}: ${last} to ${next}`)
}

function mayTurn(role: Role | undefined, last: OperatingMode, next: OperatingMode): boolean {
  if (role === 'owner') return true
  if (role !== 'manager' && role !== 'resident') return false
  const mayLeave = last === 'normal' || (last !== 'lockdown' && beginners[last].includes(role))
  return mayLeave && (next === 'normal' || beginners[next].includes(role))
}

/** At rest: a mode whose time is over is over, as soon as anybody can tell the time. */
export function judgeModeAtRest(court: Court): void {
  const { untilMs, name } = court.mode
  const state = court.published()
  if (state === undefined) return
  const said = state.operatingMode ?? 'normal'
  court.holds('trueState', said === name, () => `mode ${said}, the journal has ${name}`)
  if (untilMs === undefined || !isCertain(court)) return
  const lateMs = state.timeMs - untilMs
  court.holds('modeEnds', lateMs < clockToleranceMs, () => `${name} ${lateMs} ms after its end`)
}
