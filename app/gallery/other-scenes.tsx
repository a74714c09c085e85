import { dayMs, hourMs, nowMs, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { SettingsScreen } from '#app/screens/settings/settings.tsx'
import { SignInScreen } from '#app/screens/sign-in/sign-in.tsx'
import { WelcomeScreen } from '#app/screens/welcome/welcome.tsx'
import type { SignInView } from '#app/state/model/session/session-view.ts'
import type {
  HandOverView,
  SessionView,
  SettingsView,
} from '#app/state/model/session/settings-view.ts'
import type { WizardView } from '#app/state/model/wizard/wizard-view.ts'

const phone: SessionView = {
  id: 's1',
  kind: 'browser',
  createdAtMs: nowMs - 3 * dayMs,
  lastSeenMs: nowMs,
  here: true,
}
const laptop: SessionView = {
  id: 's2',
  kind: 'device',
  createdAtMs: nowMs - 30 * dayMs,
  lastSeenMs: nowMs - 26 * hourMs,
  here: false,
}
const frontDoor = {
  lockId: 'a1',
  name: 'Front door',
  paint: 'pine',
  softwareVersion: '0.1.0',
  linked: true,
  metBy: 'claim',
  battery: { percent: 84, daysLeft: 140, confidence: 'medium' },
  safetyCode: '20417 93318 60225 71144 08873 55019',
  mayRead: true,
  handOver: 'order',
} as const

const handOver: HandOverView = {
  name: '',
  phase: 'writing',
  trouble: null,
  doorName: 'Front door',
  mayOrder: true,
  isMeant: false,
  waitsUntilMs: null,
}
const meant: HandOverView = { ...handOver, name: 'Front door', isMeant: true }

const settings: SettingsView = {
  personName: 'Ada Lindgren',
  passkeys: [{ id: 'p1', name: 'Ada’s Pixel', createdAtMs: nowMs - 90 * dayMs, here: true }],
  sessions: [phone, laptop],
  doors: [
    frontDoor,
    { ...frontDoor, lockId: 'b2', name: 'Workshop', paint: 'ochre', linked: false },
  ],
  theme: 'system',
  origin: 'servedByHub',
  appHost: 'door.lindgren.example',
  hubHost: 'door.lindgren.example',
  appVersion: '0.1.0',
  hub: { kind: 'well', version: '0.1.0', answeredInMs: 12 },
  nowMs,
  confirming: null,
  door: null,
  handOver: null,
  mayAddPhone: true,
}

const settingsViews: Readonly<Record<string, SettingsView>> = {
  page: settings,
  'own-origin': {
    ...settings,
    origin: 'ownOrigin',
    appHost: 'app.lindgren.example',
    hub: { kind: 'away' },
  },
  'sign-out': { ...settings, confirming: { kind: 'signOut' } },
  'end-session': { ...settings, confirming: { kind: 'endSession', session: laptop } },
  door: { ...settings, door: frontDoor },
  'hand-over': { ...settings, handOver },
  'hand-over-ready': { ...settings, handOver: meant },
  'hand-over-waiting': {
    ...settings,
    handOver: { ...handOver, waitsUntilMs: nowMs + 2 * dayMs + 5 * hourMs },
  },
  'hand-over-refused': { ...settings, handOver: { ...meant, trouble: 'insideButtonNeeded' } },
  'hand-over-unsure': { ...settings, handOver: { ...meant, trouble: 'noAnswer' } },
  'hand-over-sent': { ...settings, handOver: { ...meant, phase: 'sent' } },
  'hand-over-done': { ...settings, handOver: { ...meant, phase: 'done' } },
  'hand-over-resident': { ...settings, handOver: { ...handOver, mayOrder: false } },
  'door-first-use': { ...settings, door: { ...frontDoor, metBy: 'firstUse' } },
}

const you: WizardView = {
  step: 'you',
  further: false,
  personName: '',
  setupText: '',
  setup: { kind: 'empty' },
  scanner: 'offered',
  lockId: 'a1',
  doorName: '',
  paint: 'pine',
  working: null,
  trouble: null,
  test: null,
}
const claim: WizardView = { ...you, step: 'claim', personName: 'Ada' }
const named: WizardView = { ...claim, step: 'name', doorName: 'Front door', paint: 'ink' }
const test: WizardView = {
  ...named,
  step: 'test',
  test: {
    bolt: {
      pose: 'thrown',
      ghost: false,
      leaf: 'closed',
      jammed: false,
      caught: true,
      light: 'none',
    },
    verbs: ['unlock'],
    busy: false,
    proving: false,
    lockedOnce: false,
    unlockedOnce: false,
    first: 'lock',
  },
}

const wizardViews: Readonly<Record<string, WizardView>> = {
  you,
  'you-filled': { ...you, personName: 'Ada Lindgren' },
  'you-proving': { ...you, personName: 'Ada Lindgren', working: 'proving' },
  'you-link-spent': { ...you, personName: 'Ada', trouble: 'setupLinkSpent' },
  claim,
  'claim-no-camera': { ...claim, scanner: 'none' },
  'claim-scanning': { ...claim, scanner: 'running' },
  'claim-wrong': { ...claim, setupText: 'mortise1.abc', setup: { kind: 'wrong' } },
  'claim-good': {
    ...claim,
    setupText: 'mortise1.'.padEnd(168, 'pQ7x'),
    setup: { kind: 'good', lockId: '9f3ab21c' },
  },
  'claim-window-closed': {
    ...claim,
    setupText: 'mortise1.'.padEnd(168, 'pQ7x'),
    setup: { kind: 'good', lockId: '9f3ab21c' },
    trouble: 'setupWindowClosed',
  },
  'claim-further': { ...claim, further: true },
  name: named,
  test,
  'test-busy': {
    ...test,
    working: 'asking',
    test:
      test.test === null
        ? null
        : { ...test.test, busy: true, bolt: { ...test.test.bolt, pose: 'drawing', caught: false } },
  },
  'test-done': {
    ...test,
    test: test.test === null ? null : { ...test.test, lockedOnce: true, unlockedOnce: true },
  },
}

const signInViews: Readonly<Record<string, SignInView>> = {
  ready: { working: false, trouble: null, hubHost: 'door.lindgren.example' },
  working: { working: true, trouble: null, hubHost: 'door.lindgren.example' },
  'no-passkey': { working: false, trouble: 'noPasskey', hubHost: 'door.lindgren.example' },
}

const scan = () => () => undefined

export const otherScenes: Scenes = Object.fromEntries([
  ...Object.entries(settingsViews).map(([name, view]) => [
    `settings/${name}`,
    {
      tab: 'settings',
      draw: () => <SettingsScreen view={view} on={silent()} />,
    },
  ]),
  ...Object.entries(wizardViews).map(([name, view]) => [
    `welcome/${name}`,
    {
      tab: null,
      draw: () => <WelcomeScreen view={view} on={silent()} scan={scan} />,
    },
  ]),
  ...Object.entries(signInViews).map(([name, view]) => [
    `sign-in/${name}`,
    { tab: null, draw: () => <SignInScreen view={view} onSignIn={() => undefined} /> },
  ]),
])
