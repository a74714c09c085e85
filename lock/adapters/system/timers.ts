import { MortiseError } from '@mortise/protocol/errors'
import type { CancelTimer, Timers } from '#lock/ports/timers.ts'

/** Node's timers fire at once beyond this many milliseconds (a signed 32-bit integer). */
const LONGEST_STEP_MS = 2_147_483_647

/**
 * The event loop's timers.
 * @throws MortiseError `timerDelay` (bug) for a delay that is negative or not finite.
 */
export function createSystemTimers(): Timers {
  return {
    set(delayMs, callback) {
      if (!Number.isFinite(delayMs) || delayMs < 0) {
        throw new MortiseError('bug', 'timerDelay', `a timer cannot wait ${delayMs} ms`)
      }
      return delayMs === 0 ? soon(callback) : later(performance.now() + delayMs, callback)
    },
  }
}

/** `setTimeout(0)` waits a whole millisecond, which is much of what an unlock may take. */
function soon(callback: () => void): CancelTimer {
  const handle = setImmediate(callback)
  return () => clearImmediate(handle)
}

function later(dueMs: number, callback: () => void): CancelTimer {
  let handle: NodeJS.Timeout
  const wait = () => {
    const leftMs = dueMs - performance.now()
    if (leftMs <= 0) callback()
    // setTimeout drops fractions, so it is rounded up to keep "not before its time".
    else handle = setTimeout(wait, Math.min(Math.ceil(leftMs), LONGEST_STEP_MS))
  }
  handle = setTimeout(wait, Math.min(Math.ceil(dueMs - performance.now()), LONGEST_STEP_MS))
  return () => clearTimeout(handle)
}
