import { seededRandom } from '@mortise/protocol/testing'
import type { Image } from './image.ts'

/** A state that the disk may be in after the power was cut. */
export interface Cut {
  readonly name: string
  readonly image: () => Image
}

export interface CutOptions {
  /** What the disk writes whole or not at all. */
  readonly sectorBytes: 512 | 4096
  readonly seed: number
  /** How many cuts in order of writing; absent: after each sector. */
  readonly orderedMax?: number
  /** How many in which the disk wrote in an order of its own. */
  readonly shuffled: number
}

type Random = ReturnType<typeof seededRandom>
type Bytes = Uint8Array | undefined

/** A power cut draws one of these; all of them are for those who look for longer. */
const few = { orderedMax: 3, shuffled: 2 } as const

/** One of the states between two moments, as the seed has it. */
export function drawCut(before: Image, after: Image, seed: number): Cut {
  const random = seededRandom(seed)
  const sectorBytes = random.next(2) === 0 ? 512 : 4096
  const cuts = [...cutsBetween(before, after, { ...few, seed, sectorBytes })]
  return cuts[random.next(cuts.length)] ?? { name: 'at the end', image: () => after }
}

/**
 * The states between two moments of one commit, or of the end of a lock.
 *
 * SQLite's order (https://sqlite.org/wal.html, "Checkpointing"; synchronous FULL): frames go to the log
 * and are synced; some time after, pages go from the log to the database and are synced; only then is
 * the log begun anew, which is part of the next commit. So there are two phases: the log is half
 * written over an old database; or the log is whole and the database half written. Within a phase
 * nothing is known to be durable, so any part of it may be, in any order.
 */
export function* cutsBetween(before: Image, after: Image, options: CutOptions): Generator<Cut> {
  const random = seededRandom(options.seed)
  const { database } = before
  // A log that was emptied is as good as one that was removed.
  const written = after.log?.length === 0 ? undefined : after.log
  if (written !== undefined) {
    for (const cut of partsOf(before.log, written, options, random)) {
      yield { name: `log ${cut.name}`, image: () => ({ database, log: cut.bytes() }) }
    }
  }
  const log = written ?? before.log
  for (const cut of partsOf(before.database, after.database, options, random)) {
    yield { name: `database ${cut.name}`, image: () => ({ database: cut.bytes(), log }) }
  }
  // The log of a lock that ended in order is removed; a removal that is not durable brings it back.
  if (written === undefined) {
    yield { name: 'log still there', image: () => ({ database: after.database, log }) }
  }
}

interface Part {
  readonly name: string
  readonly bytes: () => Bytes
}

/** The ways in which one file may be between two of its states. */
function* partsOf(
  before: Bytes,
  after: Bytes,
  { sectorBytes, orderedMax, shuffled }: CutOptions,
  random: Random,
): Generator<Part> {
  if (after === undefined) return
  const old = before ?? new Uint8Array()
  const changed = changedSectors(old, after, sectorBytes)
  const mix = (durable: readonly number[], sector?: number) => {
    const torn = sector === undefined ? undefined : { sector, seed: random.next(noises) }
    return () => mixed(old, after, sectorBytes, durable, torn)
  }
  for (const count of counts(changed.length, orderedMax, random)) {
    const durable = changed.slice(0, count)
    yield { name: `${count} of ${changed.length} sectors of ${sectorBytes}`, bytes: mix(durable) }
    const next = changed[count]
    if (next === undefined) continue
    yield { name: `and sector ${next} torn`, bytes: mix(durable, next) }
  }
  for (let index = 0; index < (changed.length > 1 ? shuffled : 0); index += 1) {
    const durable = changed.filter(() => random.next(2) === 0)
    yield { name: `sectors ${durable.join(' ')} alone`, bytes: mix(durable) }
  }
  if (after.length > old.length && changed.length > 0) {
    yield { name: 'longer, and nothing in it', bytes: () => grown(old, after.length) }
  }
}

function changedSectors(old: Uint8Array, next: Uint8Array, size: number): readonly number[] {
  const sectors = Math.ceil(Math.max(old.length, next.length) / size)
  return Array.from({ length: sectors }, (_, index) => index).filter((index) => {
    const [start, end] = [index * size, (index + 1) * size]
    return Buffer.compare(old.subarray(start, end), next.subarray(start, end)) !== 0
  })
}

/** How many of the sectors are written at the cuts: all counts, or the ends and some between. */
function counts(length: number, max: number | undefined, random: Random): readonly number[] {
  const all = Array.from({ length: length + 1 }, (_, count) => count)
  if (max === undefined || all.length <= max) return all
  const between = Array.from({ length: max - 2 }, () => 1 + random.next(length - 1))
  return [...new Set([0, ...between, length])].toSorted((left, right) => left - right)
}

/** A sector in which there is noise. */
interface Torn {
  readonly sector: number
  readonly seed: number
}
const noises = 2 ** 31

function mixed(
  old: Uint8Array,
  next: Uint8Array,
  size: number,
  durable: readonly number[],
  torn: Torn | undefined,
): Uint8Array {
  const reached = Math.max(...durable, torn?.sector ?? -1, -1)
  const end = Math.min(next.length, (reached + 1) * size)
  const bytes = grown(old, Math.max(old.length, end))
  for (const index of durable) {
    bytes.set(next.subarray(index * size, (index + 1) * size), index * size)
  }
  if (torn !== undefined) {
    const start = torn.sector * size
    const noise = seededRandom(torn.seed).bytes(Math.min(size, bytes.length - start))
    bytes.set(noise, start)
  }
  return bytes
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const longer = new Uint8Array(Math.max(bytes.length, length))
  longer.set(bytes)
  return longer
}
