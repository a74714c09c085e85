import type { JobId } from '#core/inputs.ts'
import type { MatterAnswer } from '#core/matter/commands.ts'
import type { MatterJob } from '#core/turn/state.ts'
import { act, nextJob, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A slow hash on a slow board takes a second; a Matter controller gives up after a few. */
export const matterHashMsMax = 10_000

/** True while a hash for this channel is under way: one at a time, so that nobody floods the hasher. */
export function isMatterBusy(turn: Turn): boolean {
  const { matterJob } = turn.state
  return matterJob !== undefined && turn.now.monotonicMs < matterJob.deadlineMonotonicMs
}

/** Remembers what waits for a hash. */
export function beginMatterJob(turn: Turn, work: MatterJob['work']): JobId {
  const job = nextJob(turn)
  const deadlineMonotonicMs = turn.now.monotonicMs + matterHashMsMax
  update(turn, { matterJob: { job, work, deadlineMonotonicMs } })
  return job
}

/** Tells the adapter. */
export function answerMatter(turn: Turn, requestId: number, answer: MatterAnswer): void {
  act(turn, { type: 'matterResult', requestId, answer })
}
