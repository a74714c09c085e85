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
 * @throws MortiseError `entrySequence` or `registerFell` (bug): the writes do not continue `before`.
 */
export function positionAfter(before: StorePosition, writes: readonly StoreWrite[]): StorePosition {
  let position = before
  for (const write of writes) {
    if (write.type === 'entry') {
      assertNext(position.newestSequence, write.sequence)
      position = { ...position, newestSequence: write.sequence }
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

function assertNotBack(before: StoredRegisters | undefined, after: StoredRegisters): void {
  if (before === undefined) return
  for (const name of RISING) {
    if (after[name] >= before[name]) continue
    const message = `${name} would fall from ${before[name]} to ${after[name]}`
    throw new MortiseError('bug', 'registerFell', message)
  }
}
