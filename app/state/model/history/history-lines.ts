import type { HistoryEntry } from '@mortise/keyholder'
import type { Entry } from '@mortise/protocol/words'
import type { EventLine, EventTone, HistoryKind } from '#app/state/model/history/history-view.ts'

/** One line with how far it is shown to be the lock's. */
export interface SureLine {
  readonly line: EventLine
  readonly sure: boolean
}

/**
 * Entries as lines for people, newest first: an operation's result takes its intent's line, so that
 * one coming is one line; an intent stands alone only while its end is unknown.
 */
export function linesOf(entries: readonly HistoryEntry[]): readonly SureLine[] {
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
      return { line: lineOf(entry, intent), sure: verified }
    })
}

function lineOf(entry: Entry, intent: Entry | undefined): EventLine {
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

/** How loud a line is. */
export function toneOf(line: EventLine): EventTone {
  switch (line.type) {
    case 'operationIntent':
      return 'refused'
    case 'operationResult':
      if (line.outcome !== 'done') return 'refused'
      return line.verb === 'unlock' ? 'opened' : line.source === 'auto' ? 'quiet' : 'calm'
    case 'refused':
    case 'messagesRefused':
      return 'refused'
    case 'keypadLockedOut':
    case 'alarmBegan':
    case 'factoryReset':
      return 'alarm'
    case 'claimed':
    case 'policyChanged':
    case 'invitationAccepted':
    case 'setupWindowOpened':
    case 'operatingModeChanged':
    case 'credentialPresented':
    case 'lockUserChanged':
      return 'calm'
    case 'started':
    case 'setupWindowClosed':
    case 'boltMoved':
    case 'doorMoved':
    case 'alarmEnded':
    case 'powerChanged':
    case 'timeConfirmed':
    case 'journalPruned':
      return 'quiet'
  }
}

const kindTypes: Readonly<Record<Exclude<HistoryKind, 'all'>, readonly EventLine['type'][]>> = {
  comings: ['operationIntent', 'operationResult', 'boltMoved', 'doorMoved', 'credentialPresented'],
  refusals: ['refused', 'messagesRefused', 'keypadLockedOut'],
  alarms: ['alarmBegan', 'alarmEnded', 'keypadLockedOut', 'powerChanged'],
  changes: [
    'claimed',
    'policyChanged',
    'invitationAccepted',
    'setupWindowOpened',
    'setupWindowClosed',
    'started',
    'operatingModeChanged',
    'lockUserChanged',
    'factoryReset',
    'timeConfirmed',
    'journalPruned',
  ],
}

export function isOfKind(line: EventLine, kind: HistoryKind): boolean {
  if (kind === 'all') return true
  if (kind === 'refusals' && line.type === 'operationResult') return line.outcome !== 'done'
  return kindTypes[kind].includes(line.type)
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

/** Whether somebody or something did, or may have done, anything to the bolt. */
export function movedBolt({ line }: SureLine): boolean {
  return ['operationIntent', 'operationResult', 'boltMoved'].includes(line.type)
}
