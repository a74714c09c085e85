import assert from 'node:assert/strict'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readDisk } from '#proof/crash/kept.ts'
import { isNextLife } from '#proof/crash/set-back.ts'
import { judge } from '#proof/crash/verdict.ts'
import type { Kept } from '#proof/crash/kept.ts'
import { cheapPinHasher } from '#proof/testing/cheap-hash.ts'
import { cutsBetween } from './cuts.ts'
import type { CutOptions } from './cuts.ts'
import { writeImage } from './image.ts'
import type { Image } from './image.ts'
import { prepare, record } from './recorded-life.ts'
import type { Deed, Moment } from './recorded-life.ts'

/** What a deed left behind, commit by commit. */
export interface Survey {
  readonly moments: readonly Moment[]
  /** What the disk holds before the deed and after it. */
  readonly before: Kept
  readonly after: Kept
}

/** Lets the deed happen once below this folder. */
export async function survey(root: string, deed: Deed): Promise<Survey> {
  const folder = join(root, 'lived')
  if (deed.prepare !== undefined) await prepare(folder, deed)
  const before = deed.prepare === undefined ? nothing : readDisk(folder)
  const moments = await record(folder, deed)
  return { moments, before, after: readDisk(folder) }
}

/** Nobody has written here before the first start. */
const nothing: Kept = { pinTags: [], bindings: [], usages: [], entries: [] }

/** What a lock would find that starts on this image; keys that a reset made may be others each time. */
function keptIn(scratch: string, image: Image, template: string, origin: Kept) {
  writeImage(scratch, image, template)
  const kept = readDisk(scratch)
  return { ...kept, keys: undefined, isNextLife: isNextLife(origin, kept) }
}

/**
 * Opens every state in which a power cut may leave one commit.
 * @param origin what the disk held before the deed
 * @returns how many there were
 * @throws AssertionError when one holds something else than before the commit or after it
 */
export function openEveryCut(
  scratch: string,
  { before, after, template }: Moment,
  origin: Kept,
  options: CutOptions,
): number {
  const possible = [before, after].map((image) => keptIn(scratch, image, template, origin))
  let count = 0
  for (const { name, image } of cutsBetween(before, after, options)) {
    const kept = keptIn(scratch, image(), template, origin)
    const isWhole = possible.some((expected) => isDeepStrictEqual(kept, expected))
    assert.ok(isWhole, `${name}: neither all of the commit nor none of it`)
    count += 1
  }
  return count
}

/** Starts the lock on what the disk held when a commit began, and judges it. */
export async function judgeCutPoint(
  scratch: string,
  { before, after }: Survey,
  { template, seen, ...images }: Moment,
  { storeSize, darkMs = 0 }: Deed,
): Promise<void> {
  writeImage(scratch, images.before, template)
  await judge(
    scratch,
    before,
    after,
    { seen },
    { pinHasher: cheapPinHasher, aheadMs: darkMs, ...(storeSize && { storeSize }) },
  )
}
