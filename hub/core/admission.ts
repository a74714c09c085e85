import type { Role } from '@mortise/protocol/words'

/** What an account may want of a lock. */
export type LockAction = 'see' | 'readState' | 'readPolicy' | 'readJournal' | 'relay'

/** What counts for the answer. */
export interface AdmissionFacts {
  /** A state that the lock signed says that nobody has claimed it. */
  readonly unclaimed: boolean
  /** Who the account is there; absent for a stranger, or when their time is over. */
  readonly user?: { readonly role: Role; readonly standing: 'active' | 'upcoming' }
}

export type AdmissionRefusal = 'notFound' | 'notAllowed' | 'notYetValid'

/**
 * Whether an account may do something with a lock.
 *
 * Guests see the door and reach it, and learn nothing of the other people: no policy, no journal.
 * Before a guest's time they see that they are invited, and not what the door does meanwhile.
 * Somebody who stands before an unclaimed lock must be able to claim it, so every account reaches it.
 * @returns undefined when it is allowed. Strangers get `notFound`, as if the lock did not exist.
 */
export function admissionRefusal(
  action: LockAction,
  { unclaimed, user }: AdmissionFacts,
): AdmissionRefusal | undefined {
  if (user === undefined)
    return unclaimed && openWhileUnclaimed.has(action) ? undefined : 'notFound'
  if (action === 'see') return undefined
  if (user.standing === 'upcoming') return 'notYetValid'
  return user.role === 'guest' && !openToGuests.has(action) ? 'notAllowed' : undefined
}

const openWhileUnclaimed: ReadonlySet<LockAction> = new Set<LockAction>([
  'see',
  'readState',
  'relay',
])
const openToGuests: ReadonlySet<LockAction> = new Set<LockAction>(['see', 'readState', 'relay'])
