import type { AccessTime } from '#app/state/model/access-span.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'

/** A window as it stands at this moment; half-open, as the lock judges it. */
export function accessTime(window: VisitWindow | null, nowMs: number): AccessTime {
  if (window === null) return { kind: 'always' }
  const { fromMs, untilMs } = window
  const phase = nowMs < fromMs ? 'upcoming' : nowMs < untilMs ? 'current' : 'ended'
  return { kind: 'window', phase, fromMs, untilMs }
}
