import type { LockPorts, Store } from '@mortise/lock'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { Witness } from './auditor/witness.ts'
import type { CommitTrouble } from './trouble.ts'

/** A lock's store, and the keys beside it. */
export interface OpenedLife {
  readonly store: Store
  readonly identity: LockPorts['identity']
}

/** What outlives a lock's process. A factory reset ends the life of its keys: the next opening finds others. */
export interface SimulatedDisk {
  readonly open: (trouble: CommitTrouble) => OpenedLife
  readonly remove: () => void
}

export interface DiskParts {
  readonly seed: number
  readonly crypto: SealCrypto
  readonly witness: Witness
  /** A fault that is planted: it says too early that it has written. */
  readonly isLate: boolean
}
