import { cpSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Store, Stored, StoreWrite } from '@mortise/lock'
import { createMemoryDisk, createSystemRandom, openDisk, STORE_FILE } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import { putImage } from '#proof/powercut/image.ts'
import type { Image } from '#proof/powercut/image.ts'

/** Everything that a lock's disk has acknowledged, kept apart from it. */
export interface Account {
  readonly acknowledged: (writes: readonly StoreWrite[]) => void
  /** Somebody opens the disk. Of a life that a factory reset has ended, nothing is left then. */
  readonly opened: () => void
  /**
   * Opens a copy of what a power cut has left of a commit.
   * @returns what is wrong with it, or whether the commit is there; then it counts as acknowledged
   */
  readonly compare: (left: Image, writes: readonly StoreWrite[]) => Comparison
  /** What the whole of the disk, which nobody has open, differs by. */
  readonly differences: () => string | undefined
}

type Comparison =
  | { readonly wrong: string; readonly isThere?: never }
  | { readonly wrong?: never; readonly isThere: boolean }

/** How far back the journal is compared after each cut; all of it is at the end of a world. */
const newestEntries = 60

/** @param lived the folder of the lock; `tried` will be one for copies of it */
export function openAccount(lived: string, tried: string): Account {
  const memory = createMemoryDisk()
  let kept = memory.open()
  /** A life is over, and whoever opens the disk next finds none of it. */
  let isOver = false
  const commit = (writes: readonly StoreWrite[]): void => {
    kept.commit(writes)
    isOver ||= writes.some(({ type }) => type === 'factoryReset')
  }
  const begin = (): void => {
    if (!isOver) return
    isOver = false
    kept.close()
    kept = memory.open()
  }
  const open = (folder: string): Store =>
    openDisk({ folder: join(folder, 'lock'), random: createSystemRandom() }).store
  const differences = (folder: string, entries: number): string | undefined => {
    try {
      const store = open(folder)
      try {
        const wanted = isOver ? createMemoryDisk().open() : kept
        return difference(contentOf(store, entries), contentOf(wanted, entries))
      } finally {
        store.close()
      }
    } catch (error) {
      return error instanceof MortiseError ? `cannot be read: ${error.code}` : String(error)
    }
  }
  return {
    acknowledged: commit,
    opened: begin,
    compare(left, writes) {
      copyKeys(lived, tried)
      putImage(tried, left)
      const before = differences(tried, newestEntries)
      if (before === undefined || writes.length === 0) return told(before, false)
      commit(writes)
      return told(differences(tried, newestEntries), true)
    },
    differences: () => differences(lived, Infinity),
  }
}

function told(wrong: string | undefined, isThere: boolean): Comparison {
  return wrong === undefined ? { isThere } : { wrong }
}

/** A store opens only with the keys of its lock beside it. */
function copyKeys(lived: string, tried: string): void {
  mkdirSync(tried, { recursive: true })
  const filter = (path: string): boolean => !basename(path).startsWith(STORE_FILE)
  cpSync(lived, tried, { recursive: true, filter })
}

type Content = Stored & { readonly entries: readonly string[] }

/** In an order that every store has. */
function contentOf(store: Store, entriesMax: number): Content {
  const stored = store.load()
  const newest = stored.newestEntry?.sequence ?? 0
  const from = Math.max(1, newest - entriesMax)
  const entries = store.entriesFrom(from, newest).map(toHex)
  const byId = <Value>(values: readonly Value[], idOf: (value: Value) => Uint8Array) =>
    values.toSorted((one, other) => Buffer.compare(idOf(one), idOf(other)))
  return {
    ...stored,
    pinTags: byId(stored.pinTags, ({ credentialId }) => credentialId),
    usages: byId(stored.usages, ({ userId }) => userId),
    entries,
  }
}

function difference(found: Content, wanted: Content): string | undefined {
  if (isDeepStrictEqual(found, wanted)) return undefined
  const of = ({ newestEntry, registers, entries }: Content): string =>
    JSON.stringify({ newest: newestEntry?.sequence, entries: entries.length, registers })
  return `${of(found)} instead of ${of(wanted)}`
}
