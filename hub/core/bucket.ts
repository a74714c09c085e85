/** How much somebody may do at once, and how fast that grows back. */
export interface BucketRate {
  readonly burst: number
  readonly perSecond: number
}

/** A token bucket. Time is whatever clock the caller uses throughout, in milliseconds. */
export interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** A bucket that nobody has taken from yet. */
export function fullBucket(rate: BucketRate, nowMs: number): Bucket {
  return { tokens: rate.burst, atMs: nowMs }
}

/** What a bucket holds at a moment. A clock that goes back adds nothing. */
export function refill(bucket: Bucket, rate: BucketRate, nowMs: number): Bucket {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs)
  const tokens = Math.min(rate.burst, bucket.tokens + (elapsedMs / 1_000) * rate.perSecond)
  return { tokens, atMs: Math.max(nowMs, bucket.atMs) }
}

export type Taken =
  | { readonly allowed: true; readonly bucket: Bucket }
  | { readonly allowed: false; readonly bucket: Bucket; readonly retryAfterSeconds: number }

/** Takes one token, or says in how many whole seconds there will be one. */
export function takeToken(bucket: Bucket, rate: BucketRate, nowMs: number): Taken {
  const filled = refill(bucket, rate, nowMs)
  if (filled.tokens >= 1) {
    return { allowed: true, bucket: { tokens: filled.tokens - 1, atMs: filled.atMs } }
  }
  const retryAfterSeconds = Math.ceil((1 - filled.tokens) / rate.perSecond)
  return { allowed: false, bucket: filled, retryAfterSeconds }
}

/** Nothing is lost by forgetting a full bucket. */
export function isFull(bucket: Bucket, rate: BucketRate, nowMs: number): boolean {
  return refill(bucket, rate, nowMs).tokens >= rate.burst
}
