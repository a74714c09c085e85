import { hubLimits } from '#core/limits.ts'

/** When a session began and was last used. Milliseconds since 1970. */
export interface SessionTimes {
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
}

export interface SessionEnds {
  readonly idleExpiresAtMs: number
  readonly expiresAtMs: number
}

/** When a session ends: unused, and at the latest. */
export function sessionEnds({ createdAtMs, lastSeenAtMs }: SessionTimes): SessionEnds {
  const expiresAtMs = createdAtMs + hubLimits.sessionLifeMs
  return {
    idleExpiresAtMs: Math.min(lastSeenAtMs + hubLimits.sessionIdleMs, expiresAtMs),
    expiresAtMs,
  }
}

/** Whether a session still counts. A clock that was set back does not lengthen its idle time. */
export function isSessionAlive(times: SessionTimes, nowMs: number): boolean {
  return nowMs < sessionEnds(times).idleExpiresAtMs
}

/** Whether the last use is old enough to be written down anew. */
export function shouldTouchSession(times: SessionTimes, nowMs: number): boolean {
  return nowMs - times.lastSeenAtMs >= hubLimits.sessionTouchMs
}
