import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '@mortise/lock'
import type { OnWritePoint, StoreSize, WritePoint } from '@mortise/lock/testing'
import type { Scenario, Seen } from '#proof/crash/acts.ts'
import { cheapPinHasher } from '#proof/testing/cheap-hash.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { readImage } from './image.ts'
import type { Image } from './image.ts'

/** One commit, or the end of the lock: the disk before it and after. */
export interface Moment {
  readonly before: Image
  readonly after: Image
  /** What somebody outside had seen by then. */
  readonly seen: readonly Seen[]
  /** A copy of the folder at that time: keys and door are as they were. */
  readonly template: string
}

/** A deed, with how small its store is. */
export interface Deed extends Scenario {
  readonly storeSize?: StoreSize
  /** Writes what another deed writes as well: left to the long search. */
  readonly isLikeAnother?: true
}

function openIn(
  folder: string,
  deed: Deed,
  around?: (store: Store) => Store,
  onWritePoint?: OnWritePoint,
): DiskLock {
  const { storeSize, speed } = deed
  return openDiskLock({
    folder,
    pinHasher: cheapPinHasher,
    ...(storeSize && { storeSize }),
    ...(around && { storeAround: around }),
    ...(onWritePoint && { onWritePoint }),
    ...(around && speed !== undefined && { speed }),
  })
}

/** Makes the lock that the deed is then done to. */
export async function prepare(folder: string, deed: Deed): Promise<void> {
  const disk = openIn(folder, deed)
  await deed.prepare?.(disk)
  await disk.close()
}

/** Between these the store itself writes, when it is opened after a factory reset. */
const erasing: ReadonlySet<WritePoint> = new Set([
  'storeMigrated',
  'secretsDurable',
  'lifeStepWritten',
  'lifeErasing',
  'lifeErased',
  'lifeForgotten',
])

/** Does the deed in a prepared folder and copies the disk around each commit. */
export async function record(folder: string, deed: Deed): Promise<readonly Moment[]> {
  const moments: Moment[] = []
  const seen: Seen[] = []
  const between: Image[] = []
  let tries = 0
  let templates = 0
  const copy = (): Pick<Moment, 'before' | 'template'> => {
    templates += 1
    const template = join(folder, '..', `moment-${templates}`)
    mkdirSync(template, { recursive: true })
    cpSync(folder, template, { recursive: true })
    return { before: readImage(folder), template }
  }
  const moment = (work: () => void): void => {
    const { before, template } = copy()
    const seenBefore = [...seen]
    between.length = 0
    tries = 0
    work()
    const images = [before, ...between, readImage(folder)]
    for (const [index, after] of images.slice(1).entries()) {
      moments.push({ before: images[index] ?? before, after, seen: seenBefore, template })
    }
  }
  const around = (store: Store): Store => ({
    ...store,
    commit: (writes) => (writes.length === 0 ? undefined : moment(() => store.commit(writes))),
    close: () => moment(() => store.close()),
  })
  let opening: Pick<Moment, 'before' | 'template'> | undefined
  const disk = openIn(folder, deed, around, (point) => {
    // A commit that found no room is begun again, after the log has been written back for it.
    if (point === 'commitBegun') tries += 1
    if (point === 'markWritten' || (point === 'commitBegun' && tries > 1)) {
      between.push(readImage(folder))
    }
    if (!erasing.has(point)) return
    if (opening !== undefined && point !== 'storeMigrated') {
      moments.push({ ...opening, after: readImage(folder), seen: [...seen] })
    }
    opening = copy()
  })
  await deed.deed(disk, (one) => seen.push(one))
  await disk.close()
  return moments
}
