import type { Store } from '@mortise/lock'
import { createMemoryDisk } from '@mortise/lock/testing'
import type { SealCrypto } from '@mortise/protocol/seal'
import { fileDisk } from './file-disk.ts'
import { powerCut } from './trouble.ts'
import type { CommitTrouble } from './trouble.ts'
import type { Witness } from './auditor/witness.ts'

/** `disk`: the product's own store on SQLite, in a folder of main memory where there is one. */
export type StoreKind = 'memory' | 'disk'

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

export function diskOf(kind: StoreKind, parts: DiskParts): SimulatedDisk {
  return kind === 'disk' ? fileDisk(parts) : memoryDisk()
}

/** Has no states between all of a commit and none of it, and is never full. */
function memoryDisk(): SimulatedDisk {
  const disk = createMemoryDisk()
  return {
    open({ before, fails, after, within }) {
      let cut: number | undefined
      return disk.open({
        beforeDurable() {
          before()
          fails()
          cut = within()
          if (cut !== undefined && cut % 2 === 0) throw powerCut()
        },
        afterDurable(writes) {
          after(writes)
          if (cut !== undefined) throw powerCut()
        },
      })
    },
    remove: () => {},
  }
}
