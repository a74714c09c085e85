import { fullBucket, isFull, rates, takeToken } from '@mortise/hub-core'
import type { Bucket, RateName } from '@mortise/hub-core'
import type { Clock } from '#hub/ports/clock.ts'
import { refusal } from '#hub/shell/refusal.ts'

/** Buckets that are kept. Beyond it the oldest is forgotten, which forgives and never punishes. */
const bucketsMax = 20_000

export interface Limiter {
  /** @throws RestError `rateLimited` with the seconds to wait. */
  readonly take: (rate: RateName, key: string) => void
}

/** Token buckets by rate and key, in memory: a restart forgives. */
export function createLimiter(clock: Pick<Clock, 'nowMs'>): Limiter {
  const buckets = new Map<string, { readonly rate: RateName; readonly bucket: Bucket }>()

  const forget = (nowMs: number): void => {
    for (const [key, { rate, bucket }] of buckets) {
      if (isFull(bucket, rates[rate], nowMs)) buckets.delete(key)
    }
    for (const key of buckets.keys()) {
      if (buckets.size < bucketsMax) break
      buckets.delete(key)
    }
  }

  return {
    take: (rate, key) => {
      const nowMs = clock.nowMs()
      const name = `${rate} ${key}`
      const known = buckets.get(name)?.bucket ?? fullBucket(rates[rate], nowMs)
      const taken = takeToken(known, rates[rate], nowMs)
      // A Map iterates in insertion order: re-inserting on use keeps the oldest first.
      buckets.delete(name)
      if (buckets.size >= bucketsMax) forget(nowMs)
      buckets.set(name, { rate, bucket: taken.bucket })
      if (!taken.allowed) throw refusal('rateLimited', taken.retryAfterSeconds)
    },
  }
}
