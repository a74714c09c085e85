import { randomBytes } from 'node:crypto'
import type { Random } from '#lock/ports/random.ts'

/** The operating system's generator. */
export function createSystemRandom(): Random {
  // Copied, because small Buffers share one pool and the contract forbids shared memory.
  return { bytes: (count) => new Uint8Array(randomBytes(count)) }
}
