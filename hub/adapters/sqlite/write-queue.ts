import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { MortiseError } from '@mortise/protocol/errors'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

export type Writing<Value> = (transaction: Transaction<Tables>) => Promise<Value>

/** Applies writes in order, as many as are pending in one commit, and resolves each after it. */
export interface WriteQueue {
  readonly write: <Value>(writing: Writing<Value>) => Promise<Value>
  /** Resolves when nothing is pending. */
  readonly drain: () => Promise<void>
}

/** One job of a batch: tells afterwards how it went. */
interface Job {
  readonly run: (transaction: Transaction<Tables>) => Promise<void>
  readonly settle: (failure: unknown) => void
}

/** One sync of the disk pays for all of these; more would only make the first one wait. */
const jobsPerCommitMax = 256

export function createWriteQueue(db: Kysely<Tables>): WriteQueue {
  let pending: Job[] = []
  let working: Promise<void> | undefined

  const work = async (): Promise<void> => {
    // The turn that is under way may still bring writes for the same commit.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (pending.length > 0) {
      const batch = pending.slice(0, jobsPerCommitMax)
      pending = pending.slice(jobsPerCommitMax)
      await commit(db, batch)
    }
    working = undefined
  }

  const enqueue = (job: Job): void => {
    pending.push(job)
    working ??= work()
  }

  return {
    write: async (writing) => writeInBatch(enqueue, writing),
    drain: async () => {
      let current = working
      while (current !== undefined) {
        await current
        current = working
      }
    },
  }
}

async function writeInBatch<Value>(
  enqueue: (job: Job) => void,
  writing: Writing<Value>,
): Promise<Value> {
  const outcome: { value?: { readonly of: Value } } = {}
  const failure = await new Promise<unknown>((settle) => {
    enqueue({
      run: async (transaction) => {
        outcome.value = { of: await writing(transaction) }
      },
      settle,
    })
  })
  if (failure === undefined && outcome.value !== undefined) return outcome.value.of
  throw failure instanceof MortiseError
    ? failure
    : new MortiseError('world', 'storeFailed', 'the store did not take a write', { cause: failure })
}

/** One job that fails is undone alone; a commit that fails fails them all. */
async function commit(db: Kysely<Tables>, batch: readonly Job[]): Promise<void> {
  const failures = new Map<Job, unknown>()
  try {
    await db.transaction().execute(async (transaction) => {
      for (const job of batch) {
        await sql`savepoint job`.execute(transaction)
        try {
          await job.run(transaction)
        } catch (error) {
          failures.set(job, error ?? 'failed')
          await sql`rollback to job`.execute(transaction)
        }
        await sql`release job`.execute(transaction)
      }
    })
  } catch (error) {
    for (const job of batch) failures.set(job, error ?? 'failed')
  }
  for (const job of batch) job.settle(failures.get(job))
}
