import type { Scenes } from '#app/gallery/scenes.ts'
import { dayMs, hourMs, minuteMs, nowMs, silent } from '#app/gallery/sample.ts'
import { DoorSwitcher } from '#app/screens/door/door-switcher.tsx'
import { DoorScreen } from '#app/screens/door/door.tsx'
import { OwnHours } from '#app/screens/door/own-hours.tsx'
import type { DoorView } from '#app/state/model/door/door-view.ts'

const locked: DoorView = {
  lockId: 'a1',
  name: 'Front door',
  paint: 'pine',
  doors: [
    { lockId: 'a1', name: 'Front door', paint: 'pine', here: true },
    { lockId: 'b2', name: 'Workshop', paint: 'ochre', here: false },
    { lockId: 'c3', name: 'Flat of grandmother, third floor left', paint: 'oxblood', here: false },
  ],
  knowledge: 'fresh',
  headline: 'locked',
  bolt: {
    pose: 'thrown',
    ghost: false,
    leaf: 'closed',
    jammed: false,
    caught: true,
    light: 'none',
  },
  ageMs: 4200,
  seenAtMs: nowMs - 4200,
  lastHeadline: 'locked',
  unknownWhy: null,
  asking: false,
  verbs: ['unlock'],
  busy: false,
  refusal: null,
  notices: [],
  battery: { percent: 84, daysLeft: 140, confidence: 'medium' },
  mode: { mode: 'normal', untilMs: null, mayChange: true },
  lastVisit: {
    who: 'Nora',
    verb: 'unlock',
    source: 'keypad',
    credentialType: 'pin',
    atMs: nowMs - 72 * minuteMs,
  },
  ownTime: null,
  ownHours: null,
  nowMs,
}

const unlocked: DoorView = {
  ...locked,
  headline: 'unlocked',
  lastHeadline: 'unlocked',
  bolt: { ...locked.bolt, pose: 'drawn', caught: false, light: 'slit' },
  verbs: ['lock'],
  ageMs: 11_000,
}

const unknown: DoorView = {
  ...locked,
  knowledge: 'unknown',
  headline: 'unknown',
  bolt: { ...locked.bolt, ghost: true, caught: false },
  verbs: [],
  battery: null,
  mode: null,
  seenAtMs: nowMs - 3 * hourMs,
  ageMs: 3 * hourMs,
}

const resetWaits = {
  kind: 'resetWaits',
  atMs: nowMs + 2 * dayMs + 5 * hourMs,
  mayStop: true,
} as const

const busy: DoorView = { ...locked, verbs: [], busy: true }

