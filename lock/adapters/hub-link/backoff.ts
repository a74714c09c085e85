import type { Random } from '#lock/ports/random.ts'

export interface Backoff {
  readonly minMs: number
  readonly maxMs: number
}

/** A home router or hub restarts within a minute; ten thousand locks must not come back at once. */
export const BACKOFF: Backoff = { minMs: 1_000, maxMs: 60_000 }

const RANDOM_RANGE = 2 ** 32

/**
 * How long to wait before the next attempt: anywhere between `minMs` and a ceiling that doubles
 * with each failure up to `maxMs`, so that locks that fell together do not return together.
 * @param failures attempts in a row that did not get through, from 0
 */
export function reconnectDelayMs(failures: number, backoff: Backoff, random: Random): number {
  const { minMs, maxMs } = backoff
  // Beyond 2 ** 30 the product would only leave the range of exact numbers.
  const ceilingMs = Math.min(maxMs, minMs * 2 ** (Math.min(failures, 30) + 1))
  const bytes = random.bytes(4)
  const fraction = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / RANDOM_RANGE
  return Math.round(minMs + fraction * Math.max(0, ceilingMs - minMs))
}
