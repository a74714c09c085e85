import type { DatabaseSync } from 'node:sqlite'
import { pragma } from './pragma.ts'

/**
 * The most that the store may grow to. The largest policy with its codes is about 10 MB, the longest
 * journal about 40; a journal of nothing but the longest entries meets this bound before its own.
 */
const STORE_BYTES_MAX = 128 * 1024 * 1024

/** What a commit that removes entries may need before it has freed anything. */
const SPARE_PAGES = 16

/** What tests make small. */
export interface StoreSize {
  /** The most that the file may grow to. */
  readonly bytesMax?: number
  /** By how much that gives way. */
  readonly sparePages?: number
  /** How much room is held back for when there is none. */
  readonly reserveBytes?: number
}

/** A bound on the size of the store that gives way once, a little. */
export interface Budget {
  /** False: it has given way already. */
  readonly raise: () => boolean
  readonly isRaised: () => boolean
  /** Pages inside the file that entries can take without its growing. */
  readonly freePages: () => number
  /** Takes the raise back as soon as what is stored fits without it. */
  readonly lower: () => void
}

/** Bounds the file; what is larger already stays as it is and grows no more. */
export function keepBudget(
  database: DatabaseSync,
  { bytesMax = STORE_BYTES_MAX, sparePages = SPARE_PAGES }: StoreSize,
): Budget {
  const pages = Math.floor(bytesMax / pragma(database, 'page_size'))
  let isRaised = false
  const bound = (max: number): void => database.exec(`pragma max_page_count = ${max}`)
  bound(pages)
  return {
    raise() {
      if (isRaised) return false
      isRaised = true
      bound(pages + sparePages)
      return true
    },
    isRaised: () => isRaised,
    freePages: () => pragma(database, 'freelist_count'),
    lower() {
      if (!isRaised) return
      const used = pragma(database, 'page_count') - pragma(database, 'freelist_count')
      // Half of the way below the bound, so that it does not give way again with the next entry.
      if (used > pages - sparePages / 2) return
      isRaised = false
      bound(pages)
    },
  }
}