const views: Readonly<Record<string, DoorView>> = {
  locked,
  unlocked,
  'unlocked-relock': {
    ...unlocked,
    paint: 'ink',
    notices: [{ kind: 'autoRelock', leftMs: 24_000 }],
  },
  open: {
    ...unlocked,
    headline: 'open',
    bolt: { ...unlocked.bolt, leaf: 'open', light: 'flood' },
  },
  'open-bolt-out': {
    ...unlocked,
    headline: 'openAndThrown',
    bolt: { ...unlocked.bolt, pose: 'thrown', leaf: 'open', light: 'flood' },
    verbs: ['unlock'],
  },
  stale: { ...locked, knowledge: 'stale', ageMs: 48_000, asking: true },
  proving: {
    ...busy,
    headline: 'proving',
    bolt: { ...locked.bolt, pose: 'leaningToDraw', caught: false },
  },
  unlocking: {
    ...busy,
    headline: 'unlocking',
    bolt: { ...locked.bolt, pose: 'drawing', caught: false },
  },
  locking: {
    ...busy,
    headline: 'locking',
    bolt: { ...locked.bolt, pose: 'throwing', caught: false, light: 'slit' },
  },
  asking: { ...unknown, headline: 'asking', asking: true, seenAtMs: nowMs - 9 * hourMs },
  'unknown-lock-away': { ...unknown, unknownWhy: 'lockAway' },
  'unknown-hub-away': { ...unknown, unknownWhy: 'hubAway', seenAtMs: nowMs - 3 * dayMs },
  'unknown-offline': { ...unknown, unknownWhy: 'offline' },
  'unknown-too-old': { ...unknown, unknownWhy: 'tooOld', seenAtMs: nowMs - 4 * minuteMs },
  'unknown-sensor': {
    ...locked,
    headline: 'unknown',
    unknownWhy: 'sensor',
    knowledge: 'fresh',
    bolt: { ...unknown.bolt, pose: 'between' },
    verbs: ['unlock', 'lock'],
    lastHeadline: null,
  },
  'never-seen': {
    ...unknown,
    unknownWhy: 'neverSeen',
    seenAtMs: null,
    ageMs: null,
    lastHeadline: null,
    lastVisit: 'unread',
  },
  jammed: {
    ...locked,
    headline: 'jammed',
    bolt: { ...locked.bolt, pose: 'between', jammed: true, caught: false },
    verbs: ['unlock', 'lock'],
    notices: [{ kind: 'alarm', alarm: 'lockJammed', sinceMs: nowMs - 3 * minuteMs }],
  },
  forced: {
    ...locked,
    headline: 'forced',
    bolt: { ...locked.bolt, leaf: 'open', caught: false, light: 'flood' },
    notices: [{ kind: 'alarm', alarm: 'doorForcedOpen', sinceMs: nowMs - 2 * minuteMs }],
  },
  refused: { ...locked, refusal: { verb: 'unlock', trouble: 'noLongerValid' } },
  'no-answer': {
    ...locked,
    knowledge: 'stale',
    ageMs: 34_000,
    refusal: { verb: 'unlock', trouble: 'noAnswer' },
  },
  'not-the-lock': {
    ...unknown,
    unknownWhy: 'tooOld',
    refusal: { verb: 'unlock', trouble: 'notTheLock' },
  },
  cancelled: { ...unlocked, refusal: { verb: 'lock', trouble: 'gestureCancelled' } },
  'battery-low': {
    ...locked,
    notices: [
      {
        kind: 'battery',
        alarm: 'batteryLow',
        battery: { percent: 22, daysLeft: 28, confidence: 'medium' },
      },
    ],
  },
  'battery-critical': {
    ...locked,
    notices: [
      {
        kind: 'battery',
        alarm: 'batteryCritical',
        battery: { percent: 4, daysLeft: 5, confidence: 'high' },
      },
    ],
  },
  alarms: {
    ...locked,
    notices: [
      { kind: 'alarm', alarm: 'tamper', sinceMs: nowMs - 4 * minuteMs },
      { kind: 'alarm', alarm: 'doorAjar', sinceMs: nowMs - 12 * minuteMs },
      { kind: 'alarm', alarm: 'linkLost', sinceMs: null },
    ],
  },
  'keypad-locked': {
    ...locked,
    paint: 'oxblood',
    notices: [{ kind: 'keypadLocked', untilMs: nowMs + 4 * minuteMs, leftMs: 4 * minuteMs }],
  },
  power: {
    ...locked,
    paint: 'slate',
    notices: [
      { kind: 'mainsLost', percent: 61 },
      { kind: 'keypadLocked', untilMs: nowMs + 4 * minuteMs, leftMs: 4 * minuteMs },
      { kind: 'timeUncertain' },
    ],
  },
  duress: {
    ...locked,
    notices: [{ kind: 'duress', who: 'Mikael', atMs: nowMs - 7 * minuteMs }],
  },
  'reset-waits': { ...locked, notices: [resetWaits] },
  'reset-waits-resident': { ...locked, notices: [{ ...resetWaits, mayStop: false }] },
  'reset-not-stopped': {
    ...locked,
    notices: [resetWaits],
    refusal: { verb: 'stopReset', trouble: 'gestureCancelled' },
  },
  'was-reset': {
    ...unknown,
    unknownWhy: 'wasReset',
    seenAtMs: nowMs - 2 * minuteMs,
    notices: [{ kind: 'wasReset', atMs: nowMs - 3 * minuteMs }],
  },
  vacation: {
    ...locked,
    mode: { mode: 'vacation', untilMs: nowMs + 5 * dayMs, mayChange: true },
  },
  'lockdown-guest': {
    ...locked,
    mode: { mode: 'lockdown', untilMs: null, mayChange: false },
  },
  'guest-hours': {
    ...locked,
    mode: null,
    ownTime: { kind: 'always' },
    ownHours: {
      access: {
        userId: new Uint8Array(16),
        userName: 'Olga',
        doorName: 'Front door',
        timeZone: 'Europe/Berlin',
        role: 'guest',
        verbs: ['lock', 'unlock'],
        weekDaySchedules: [{ daysMask: 0b011_1110, startMinute: 480, endMinute: 1019 }],
        useLimit: 5,
        uses: 2,
      },
      moment: { opens: false, changesAtMs: nowMs + 14 * 60 * minuteMs },
    },
  },
  plum: { ...locked, paint: 'plum', name: 'Flat of grandmother, third floor left' },
  ochre: { ...unlocked, paint: 'ochre' },
}

/** As the selector has it: the battery stands beside a calm door alone. */
const shown = (view: DoorView): DoorView =>
  view.notices.length > 0 ? { ...view, battery: null } : view

const screens: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `door/${name}`,
    {
      tab: 'door',
      draw: () => (
        <DoorScreen
          view={shown(view)}
          on={silent()}
          ownHours={view.ownHours !== null && <OwnHours hours={view.ownHours} nowMs={nowMs} />}
        />
      ),
    },
  ]),
)

const manyDoors = Array.from({ length: 120 }, (_, index) => ({
  lockId: String(index),
  name: `Room ${index + 1}`,
  paint: (['pine', 'ink', 'oxblood', 'ochre', 'slate', 'plum'] as const)[index % 6] ?? 'pine',
  here: index === 2,
}))

export const doorScenes: Scenes = {
  ...screens,
  'door/switcher': {
    tab: 'door',
    draw: () => <DoorSwitcher doors={locked.doors} on={silent()} onClose={silent()} />,
  },
  'door/switcher-many': {
    tab: 'door',
    draw: () => <DoorSwitcher doors={manyDoors} on={silent()} onClose={silent()} />,
  },
}
