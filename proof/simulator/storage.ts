import { createMemoryDisk } from '@mortise/lock/testing'
import { utf8 } from '@mortise/protocol/wire'
import type { DiskParts, SimulatedDisk } from './disk.ts'
import { fileDisk } from './file-disk.ts'
import { powerCut } from './trouble.ts'

/** `disk`: the product's own store on SQLite, in a folder of main memory where there is one. */
export type StoreKind = 'memory' | 'disk'

export function diskOf(kind: StoreKind, parts: DiskParts): SimulatedDisk {
  return kind === 'disk' ? fileDisk(parts) : memoryDisk(parts)
}

/** Has no states between all of a commit and none of it, and is never full. */
function memoryDisk({ seed, crypto }: DiskParts): SimulatedDisk {
  const disk = createMemoryDisk()
  let life = 0
  let isOver = false
  const secret = (name: string): Uint8Array => crypto.sha256(utf8(`${name} ${seed} ${life}`))
  return {
    open({ before, fails, after, within }) {
      let cut: number | undefined
      if (isOver) life += 1
      isOver = false
      const store = disk.open({
        beforeDurable() {
          before()
          fails()
          cut = within()
          if (cut !== undefined && cut % 2 === 0) throw powerCut()
        },
        afterDurable(writes) {
          isOver ||= writes.some(({ type }) => type === 'factoryReset')
          after(writes)
          if (cut !== undefined) throw powerCut()
        },
      })
      const identity = { identitySeed: secret('identity'), sealingPrivateKey: secret('sealing') }
      return { store, identity }
    },
    remove: () => {},
  }
}
