import { assertInvariant } from '@mortise/protocol/errors'
import { limits } from '@mortise/protocol/limits'
import type { Turn } from '#core/turn/turn.ts'

/** A second try frees most bolts that a door leans on; a third one burns the motor. */
export const drivesPerRequestMax = 2

/**
 * The motion-and-truth contract as far as one turn can show it. Kept on in production: a lock that
 * would break a promise stops before anything is written or moved.
 */
export function assertPromises(turn: Turn): void {
  assertDrives(turn)
  assertFloors(turn)
  assertChain(turn)
  assertPruning(turn)
}

/** No drive without its intent in the same write; one drive at a time; the register says which. */
function assertDrives({ before, state, effects }: Turn): void {
  const drives = effects.filter((effect) => effect.type === 'drive')
  assertInvariant(drives.length <= 1, 'a turn drives at most once')
  for (const { intent } of drives) {
    assertInvariant(state.registers.openIntent?.sequence === intent, 'a drive has its open intent')
    assertInvariant(intent > before.chain.sequence, 'a drive has an intent of the same turn')
    const attempt = state.bolt.drive?.attempt ?? 1
    const follows = before.bolt.drive === undefined || attempt > before.bolt.drive.attempt
    assertInvariant(follows, 'no drive starts while another is under way')
    assertInvariant(attempt <= drivesPerRequestMax, 'no motor is driven again and again')
  }
  for (const effect of effects) {
    if (effect.type !== 'pullLatch') continue
    const isOfThisTurn =
      effect.entry > before.chain.sequence && effect.entry <= state.chain.sequence
    assertInvariant(isOfThisTurn, 'a latch is pulled as an entry of the same turn tells')
    assertInvariant(state.bolt.position === 'retracted', 'a latch is pulled behind a drawn bolt')
  }
  const open = state.registers.openIntent?.sequence
  assertInvariant(open === state.bolt.drive?.intent, 'an intent is open exactly while it is driven')
}

function assertFloors({ before, state }: Turn): void {
  const [old, next] = [before.registers, state.registers]
  assertInvariant(next.timeFloorMs >= old.timeFloorMs, 'the time floor never goes back')
  assertInvariant(
    next.policyVersionFloor >= old.policyVersionFloor,
    'the policy version floor never goes back',
  )
  assertInvariant(next.boots >= old.boots, 'boots never go back')
  const version = state.policy?.view.policy.version
  assertInvariant(
    version === undefined || version === next.policyVersionFloor,
    'the policy in force is the highest that ever was',
  )
}

/** Writes come as one run of entries from the old end of the chain to the new one. */
function assertChain({ before, state, writes }: Turn): void {
  let { sequence } = before.chain
  for (const write of writes) {
    if (write.type !== 'entry') continue
    sequence += 1
    assertInvariant(write.sequence === sequence, 'sequences rise by one')
  }
  assertInvariant(sequence === state.chain.sequence, 'the chain ends with the last entry written')
}

/** Nothing is removed without its mark in the same write, and never what is still being written about. */
function assertPruning({ before, state, writes }: Turn): void {
  const pruned = writes.filter((write) => write.type === 'entriesPruned')
  assertInvariant(pruned.length <= 1, 'a turn prunes at most once')
  const [{ throughSequence } = { throughSequence: before.journalFrom - 1 }] = pruned
  assertInvariant(state.journalFrom === throughSequence + 1, 'the journal begins after its mark')
  assertInvariant(state.journalFrom >= before.journalFrom, 'the journal never begins earlier')
  if (pruned.length === 0) return
  const keptMin = limits.journalEntriesKeptMin
  assertInvariant(before.chain.sequence - throughSequence >= keptMin, 'the newest entries stay')
  assertInvariant(state.chain.sequence > before.chain.sequence, 'what is removed has its mark')
}
