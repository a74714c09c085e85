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

/** Looks for one after another, so many at once, each in a thread of its own. */
export async function searchEach(
  orders: readonly SearchOrder[],
  workers: number,
  seen: (order: SearchOrder, sighted: Sighted) => void,
): Promise<void> {
  const left = [...orders]
  const work = async (): Promise<void> => {
    for (let order = left.shift(); order !== undefined; order = left.shift()) {
      seen(order, await searchFor(order))
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
}

/** Lets worlds happen around a lock with a fault in its source, until the auditor sees it. */
export function searchFor(order: SearchOrder): Promise<Sighted> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { workerData: order })
    worker.once('message', (sighted: Sighted) => {
      resolve(sighted)
      void worker.terminate()
    })
    worker.once('error', reject)
  })
}
