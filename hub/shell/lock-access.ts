import { admissionRefusal, chooseUser } from '@mortise/hub-core'
import type { AdmissionRefusal, LockAction } from '@mortise/hub-core'
import type { LockRecord, LockWithMembers, StoredMember } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import { refusal } from '#hub/shell/refusal.ts'

/** A lock as one account stands to it. */
export interface LockInSight {
  readonly lock: LockRecord
  /** Absent for somebody who stands before an unclaimed lock. */
  readonly user?: {
    readonly standing: 'active' | 'upcoming'
    readonly members: readonly [StoredMember, ...StoredMember[]]
  }
}

export interface LockPage {
  readonly locks: readonly LockInSight[]
  readonly next?: string
}

/** Which locks an account sees, by what the locks themselves have signed. */
export interface LockAccess {
  /** @throws RestError `notFound`, `notAllowed` or `notYetValid`. */
  readonly reach: (accountId: string, lockId: string, action: LockAction) => Promise<LockInSight>
  readonly mayLearn: (accountId: string, lockId: string, action: LockAction) => Promise<boolean>
  readonly list: (accountId: string, after: string | undefined, limit: number) => Promise<LockPage>
}

export function createLockAccess({
  store,
  clock,
}: Pick<HubDependencies, 'store' | 'clock'>): LockAccess {
  const sight = ({ lock, members }: LockWithMembers): LockInSight => {
    const user = chooseUser(members, clock.nowMs())
    return { lock, ...(user === undefined ? {} : { user }) }
  }

  const judge = async (
    accountId: string,
    lockId: string,
    action: LockAction,
  ): Promise<{ readonly seen?: LockInSight; readonly refused?: AdmissionRefusal }> => {
    const found = await store.findLockFor(accountId, lockId)
    if (found === undefined) return { refused: 'notFound' }
    const seen = sight(found)
    const refused = admissionRefusal(action, {
      unclaimed: found.lock.state?.claimed === false,
      ...(seen.user === undefined
        ? {}
        : { user: { role: seen.user.members[0].role, standing: seen.user.standing } }),
    })
    return refused === undefined ? { seen } : { refused }
  }

  return {
    reach: async (accountId, lockId, action) => {
      const { seen, refused } = await judge(accountId, lockId, action)
      if (seen === undefined) throw refusal(refused ?? 'notFound')
      return seen
    },
    mayLearn: async (accountId, lockId, action) =>
      (await judge(accountId, lockId, action)).seen !== undefined,
    list: async (accountId, after, limit) => {
      const found = await store.listLocksOf(accountId, after, limit)
      const last = found.length < limit ? undefined : found.at(-1)?.lock.lockId
      const locks = found.map(sight).filter(({ user }) => user !== undefined)
      return { locks, ...(last === undefined ? {} : { next: last }) }
    },
  }
}
