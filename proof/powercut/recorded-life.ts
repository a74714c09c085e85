import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '@mortise/lock'
import type { OnWritePoint, StoreSize } from '@mortise/lock/testing'
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

/** Does the deed in a prepared folder and copies the disk around each commit. */
export async function record(folder: string, deed: Deed): Promise<readonly Moment[]> {
  const moments: Moment[] = []
  const seen: Seen[] = []
  const begun: Image[] = []
  const moment = (work: () => void): void => {
    const template = join(folder, '..', `moment-${moments.length}`)
    const before = readImage(folder)
    mkdirSync(template, { recursive: true })
    cpSync(folder, template, { recursive: true })
    const seenBefore = [...seen]
    begun.length = 0
    work()
    // A commit that found no room was begun again, after the log had been written back for it.
    const images = [before, ...begun.slice(1), readImage(folder)]
    for (const [index, after] of images.slice(1).entries()) {
      moments.push({ before: images[index] ?? before, after, seen: seenBefore, template })
    }
  }
  const around = (store: Store): Store => ({
    ...store,
    commit: (writes) => (writes.length === 0 ? undefined : moment(() => store.commit(writes))),
    close: () => moment(() => store.close()),
  })
  const disk = openIn(folder, deed, around, (point) => {
    if (point === 'commitBegun') begun.push(readImage(folder))
  })
  await deed.deed(disk, (one) => seen.push(one))
  await disk.close()
  return moments
}
