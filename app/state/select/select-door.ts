import { maySetMode } from '@mortise/access'
import { momentOf } from '@mortise/keyholder'
import type { LockState, OperatingMode, Role, State, Verb } from '@mortise/protocol/words'
import { operatingModes } from '@mortise/protocol/words'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import { accessTime } from '#app/state/model/access/access-time.ts'
import type { BatteryView } from '#app/state/model/door/battery.ts'
import { batteryOf } from '#app/state/model/door/battery.ts'
import type { BoltPicture, BoltPose } from '#app/state/model/door/bolt-picture.ts'
import type {
  DoorHeadline,
  DoorNotice,
  DoorView,
  UnknownWhy,
} from '#app/state/model/door/door-view.ts'
import { noticesOf, resetOf } from '#app/state/select/door-notices.ts'
import type { DoorMode } from '#app/state/model/mode/mode-view.ts'
import { paintOf } from '#app/state/model/door/paint.ts'
import type { Knowledge, Link } from '#app/state/model/door/sighting.ts'
import { ageOf, knowledgeOf } from '#app/state/model/door/sighting.ts'
import type { SureLine } from '#app/state/model/history/history-lines.ts'
import {
  lastComing,
  linesOf,
  movedBolt,
  newestDuress,
} from '#app/state/model/history/history-lines.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** The door as its screen draws it; `null` while there is none. */
export function selectDoor(state: AppState): DoorView | null {
  const door = doorHere(state)
  if (door === null) return null
  const { nowMs } = state
  const link = linkOf(state, door)
  const knowledge = knowledgeOf(door.sighting, link, nowMs)
  const seen = door.sighting?.state ?? null
  const headline = headlineOf(door, seen, knowledge)
  const lines = trustedLines(state, door)
  const reset = resetOf(door, lines)
  const notices = [
    ...reset,
    ...duressOf(lines, nowMs),
    ...(knowledge === 'unknown' ? faultOnly(door, link) : noticesOf(door, lines, nowMs)),
  ]
  const sensorSilent = knowledge !== 'unknown' && headline === 'unknown'
  return {
    lockId: door.lockId,
    name: door.name,
    paint: paintOf(state.taste, door.lockId),
    doors: state.doors.map((each) => ({
      lockId: each.lockId,
      name: each.name,
      paint: paintOf(state.taste, each.lockId),
      here: each.lockId === door.lockId,
    })),
    knowledge,
    headline,
    bolt: pictureOf(door, seen, knowledge),
    ageMs: door.sighting === null ? null : ageOf(door.sighting, nowMs),
    seenAtMs: door.sighting?.confirmedAtMs ?? null,
    lastHeadline: seen === null ? null : restingHeadline(seen),
    unknownWhy: sensorSilent
      ? 'sensor'
      : headline === 'asking'
        ? null
        : unknownWhy(door, link, knowledge, reset.length > 0),
    asking: door.asking,
    verbs: verbsOf(door, seen, knowledge),
    busy: door.operation !== null,
    refusal: door.refusal,
    notices,
    battery: knowledge === 'unknown' ? null : calmBattery(door, notices),
    mode: knowledge === 'unknown' ? null : doorMode(door, nowMs),
    lastVisit: lastVisitOf(state, lines),
    ownTime: ownTimeOf(door, nowMs),
    ownHours: ownHoursOf(door, nowMs),
    nowMs,
  }
}

function ownHoursOf({ ownHours }: Door, nowMs: number): DoorView['ownHours'] {
  if (ownHours === null) return null
  return { access: ownHours.access, moment: momentOf(ownHours.forecast, nowMs) }
}

function ownTimeOf({ role, ownTime }: Door, nowMs: number): DoorView['ownTime'] {
  return role === 'guest' && ownTime !== null ? accessTime(ownTime.window, nowMs) : null
}

/** The history of this door; nothing of one that was tampered with. */
function trustedLines({ history }: AppState, door: Door): readonly SureLine[] {
  if (history.lockId !== door.lockId || history.report?.fault !== undefined) return []
  return linesOf(history.entries, door.ownUserId)
}

/** A guest can do nothing about a battery; where there is something to do, that comes alone. */
function calmBattery({ sighting, role }: Door, notices: readonly DoorNotice[]): BatteryView | null {
  if (sighting === null || role === 'guest' || notices.length > 0) return null
  const battery = batteryOf(sighting.state)
  return battery?.daysLeft === null ? null : battery
}

/** Told whatever else is known: it is signed, and about a person. */
function duressOf(lines: readonly SureLine[], nowMs: number): readonly DoorNotice[] {
  const line = newestDuress(lines, nowMs)
  return line === null ? [] : [{ kind: 'duress', who: line.who, atMs: line.timeMs }]
}

/** The mode that the lock's newest answer tells of; `null` when there is none. */
export function doorMode({ sighting, role }: Door, nowMs: number): DoorMode | null {
  if (sighting === null) return null
  const { operatingMode = 'normal', operatingModeUntilMs, timeMs } = sighting.state
  // The lock says until when by its own clock; what has passed since its answer is ours to count.
  const leftMs = (operatingModeUntilMs ?? 0) - timeMs - (nowMs - sighting.confirmedAtMs)
  const untilMs = operatingModeUntilMs === undefined ? null : nowMs + leftMs
  const mayChange = role !== null && operatingModes.some((to) => isWay(role, operatingMode, to))
  return { mode: operatingMode, untilMs, mayChange }
}

