import { isHousehold, noUsage, userTypeOf } from '@mortise/access'
import type { Usage } from '@mortise/access'
import { toHex } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import type { CoreState, StoredUsage } from '#core/turn/state.ts'
import { momentNow, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** How often a person has opened, as far as it is counted. */
export function usageOf({ usages }: Pick<CoreState, 'usages'>, userId: Uint8Array): Usage {
  return usages.get(toHex(userId)) ?? noUsage
}

/**
 * A person was let in: counted in the very write that holds the intent, so that no crash gives a
 * second use. Counts whether or not the bolt had to move, because the door was theirs to open.
 */
export function countVisit(turn: Turn, user: User): void {
  const { ms } = momentNow(turn)
  if (isHousehold(user.role)) updateRegisters(turn, { householdOpenedMs: ms })
  if (!isCounted(user)) return
  const before = usageOf(turn.state, user.id)
  const usage = { uses: before.uses + 1, firstUseMs: before.firstUseMs ?? ms }
  turn.writes.push({ type: 'usage', userId: user.id, usage })
  update(turn, { usages: new Map(turn.state.usages).set(toHex(user.id), usage) })
}

/** Most people's comings are in the journal only: a count for everybody would be a write for nothing. */
function isCounted(user: User): boolean {
  const type = userTypeOf(user)
  return type === 'disposableUser' || type === 'expiringUser' || user.useLimit !== undefined
}

/** Forgets the counts of people who are gone, in the write that removes them. */
export function forgetUsages(turn: Turn, isThere: (userIdHex: string) => boolean): void {
  const gone = [...turn.state.usages.keys()].filter((userId) => !isThere(userId))
  if (gone.length === 0) return
  const usages = new Map(turn.state.usages)
  for (const userId of gone) {
    usages.delete(userId)
    turn.writes.push({ type: 'usageRemoved', userId: Uint8Array.fromHex(userId) })
  }
  update(turn, { usages })
}

/** What the store loaded. */
export function loadUsages(stored: readonly StoredUsage[]): ReadonlyMap<string, Usage> {
  return new Map(stored.map(({ userId, usage }) => [toHex(userId), usage]))
}
