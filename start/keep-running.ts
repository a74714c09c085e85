import { setTimeout as wait } from 'node:timers/promises'
import { runProgram } from '#start/children.ts'
import type { Program, RunningProgram } from '#start/children.ts'

/** Long enough to see that codes still open the door while the hub is away. */
const pauseMsMin = 5_000
const pauseMsMax = 60_000

/** A program that comes back when it ends by itself. */
export interface KeptProgram {
  /** What its first ready line said. */
  readonly ready: unknown
  /** Ends it for good. */
  readonly stop: () => Promise<void>
}

/** Tells the person what became of a program. */
export interface Teller {
  readonly ended: (program: Program, code: number | undefined, pauseMs: number) => void
  /** `ready` is what its new ready line said. */
  readonly back: (program: Program, ready: unknown) => void
}

/**
 * Starts a program and starts it again, after a pause that grows, whenever it ends by itself: hub
 * and lock live without each other, so one that ends is no reason to take the other away.
 * @throws MortiseError `programEnded` when the first start fails
 */
export async function keepRunning(
  program: Program,
  onLog: (line: string) => void,
  tell: Teller,
): Promise<KeptProgram> {
  const stopping = new AbortController()
  let current: RunningProgram | undefined = await runProgram(program, onLog)
  const { ready } = current
  const kept = revive()
  return {
    ready,
    async stop() {
      stopping.abort()
      await current?.stop()
      await kept
    },
  }

  async function revive(): Promise<void> {
    let pauseMs = pauseMsMin
    while (!stopping.signal.aborted) {
      const code = await current?.ended
      current = undefined
      if (stopping.signal.aborted) return
      tell.ended(program, code, pauseMs)
      const waited = await wait(pauseMs, true, { signal: stopping.signal }).catch(() => false)
      if (!waited) return
      current = await runProgram(program, onLog).catch(() => undefined)
      if (current !== undefined) tell.back(program, current.ready)
      pauseMs = current === undefined ? Math.min(pauseMs * 2, pauseMsMax) : pauseMsMin
    }
    // It came back while it was being ended.
    await current?.stop()
  }
}