function isWay(role: Role, from: OperatingMode, to: OperatingMode): boolean {
  return to !== from && maySetMode(role, from, to)
}

/** The nearest thing that is missing between this phone and the lock. */
export function linkOf(state: AppState, door: Door): Link {
  if (!state.online) return 'offline'
  if (!state.hubReached) return 'hubAway'
  return door.linked ? 'up' : 'lockAway'
}

function headlineOf(door: Door, seen: State | null, knowledge: Knowledge): DoorHeadline {
  const { operation } = door
  if (operation !== null) {
    if (operation.phase === 'proving') return 'proving'
    return operation.verb === 'lock' ? 'locking' : 'unlocking'
  }
  if (knowledge === 'unknown' || seen === null) return door.asking ? 'asking' : 'unknown'
  if (seen.moving) return 'selfMoving'
  return restingHeadline(seen)
}

/** What a state says, apart from its age. */
export function restingHeadline(seen: State): DoorHeadline {
  if (seen.doorState === 'doorForcedOpen') return 'forced'
  if (seen.alarms.includes('lockJammed')) return 'jammed'
  if (seen.doorState === 'doorOpen') return seen.lockState === 'locked' ? 'openAndThrown' : 'open'
  return lockHeadlines[seen.lockState]
}

const lockHeadlines: Readonly<Record<LockState, DoorHeadline>> = {
  locked: 'locked',
  unlocked: 'unlocked',
  unlatched: 'unlocked',
  notFullyLocked: 'between',
  unknown: 'unknown',
}

const restingPoses: Readonly<Record<LockState, BoltPose>> = {
  locked: 'thrown',
  unlocked: 'drawn',
  unlatched: 'drawn',
  notFullyLocked: 'between',
  unknown: 'between',
}

export function pictureOf(door: Door, seen: State | null, knowledge: Knowledge): BoltPicture {
  const { operation } = door
  const resting = seen === null ? 'between' : restingPoses[seen.lockState]
  const known = knowledge !== 'unknown'
  const open = seen?.doorState === 'doorOpen' || seen?.doorState === 'doorForcedOpen'
  const unlocked = seen?.lockState === 'unlocked'
  return {
    pose: operation === null ? resting : movingPose(operation.verb, operation.phase),
    ghost: !known || seen?.lockState === 'unknown',
    leaf: open ? 'open' : 'closed',
    jammed: known && seen !== null && seen.alarms.includes('lockJammed'),
    caught: knowledge === 'fresh' && operation === null && seen?.lockState === 'locked' && !open,
    light: !known ? 'none' : open ? 'flood' : unlocked ? 'slit' : 'none',
  }
}

function movingPose(verb: Verb, phase: 'proving' | 'sent'): BoltPose {
  if (phase === 'proving') return verb === 'lock' ? 'leaningToThrow' : 'leaningToDraw'
  return verb === 'lock' ? 'throwing' : 'drawing'
}

/** Nothing can be asked without a way to the lock; where the bolt is unsure, both ways are offered. */
export function verbsOf(door: Door, seen: State | null, knowledge: Knowledge): readonly Verb[] {
  if (door.operation !== null || knowledge === 'unknown' || seen === null) return []
  // Nobody may ask anything of a lock that was set back and has not taken its new keys yet.
  if (seen.moving || !seen.claimed) return []
  if (seen.alarms.includes('lockJammed')) return ['unlock', 'lock']
  if (seen.lockState === 'locked') return ['unlock']
  return seen.lockState === 'unlocked' ? ['lock'] : ['unlock', 'lock']
}

function unknownWhy(
  door: Door,
  link: Link,
  knowledge: Knowledge,
  wasReset: boolean,
): UnknownWhy | null {
  if (knowledge !== 'unknown') return null
  if (wasReset) return 'wasReset'
  if (link !== 'up') return link
  return door.sighting === null ? 'neverSeen' : 'tooOld'
}

const troublesOfTheWay: readonly Trouble[] = ['offline', 'hubAway', 'lockAway']

/** A contradiction is told also when the state is not; a missing link stands beside the state. */
function faultOnly({ trouble }: Door, link: Link): readonly DoorNotice[] {
  if (trouble === null || (link !== 'up' && troublesOfTheWay.includes(trouble))) return []
  return [{ kind: 'trouble', trouble }]
}

function lastVisitOf(state: AppState, lines: readonly SureLine[]): DoorView['lastVisit'] {
  const { report, lockId, entries, loading, ended } = state.history
  if (lockId !== state.here) return 'unread'
  if (report?.fault !== undefined) return 'unsaid'
  if (report === null || entries.length === 0) return loading ? 'unsaid' : 'unread'
  const line = lastComing(lines)
  if (line === null) {
    const whole = ended && report.gaps.length === 0 && report.missingAtEnd === 0
    return whole && !lines.some(movedBolt) ? 'nobody' : 'unsaid'
  }
  const { who, source, credentialType, timeMs } = line
  return { who, verb: 'unlock', source, credentialType, atMs: timeMs }
}
