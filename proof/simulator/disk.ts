import type { Store } from '@mortise/lock'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { Witness } from './auditor/witness.ts'
import type { CommitTrouble } from './trouble.ts'

/** What outlives a lock's process. */
export interface SimulatedDisk {
  readonly open: (trouble: CommitTrouble) => Store
  readonly remove: () => void
}

export interface DiskParts {
  readonly seed: number
  readonly crypto: SealCrypto
  readonly witness: Witness
  /** A fault that is planted: it says too early that it has written. */
  readonly isLate: boolean
}
