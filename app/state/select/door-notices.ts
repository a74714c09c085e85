import type { Door } from '#app/state/app/app-state.ts'
import type { DoorNotice } from '#app/state/model/door/door-view.ts'

/** Alarms that have a notice of their own below. */
const toldApart: readonly string[] = [
  'batteryLow',
  'mainsLost',
  'wrongCodeEntryLimit',
  'clockUncertain',
]

/** What else the newest answer says, loudest first. */
export function noticesOf(door: Door, nowMs: number): readonly DoorNotice[] {
  const { sighting, trouble } = door
  if (sighting === null) return []
  const { state } = sighting
  const notices: DoorNotice[] = []
  if (sighting.fault !== undefined) notices.push({ kind: 'trouble', trouble: 'lockContradicts' })
  else if (trouble === 'notTheLock') notices.push({ kind: 'trouble', trouble })
  for (const alarm of state.alarms) {
    if (!toldApart.includes(alarm)) notices.push({ kind: 'alarm', alarm })
  }
  const until = state.keypadLockedUntilMs
  // The lock says until when by its own clock; what has passed since its answer is ours to count.
  if (until !== undefined) {
    const leftMs = until - state.timeMs - (nowMs - sighting.confirmedAtMs)
    if (leftMs > 0) notices.push({ kind: 'keypadLocked', untilMs: nowMs + leftMs, leftMs })
  }
  const percent = state.batteryPercent ?? null
  if (state.mainsPresent === false && state.alarms.includes('mainsLost')) {
    notices.push({ kind: 'mainsLost', percent })
  } else if (state.alarms.includes('batteryLow') && !state.alarms.includes('batteryCritical')) {
    notices.push({ kind: 'battery', percent })
  }
  if (!state.timeCertain) notices.push({ kind: 'timeUncertain' })
  const relockAtMs = state.autoRelockAtMs
  if (relockAtMs !== undefined) {
    const leftMs = relockAtMs - state.timeMs - (nowMs - sighting.confirmedAtMs)
    if (leftMs > 0) notices.push({ kind: 'autoRelock', leftMs })
  }
  return notices
}
