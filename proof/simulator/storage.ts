import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store, StoreWrite } from '@mortise/lock'
import { createMemoryDisk, openDisk } from '@mortise/lock/testing'
import type { SealCrypto } from '@mortise/protocol/seal'

/** `disk`: the product's own store on SQLite, in a folder of main memory where there is one. */
export type StoreKind = 'memory' | 'disk'

export interface CommitFaults {
  /** At every point of a commit at which nothing of it is durable yet. */
  readonly before: () => void
  /** These writes are durable, and the lock does not know it yet. */
  readonly after: (writes: readonly StoreWrite[]) => void
}

/** What outlives a lock's process. */
export interface SimulatedDisk {
  readonly open: (faults: CommitFaults) => Store
  readonly remove: () => void
}

export function diskOf(kind: StoreKind, crypto: SealCrypto): SimulatedDisk {
  return kind === 'disk' ? fileDisk(crypto) : memoryDisk()
}

function memoryDisk(): SimulatedDisk {
  const disk = createMemoryDisk()
  return {
    open: ({ before, after }) => disk.open({ beforeDurable: before, afterDurable: after }),
    remove: () => {},
  }
}

function fileDisk({ randomBytes }: SealCrypto): SimulatedDisk {
  const memory = '/dev/shm'
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'mortise-world-'))
  return {
    open({ before, after }) {
      let writes: readonly StoreWrite[] = []
      const { store } = openDisk({
        folder: join(folder, 'lock'),
        random: { bytes: randomBytes },
        onWritePoint(point) {
          if (point === 'commitDurable') after(writes)
          else if (point.startsWith('commit')) before()
        },
      })
      return {
        ...store,
        commit(next) {
          writes = next
          store.commit(next)
        },
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
