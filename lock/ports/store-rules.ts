import { MortiseError } from '@mortise/protocol/errors'
import type { StoreWrite, StoredRegisters } from './store.ts'

/** What a commit must continue. */
export interface StorePosition {
  /** 0 while the journal is empty. */
  readonly newestSequence: number
  readonly registers?: StoredRegisters
}

const RISING = ['boots', 'timeFloorMs', 'policyVersionFloor'] as const

/**
 * Where the store stands after these writes.
 * @throws MortiseError `entrySequence`, `prunedTooFar` or `registerFell` (bug): the writes do not continue `before`.
 */
export function positionAfter(before: StorePosition, writes: readonly StoreWrite[]): StorePosition {
  let position = before
  for (const write of writes) {
    if (write.type === 'entry') {
      assertNext(position.newestSequence, write.sequence)
      position = { ...position, newestSequence: write.sequence }
    } else if (write.type === 'entriesPruned') {
      assertChainEndStays(position.newestSequence, write.throughSequence)
    } else if (write.type === 'registers') {
      assertNotBack(position.registers, write.registers)
      position = { ...position, registers: write.registers }
    }
  }
  return position
}

function assertNext(newestSequence: number, sequence: number): void {
  if (sequence === newestSequence + 1) return
  const message = `entry ${sequence} does not follow ${newestSequence}`
  throw new MortiseError('bug', 'entrySequence', message)
}

/** Without its newest entry a journal could not be continued. */
function assertChainEndStays(newestSequence: number, throughSequence: number): void {
  if (throughSequence < newestSequence) return
  const message = `entry ${throughSequence} would go, and ${newestSequence} is the newest`
  throw new MortiseError('bug', 'prunedTooFar', message)
}

function assertNotBack(before: StoredRegisters | undefined, after: StoredRegisters): void {
  if (before === undefined) return
  for (const name of RISING) {
    if (after[name] >= before[name]) continue
    const message = `${name} would fall from ${before[name]} to ${after[name]}`
    throw new MortiseError('bug', 'registerFell', message)
  }
}

/** The writes in the order in which they are carried out: what is removed makes room for the rest. */
export function removalsFirst(writes: readonly StoreWrite[]): readonly StoreWrite[] {
  const removals = writes.filter(({ type }) => type === 'entriesPruned')
  if (removals.length === 0) return writes
  return [...removals, ...writes.filter(({ type }) => type !== 'entriesPruned')]
}
