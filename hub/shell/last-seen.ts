import type { Session } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'

/** When sessions were last used: known at once, written down a little later. */
export interface LastSeen {
  readonly note: (sessionId: string, nowMs: number) => void
  /** The session as it is with what is not written yet. */
  readonly overlay: (session: Session) => Session
  /** Writes what is left; for the end. */
  readonly settled: () => Promise<void>
}

/**
 * The first use after a pause is mostly a thumb on a door, and one sync of the disk would stand
 * between it and the lock. Nothing is promised about this instant: a hub that dies within the delay
 * takes the session for one that was used a little earlier.
 */
const writeDelayMs = 1_000

interface Unwritten {
  readonly atMs: number
  readonly cancel: () => void
}

export function createLastSeen({
  store,
  clock,
  log,
}: Pick<HubDependencies, 'store' | 'clock' | 'log'>): LastSeen {
  const unwritten = new Map<string, Unwritten>()
  const waiting = new Set<Unwritten>()
  const writing = new Set<Promise<void>>()

  const write = async (sessionId: string, noted: Unwritten): Promise<void> => {
    try {
      await store.touchSession(sessionId, noted.atMs)
    } catch (error) {
      log.write('warn', 'lastSeenUnwritten', { message: String(error) })
    }
    if (unwritten.get(sessionId) === noted) unwritten.delete(sessionId)
  }
  const begin = (sessionId: string, noted: Unwritten): void => {
    if (!waiting.delete(noted)) return
    noted.cancel()
    const work = write(sessionId, noted).finally(() => writing.delete(work))
    writing.add(work)
  }
  return {
    note: (sessionId, nowMs) => {
      const before = unwritten.get(sessionId)
      before?.cancel()
      if (before !== undefined) waiting.delete(before)
      const cancel = clock.after(writeDelayMs, () => begin(sessionId, noted))
      const noted: Unwritten = { atMs: nowMs, cancel }
      unwritten.set(sessionId, noted)
      waiting.add(noted)
    },
    overlay: (session) => {
      const atMs = unwritten.get(session.id)?.atMs
      return atMs === undefined ? session : { ...session, lastSeenAtMs: atMs }
    },
    settled: async () => {
      for (const [sessionId, noted] of unwritten) begin(sessionId, noted)
      await Promise.all(writing)
    },
  }
}
