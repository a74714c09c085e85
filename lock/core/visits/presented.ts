import { holderOf } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import { bytesEqual } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import { actorFields, record } from '#core/journal/record.ts'
import { update } from '#core/turn/turn.ts'
import type { Actor, CoreState, Presented } from '#core/turn/state.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Long enough to take a phone out of a bag; short enough that it is the same person at the same door. */
export const presentedMs = 60_000
/** Several people may come at once; more than these are no family. */
export const presentedMax = 16

/** The ids of credentials that were proved and still wait for another one. */
export function presentedNow(
  { presented }: Pick<CoreState, 'presented'>,
  monotonicMs: number,
): readonly Uint8Array[] {
  return presented
    .filter(({ untilMonotonicMs }) => monotonicMs < untilMonotonicMs)
    .map(({ credentialId }) => credentialId)
}

/**
 * Remembers a good credential of somebody who needs more than one, in memory only.
 * @returns the sequence of its entry
 */
export function present(turn: Turn, actor: Actor): number {
  const { credential } = actor
  if (credential !== undefined) {
    const untilMonotonicMs = turn.now.monotonicMs + presentedMs
    const others = turn.state.presented.filter(
      (one) =>
        turn.now.monotonicMs < one.untilMonotonicMs && !bytesEqual(one.credentialId, credential.id),
    )
    const kept = others.slice(Math.max(0, others.length + 1 - presentedMax))
    update(turn, { presented: [...kept, { credentialId: credential.id, untilMonotonicMs }] })
  }
  return record(turn, {
    type: 'credentialPresented',
    ...actorFields(actor),
    outcome: 'refused',
    reason: 'anotherCredentialNeeded',
  })
}

/** A person has opened: what they had shown for it does not wait for another opening. */
export function usePresented(turn: Turn, user: User): void {
  const view = turn.state.policy?.view
  assertInvariant(view !== undefined, 'whoever opens stands in a policy')
  keepPresented(turn, ({ credentialId }) => holderOf(view, credentialId)?.user !== user)
}

/** Forgets those that belong to nobody any more. */
export function keepPresented(turn: Turn, stays: (presented: Presented) => boolean): void {
  if (turn.state.presented.length === 0) return
  update(turn, { presented: turn.state.presented.filter(stays) })
}
