import { dayMs, hourMs, minuteMs, nowMs, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { HistoryScreen } from '#app/screens/history/history.tsx'
import type {
  EventLine,
  EventTone,
  HistoryItem,
  HistoryView,
} from '#app/state/model/history/history-view.ts'

const blank: EventLine = {
  sequence: 0,
  timeMs: nowMs,
  type: 'operationResult',
  who: null,
  source: null,
  credentialType: null,
  verb: null,
  attempt: null,
  outcome: null,
  reason: null,
  alarmCode: null,
  lockState: null,
  doorState: null,
  count: null,
  untilMs: null,
  policyVersion: null,
  mainsPresent: null,
  batteryPercent: null,
  operatingMode: null,
  duress: false,
}

let sequence = 412
const event = (tone: EventTone, agoMs: number, line: Partial<EventLine>): HistoryItem => {
  sequence -= 1
  return {
    kind: 'event',
    key: String(sequence),
    tone,
    sure: true,
    line: { ...blank, ...line, sequence, timeMs: nowMs - agoMs },
  }
}
const done = { type: 'operationResult', outcome: 'done', reason: 'granted' } as const
const byPhone = { source: 'remote', credentialType: 'passkey' } as const
const byCode = { source: 'keypad', credentialType: 'pin' } as const

const today: readonly HistoryItem[] = [
  { kind: 'day', key: 'd0', dayMs: nowMs },
  event('quiet', 20 * minuteMs, { ...done, verb: 'lock', source: 'auto' }),
  event('opened', 72 * minuteMs, { ...done, ...byCode, verb: 'unlock', who: 'Nora' }),
  event('refused', 73 * minuteMs, {
    ...byCode,
    type: 'refused',
    attempt: 'code',
    reason: 'unknownCode',
    outcome: 'refused',
  }),
  event('refused', 2 * hourMs, {
    ...byCode,
    type: 'refused',
    who: 'Erik',
    verb: 'unlock',
    reason: 'noLongerValid',
    outcome: 'refused',
  }),
  event('alarm', 3 * hourMs, { type: 'keypadLockedOut', untilMs: nowMs - 3 * hourMs + 30_000 }),
  event('calm', 4 * hourMs, { type: 'policyChanged', who: 'Ada Lindgren', policyVersion: 7 }),
  event('calm', 9 * hourMs, { ...done, ...byPhone, verb: 'lock', who: 'Ada Lindgren' }),
]
const yesterday: readonly HistoryItem[] = [
  { kind: 'day', key: 'd1', dayMs: nowMs - dayMs },
  event('opened', dayMs, { ...done, ...byPhone, verb: 'unlock', who: 'Mikael' }),
  event('quiet', dayMs + hourMs, { type: 'boltMoved', lockState: 'locked', source: 'manual' }),
  event('quiet', dayMs + 2 * hourMs, { type: 'doorMoved', doorState: 'doorClosed' }),
  event('alarm', dayMs + 3 * hourMs, { type: 'alarmBegan', alarmCode: 'frontEscutcheonRemoved' }),
  event('quiet', dayMs + 5 * hourMs, {
    type: 'powerChanged',
    mainsPresent: true,
    batteryPercent: 88,
  }),
  event('quiet', dayMs + 6 * hourMs, { type: 'started' }),
  event('refused', dayMs + 7 * hourMs, {
    ...byPhone,
    type: 'operationResult',
    who: 'Mikael',
    verb: 'lock',
    outcome: 'failed',
    reason: 'jammed',
  }),
]
const gap: HistoryItem = {
  kind: 'gap',
  key: 'g',
  fromSequence: 371,
  toSequence: 396,
  atEnd: false,
  removed: null,
}
const broken: HistoryItem = { kind: 'broken', key: 'b', sequence: 404 }

const base: HistoryView = {
  doorName: 'Front door',
  items: [...today, ...yesterday],
  check: {
    kind: 'verified',
    entries: 411,
    fromSequence: 1,
    toSequence: 411,
    continuity: { kind: 'continues', sequence: 405 },
  },
  kind: 'all',
  who: null,
  people: ['Ada Lindgren', 'Mikael', 'Nora', 'Erik'],
  loading: false,
  more: true,
  keptAtMs: null,
  nowMs,
  checkOpen: false,
}

const views: Readonly<Record<string, HistoryView>> = {
  verified: base,
  'verified-open': { ...base, checkOpen: true },
  checking: { ...base, check: { kind: 'checking', done: 2048, total: 10_000 } },
  'checking-open': {
    ...base,
    checkOpen: true,
    check: { kind: 'checking', done: 2048, total: 10_000 },
  },
  gap: {
    ...base,
    items: [...today, gap, ...yesterday],
    check: { kind: 'gap', missing: 26, entries: 385, proven: false },
  },
  'gap-open': {
    ...base,
    checkOpen: true,
    check: { kind: 'gap', missing: 26, entries: 385, proven: false },
  },
  broken: {
    ...base,
    items: [...today.slice(0, 4), broken, ...today.slice(4)],
    check: { kind: 'broken', why: 'brokenLink', sequence: 404 },
  },
  offline: { ...base, check: { kind: 'offline' } },
  kept: { ...base, more: false, keptAtMs: nowMs - 3 * hourMs },
  empty: { ...base, items: [], people: [], more: false, check: { kind: 'none' } },
  'filter-empty': { ...base, items: [], kind: 'alarms' },
  loading: { ...base, items: today, loading: true },
}

export const historyScenes: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `history/${name}`,
    { tab: 'history', draw: () => <HistoryScreen view={view} on={silent()} /> },
  ]),
)
