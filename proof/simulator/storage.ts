import { createMemoryDisk } from '@mortise/lock/testing'
import type { DiskParts, SimulatedDisk } from './disk.ts'
import { fileDisk } from './file-disk.ts'
import { powerCut } from './trouble.ts'

/** `disk`: the product's own store on SQLite, in a folder of main memory where there is one. */
export type StoreKind = 'memory' | 'disk'

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
