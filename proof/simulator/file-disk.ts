import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreWrite } from '@mortise/lock'
import { openDisk } from '@mortise/lock/testing'
import type { StoreSize } from '@mortise/lock/testing'
import { drawCut } from '#proof/powercut/cuts.ts'
import { putImage, readImage } from '#proof/powercut/image.ts'
import type { Image } from '#proof/powercut/image.ts'
import { openAccount } from './account.ts'
import type { Account } from './account.ts'
import type { DiskParts, OpenedLife, SimulatedDisk } from './disk.ts'
import { powerCut } from './trouble.ts'
import type { CommitTrouble } from './trouble.ts'

/** One of three real stores has so little room that its journal has to give way within the year. */
const smallStore: StoreSize = { bytesMax: 512 * 1024, reserveBytes: 128 * 1024 }
/** What is held back is only written and never read, and main memory is dear. */
const usualStore: StoreSize = { reserveBytes: 512 * 1024 }

/**
 * The product's own store. Where the power goes while it writes, its files become one of the states
 * that proof/powercut makes of the files before and after; what is found there is held against
 * everything that was acknowledged.
 */
export function fileDisk(parts: DiskParts): SimulatedDisk {
  const memory = '/dev/shm'
  const root = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'mortise-world-'))
  const folder = join(root, 'lived')
  const account = openAccount(folder, join(root, 'tried'))
  return {
    open: (trouble) => openFiles({ ...parts, folder, account, trouble }),
    remove() {
      const wrong = account.differences()
      if (wrong !== undefined) parts.witness.lost(`at the end: ${wrong}`)
      rmSync(root, { recursive: true, force: true })
    },
  }
}

interface Open extends DiskParts {
  readonly folder: string
  readonly account: Account
  readonly trouble: CommitTrouble
}

function openFiles(parts: Open): OpenedLife {
  const { folder, account, trouble, seed, crypto } = parts
  let writes: readonly StoreWrite[] = []
  /** While the power goes: the states in which each try of the commit began. */
  let begun: Image[] | undefined
  account.opened()
  const { store, secrets } = openDisk({
    folder: join(folder, 'lock'),
    random: { bytes: crypto.randomBytes },
    storeSize: seed % 3 === 0 ? smallStore : usualStore,
    onWritePoint(point) {
      if (begun !== undefined) {
        if (point === 'commitBegun') begun.push(readImage(folder))
      } else if (point === 'commitDurable') {
        account.acknowledged(writes)
        trouble.after(writes)
      } else if (point.startsWith('commit')) {
        trouble.before()
        if (point !== 'commitReady') return
        trouble.fails()
        trouble.fills()
      }
    },
  })
  /** What a disk that is late may still be at: so many commits ago. */
  const early: Image[] = []
  const statesOf = (work: () => void): readonly Image[] => {
    const before = early[0] ?? readImage(folder)
    const tries: Image[] = []
    begun = tries
    try {
      work()
    } finally {
      begun = undefined
    }
    // A commit that found no room was begun again, after the log had been written back for it.
    return [before, ...tries.slice(1), readImage(folder)]
  }
  let isOpen = true
  const watched: typeof store = {
    ...store,
    commit(next) {
      writes = next
      if (parts.isLate) remember(early, readImage(folder))
      const cutSeed = next.length === 0 ? undefined : trouble.within()
      if (cutSeed === undefined) return store.commit(next)
      const states = statesOf(() => store.commit(next))
      isOpen = false
      store.close()
      if (leave(parts, states, cutSeed, next)) trouble.after(next)
      throw powerCut()
    },
    close() {
      const cutSeed = isOpen ? trouble.within() : undefined
      isOpen = false
      if (cutSeed === undefined) return store.close()
      leave(parts, statesOf(store.close), cutSeed, [])
    },
  }
  return { store: watched, identity: secrets }
}

const lateCommits = 3

function remember(early: Image[], image: Image): void {
  early.push(image)
  early.splice(0, early.length - lateCommits)
}

/**
 * Leaves on the disk what the power cut leaves.
 * @returns whether the commit is there
 */
function leave(
  { folder, account, witness }: Open,
  states: readonly Image[],
  seed: number,
  writes: readonly StoreWrite[],
): boolean {
  const whole = states.at(-1) ?? readImage(folder)
  const number = seed % Math.max(1, states.length - 1)
  const cut = drawCut(states[number] ?? whole, states[number + 1] ?? whole, seed)
  const left = cut.image()
  const { wrong, isThere = true } = account.compare(left, writes)
  // With something lost the world ends in order, on a disk that has lost nothing.
  putImage(folder, wrong === undefined ? left : whole)
  if (wrong !== undefined) witness.lost(`${cut.name}: ${wrong}`)
  return isThere
}
