import type { RouteAnswer } from '@mortise/protocol/rest'
import type { LockRecord, StoredMember } from '#hub/ports/store.ts'
import type { Hub } from '#hub/shell/hub.ts'
import type { LockInSight } from '#hub/shell/lock-access.ts'

type LockView = RouteAnswer<'getLock'>
type EventPage = RouteAnswer<'listEvents'>

export function presenceOf(hub: Hub, { lockId, sinceMs }: LockRecord) {
  return { online: hub.links.find(lockId) !== undefined, sinceMs }
}

/** A lock as one account may see it: state from the time of access on, history not for guests. */
export function lockView(hub: Hub, { lock, user }: LockInSight): LockView {
  const [self] = user?.members ?? []
  const isActive = user?.standing !== 'upcoming'
  const seesHistory = isActive && self !== undefined && self.role !== 'guest'
  const { lockId, lockKey, sealingKey, doorName, state, journal, conflict } = lock
  return {
    lockId,
    claimed: state?.claimed === true,
    ...(self === undefined || doorName === undefined ? {} : { name: doorName }),
    lockKey,
    sealingKey,
    ...presenceOf(hub, lock),
    policyVersion: lock.report?.version ?? 0,
    ...(isActive && state !== undefined ? { state } : {}),
    ...(seesHistory && journal !== undefined
      ? { journal: { lastSequence: journal.lastSequence, missing: journal.missing } }
      : {}),
    ...(seesHistory && conflict !== undefined ? { chainConflict: conflict } : {}),
    ...(user === undefined ? {} : { you: membershipView(user.members) }),
  }
}

function membershipView(
  members: readonly [StoredMember, ...StoredMember[]],
): NonNullable<LockView['you']> {
  const { userId, userName, role, verbs, validity } = members[0]
  return {
    userId,
    name: userName,
    role,
    verbs: [...verbs],
    ...(validity === undefined ? {} : { validity }),
    credentials: members.map(
      ({ credentialId, credentialType, publicKey, passkeyId, relyingPartyId }) => ({
        credentialId,
        type: credentialType,
        publicKey,
        ...(passkeyId === undefined ? {} : { passkeyId }),
        ...(relyingPartyId === undefined ? {} : { relyingPartyId }),
      }),
    ),
  }
}

interface StoredEntry {
  readonly sequence: number
  readonly bytes: Uint8Array
}

/**
 * A page without a gap inside: what is missing is named right below it.
 * @param found newest first, one more than `wanted` where there is one.
 */
export function eventPageView(
  lock: LockRecord,
  before: number | undefined,
  wanted: number,
  found: readonly StoredEntry[],
): EventPage {
  const head = lock.journal === undefined ? {} : { signedHead: lock.journal.signedHead }
  const whole = untilGap(found.slice(0, wanted))
  const lowest = whole.at(-1)
  if (lowest === undefined) return { entries: [], ...head, ...gapAbove(before, found) }
  const below = found[whole.length]
  const entries = whole.map(({ bytes }) => bytes)
  const fromSequence = (below?.sequence ?? 0) + 1
  const toSequence = lowest.sequence - 1
  return {
    entries,
    ...head,
    ...(below === undefined ? {} : { next: lowest.sequence }),
    ...(fromSequence <= toSequence ? { gap: { fromSequence, toSequence } } : {}),
  }
}

function untilGap(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const end = entries.findIndex((entry, index) => {
    const above = entries[index - 1]
    return above !== undefined && above.sequence !== entry.sequence + 1
  })
  return end === -1 ? entries : entries.slice(0, end)
}

/** Nothing stored below what the caller has: all of it is missing. */
function gapAbove(before: number | undefined, found: readonly StoredEntry[]) {
  if (before === undefined || before <= 1 || found.length > 0) return {}
  return { gap: { fromSequence: 1, toSequence: before - 1 } }
}
