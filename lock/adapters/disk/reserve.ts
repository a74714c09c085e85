import { randomFillSync } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { StoreRoom } from '#lock/ports/store.ts'
import { keepPrivate, syncFolder } from './files.ts'

/**
 * SQLite's log grows to a thousand pages before it is written back and used again, so this is room
 * for the log twice over; by then old entries have gone, and new ones take their pages.
 */
const RESERVE_BYTES = 8 * 1024 * 1024

/** Written and synced between two turns, so it is little. */
const STEP_BYTES = 256 * 1024

/** Blocks of the disk that nothing else can take, given up when the store needs them. */
export interface Reserve {
  /** Gives it up; false when there is none left. */
  readonly spend: () => boolean
  /** One step towards having it again. */
  readonly grow: () => void
  readonly room: () => StoreRoom
}

/** @param bytes its full size */
export function openReserve(path: string, bytes: number = RESERVE_BYTES): Reserve {
  keepPrivate(path)
  let size = existsSync(path) ? statSync(path).size : 0
  let isSpent = false
  const spend = (): boolean => {
    const had = size > 0
    isSpent = true
    size = 0
    rmSync(path, { force: true })
    // Some file systems hand out freed blocks only once they know durably that they are free.
    syncFolder(dirname(path))
    return had
  }
  return {
    spend,
    grow() {
      if (size >= bytes) return
      try {
        size += append(path, Math.min(STEP_BYTES, bytes - size))
        isSpent &&= size < bytes
      } catch {
        spend()
      }
    },
    room() {
      const freeBytes = freeBytesAround(path)
      const reserve = isSpent ? 'spent' : size < bytes ? 'growing' : 'whole'
      return { reserve, ...(freeBytes === undefined ? {} : { freeBytes }) }
    },
  }
}

/** Whether the log could take what the database needs to grow by, or what shall become the reserve. */
export function isRoomDear({ reserve, freeBytes = Infinity }: StoreRoom): boolean {
  return reserve !== 'whole' && freeBytes < 2 * RESERVE_BYTES
}

function append(path: string, count: number): number {
  // Zeros would be compressed away, or kept as a hole, by some file systems.
  const block = randomFillSync(new Uint8Array(count))
  const handle = openSync(path, 'a', 0o600)
  try {
    const written = writeSync(handle, block)
    fsyncSync(handle)
    return written
  } finally {
    closeSync(handle)
  }
}

/** What this process may still write; undefined where the platform does not tell. */
function freeBytesAround(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  } catch {
    return undefined
  }
}
