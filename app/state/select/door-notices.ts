import type { Sighting } from '@mortise/keyholder'
import type { AlarmCode, State } from '@mortise/protocol/words'
import { alarmSeverities, alarmSeverity } from '@mortise/protocol/words'
import type { Door } from '#app/state/app/app-state.ts'
import type { BatteryView } from '#app/state/model/door/battery.ts'
import { batteryOf } from '#app/state/model/door/battery.ts'
import type { DoorNotice } from '#app/state/model/door/door-view.ts'
import type { SureLine } from '#app/state/model/history/history-lines.ts'
import { alarmBeganMs } from '#app/state/model/history/history-lines.ts'

/** Alarms that have a notice of their own below. */
const toldApart: readonly string[] = [
  'batteryLow',
  'batteryCritical',
  'mainsLost',
  'wrongCodeEntryLimit',
  'clockUncertain',
  'lockFactoryReset',
]

/**
 * What else the newest answer says, loudest first.
 * @param lines of this door's history, for when each alarm began
 */
export function noticesOf(
  door: Door,
  lines: readonly SureLine[],
  nowMs: number,
): readonly DoorNotice[] {
  const { sighting, trouble } = door
  if (sighting === null) return []
  const { state } = sighting
  const notices: DoorNotice[] = []
  if (sighting.fault !== undefined) notices.push({ kind: 'trouble', trouble: 'lockContradicts' })
  else if (trouble === 'notTheLock') notices.push({ kind: 'trouble', trouble })
  const atMs = resetDueMs(sighting)
  if (atMs !== null) notices.push({ kind: 'resetWaits', atMs, mayStop: door.role === 'owner' })
  for (const alarm of worstFirst(state.alarms)) {
    if (toldApart.includes(alarm)) continue
    notices.push({ kind: 'alarm', alarm, sinceMs: alarmBeganMs(lines, alarm) })
  }
  const until = state.keypadLockedUntilMs
  // The lock says until when by its own clock; what has passed since its answer is ours to count.
  if (until !== undefined) {
    const leftMs = until - state.timeMs - (nowMs - sighting.confirmedAtMs)
    if (leftMs > 0) notices.push({ kind: 'keypadLocked', untilMs: nowMs + leftMs, leftMs })
  }
  notices.push(...powerNotices(state))
  if (!state.timeCertain) notices.push({ kind: 'timeUncertain' })
  const relockAtMs = state.autoRelockAtMs
  if (relockAtMs !== undefined) {
    const leftMs = relockAtMs - state.timeMs - (nowMs - sighting.confirmedAtMs)
    if (leftMs > 0) notices.push({ kind: 'autoRelock', leftMs })
  }
  return notices
}

/** When a reset that waits is done, by this phone's clock; `null` when none waits. */
export function resetDueMs({ state, confirmedAtMs }: Sighting): number | null {
  const { factoryResetAtMs, timeMs } = state
  return factoryResetAtMs === undefined ? null : confirmedAtMs + factoryResetAtMs - timeMs
}

/**
 * The lock has told its owners, before it took new keys, that it is theirs no more: in its history, or
 * by an answer that nobody owns it.
 */
export function resetOf({ sighting }: Door, lines: readonly SureLine[]): readonly DoorNotice[] {
  const found = lines.find(({ line }) => line.type === 'factoryReset')
  if (found !== undefined) return [{ kind: 'wasReset', atMs: found.line.timeMs }]
  if (sighting === null || sighting.state.claimed) return []
  return [{ kind: 'wasReset', atMs: sighting.confirmedAtMs }]
}

function worstFirst(alarms: readonly AlarmCode[]): readonly AlarmCode[] {
  const rank = (alarm: AlarmCode): number => alarmSeverities.indexOf(alarmSeverity[alarm])
  return alarms.toSorted((one, other) => rank(one) - rank(other))
}

/** One at a time: of a battery that is almost empty nobody needs to hear that it is low as well. */
function powerNotices(state: State): readonly DoorNotice[] {
  const battery = batteryOf(state)
  const alarm = (['batteryCritical', 'batteryLow'] as const).find((each) =>
    state.alarms.includes(each),
  )
  if (alarm === 'batteryCritical') return [{ kind: 'battery', alarm, battery: surely(battery) }]
  if (state.mainsPresent === false && state.alarms.includes('mainsLost')) {
    return [{ kind: 'mainsLost', percent: battery?.percent ?? null }]
  }
  return alarm === undefined ? [] : [{ kind: 'battery', alarm, battery }]
}

/** Beside the word that a battery is almost empty, a guess at its days would be taken for a promise. */
function surely(battery: BatteryView | null): BatteryView | null {
  return battery?.confidence === 'low' ? { ...battery, daysLeft: null } : battery
}
