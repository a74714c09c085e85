import type { HistoryEntry } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { AlarmCode, Entry } from '@mortise/protocol/words'
import type { EventLine } from '#app/state/model/history/history-view.ts'

/** One line with how far it is shown to be the lock's. */
export interface SureLine {
  readonly line: EventLine
  readonly sure: boolean
}

/**
 * Entries as lines for people, newest first: an operation's result takes its intent's line, so that
 * one coming is one line; an intent stands alone only while its end is unknown.
 * @param ownUserId whose phone this is: whoever forced somebody may be looking at it, so it tells
 *   nothing of that (docs/decisions/0047); a phone that does not know whose it is tells nobody's
 */
export function linesOf(
  all: readonly HistoryEntry[],
  ownUserId: string | null,
): readonly SureLine[] {
  const entries = all.filter(({ entry }) => !isSecret(entry, ownUserId))
  const intents = new Map(
    entries
      .filter(({ entry }) => entry.type === 'operationIntent')
      .map(({ entry }) => [entry.sequence, entry]),
  )
  const ended = new Set(
    entries.flatMap(({ entry }) => (entry.intent === undefined ? [] : [entry.intent])),
  )
  return entries
    .filter(({ entry }) => entry.type !== 'operationIntent' || !ended.has(entry.sequence))
    .map(({ entry, verified }) => {
      const intent = entry.intent === undefined ? undefined : intents.get(entry.intent)
      const duress = isForced(intent ?? entry) && !isOwn(intent ?? entry, ownUserId)
      return { line: { ...lineOf(entry, intent), duress }, sure: verified }
    })
}

/** The alarm of somebody who was forced, for the eyes of that very person. */
function isSecret(entry: Entry, ownUserId: string | null): boolean {
  return entry.alarmCode === 'forcedUser' && isOwn(entry, ownUserId)
}

function isForced({ duress }: Entry): boolean {
  return duress === true
}

function isOwn({ userId }: Entry, ownUserId: string | null): boolean {
  return ownUserId === null || (userId !== undefined && toHex(userId) === ownUserId)
}

function lineOf(entry: Entry, intent: Entry | undefined): Omit<EventLine, 'duress'> {
  return {
    sequence: entry.sequence,
    timeMs: entry.timeMs,
    type: entry.type,
    who: entry.userName ?? intent?.userName ?? null,
    source: entry.source ?? intent?.source ?? null,
    credentialType: entry.credentialType ?? intent?.credentialType ?? null,
    verb: entry.verb ?? intent?.verb ?? null,
    attempt: entry.attempt ?? null,
    outcome: entry.type === 'operationIntent' ? null : (entry.outcome ?? null),
    reason: entry.reason ?? null,
    alarmCode: entry.alarmCode ?? null,
    lockState: entry.lockState ?? null,
    doorState: entry.doorState ?? null,
    count: entry.count ?? null,
    untilMs: entry.untilMs ?? null,
    policyVersion: entry.policyVersion ?? null,
    mainsPresent: entry.mainsPresent ?? null,
    batteryPercent: entry.batteryPercent ?? null,
    operatingMode: entry.operatingMode ?? null,
  }
}

/** The newest time that the bolt was drawn, and by whom: "who came last". */
export function lastComing(lines: readonly SureLine[]): EventLine | null {
  const found = lines.find(
    ({ line }) =>
      (line.type === 'operationResult' && line.outcome === 'done' && line.verb === 'unlock') ||
      (line.type === 'boltMoved' && line.lockState === 'unlocked'),
  )
  return found?.line ?? null
}

/** When an alarm that is in force began; `null` when these lines do not tell. */
export function alarmBeganMs(lines: readonly SureLine[], alarm: AlarmCode): number | null {
  const found = lines.find(
    ({ line }) =>
      line.alarmCode === alarm && (line.type === 'alarmBegan' || line.type === 'alarmEnded'),
  )
  return found?.line.type === 'alarmBegan' ? found.line.timeMs : null
}

/** How long a door goes on telling that somebody was forced. */
const duressToldMs = 86_400_000

/** The newest alarm of somebody who was forced, within a day. */
export function newestDuress(lines: readonly SureLine[], nowMs: number): EventLine | null {
  const found = lines.find(
    ({ line }) => line.type === 'alarmBegan' && line.alarmCode === 'forcedUser',
  )
  return found !== undefined && nowMs - found.line.timeMs < duressToldMs ? found.line : null
}

/** Whether somebody or something did, or may have done, anything to the bolt. */
export function movedBolt({ line }: SureLine): boolean {
  return ['operationIntent', 'operationResult', 'boltMoved'].includes(line.type)
}
