import { Worker } from 'node:worker_threads'
import type { Claim } from './auditor/claims.ts'

/** Which fault of the source to look for, and for how long. */
export interface SearchOrder {
  readonly fault: string
  readonly worlds: number
  readonly days: number
}

export interface Sighted {
  /** Of the world that shows it; absent: none does. */
  readonly seed?: number
  readonly claim?: Claim
  readonly detail?: string
  /** Happenings until then, in all worlds. */
  readonly happened: number
}

/** Lets worlds happen around a lock with a fault in its source, until the auditor sees it. */
export function searchFor(order: SearchOrder): Promise<Sighted> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { workerData: order })
    worker.once('message', (sighted: Sighted) => resolve(sighted))
    worker.once('error', reject)
  })
}
