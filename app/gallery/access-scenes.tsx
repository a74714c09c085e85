import { dayMs, hourMs, nowMs, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { AccessScreen } from '#app/screens/access/access.tsx'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import { pictureOf } from '#app/state/model/access/week-picture.ts'
import type {
  AccessSheet,
  AccessView,
  ChangeLine,
  PersonView,
  ReviewPhase,
  ReviewView,
} from '#app/state/model/access/access-view.ts'

export const ada: PersonView = {
  id: 'ada',
  name: 'Ada Lindgren',
  role: 'owner',
  isYou: true,
  disabled: false,
  verbs: ['lock', 'unlock'],
  time: { kind: 'always' },
  terms: { ...noTerms, more: false },
  week: null,
  credentials: [
    {
      id: '1',
      type: 'passkey',
      name: 'Ada’s Pixel',
      createdAtMs: nowMs - 90 * dayMs,
      here: true,
      duress: false,
    },
    {
      id: '2',
      type: 'deviceKey',
      name: 'Laptop',
      createdAtMs: nowMs - 30 * dayMs,
      here: false,
      duress: false,
    },
    {
      id: '3',
      type: 'pin',
      name: null,
      createdAtMs: nowMs - 12 * dayMs,
      here: false,
      duress: false,
    },
  ],
  delegation: null,
  faceRule: null,
  wayTrouble: null,
  mayRemove: false,
  mayEdit: true,
  mayAddCode: true,
  mayEnrol: true,
  mayInvite: true,
}

export const mikael: PersonView = {
  ...ada,
  id: 'mikael',
  name: 'Mikael',
  role: 'resident',
  isYou: false,
  mayRemove: true,
  credentials: [
    {
      id: '4',
      type: 'passkey',
      name: 'iPhone',
      createdAtMs: nowMs - 80 * dayMs,
      here: false,
      duress: false,
    },
    {
      id: '5',
      type: 'pin',
      name: null,
      createdAtMs: nowMs - 80 * dayMs,
      here: false,
      duress: false,
    },
  ],
}

const nora: PersonView = {
  ...mikael,
  id: 'nora',
  name: 'Nora',
  role: 'guest',
  time: { kind: 'window', phase: 'current', fromMs: nowMs - hourMs, untilMs: nowMs + 5 * hourMs },
  terms: {
    ...noTerms,
    window: { fromMs: nowMs - hourMs, untilMs: nowMs + 5 * hourMs },
    more: false,
  },
  credentials: [
    { id: '6', type: 'pin', name: null, createdAtMs: nowMs - hourMs, here: false, duress: false },
  ],
}

const weekly = [
  { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 },
  { daysMask: 0b100_0000, startMinute: 1320, endMinute: 119 },
]

const cleo: PersonView = {
  ...nora,
  id: 'cleo',
  name: 'Cleo',
  time: { kind: 'always' },
  terms: { ...noTerms, weekly, more: false },
  week: pictureOf(weekly),
}

const ruled: PersonView = {
  ...cleo,
  terms: {
    ...cleo.terms,
    rules: {
      ...noTerms.rules,
      credentialRule: 'dual',
      holidayRule: 'noAccess',
      afterHousehold: true,
    },
  },
  faceRule: 'notAloneAtNight',
  wayTrouble: { kind: 'tooFew', have: 1, wanted: 2 },
}

const plumber: PersonView = {
  ...nora,
  id: 'plumber',
  name: 'Plumber, Hansen & Daughters Heating',
  time: {
    kind: 'window',
    phase: 'upcoming',
    fromMs: nowMs + 2 * dayMs,
    untilMs: nowMs + 2 * dayMs + 2 * hourMs,
  },
}

const erik: PersonView = {
  ...nora,
  id: 'erik',
  name: 'Erik',
  time: { kind: 'window', phase: 'ended', fromMs: nowMs - 3 * dayMs, untilMs: nowMs - dayMs },
}

/** The page below every sheet. */
export const accessBase: AccessView = {
  doorName: 'Front door',
  paint: 'pine',
  standing: { kind: 'inForce', version: 7, confirmedAtMs: nowMs - 6000 },
  household: [ada, mikael],
  visitors: [nora, cleo, plumber, erik],
  invitations: [],
  mayAdd: true,
  rules: null,
  reader: null,
  nowMs,
  sheet: null,
}

const hour = { ...noTerms, window: { fromMs: nowMs, untilMs: nowMs + hourMs } }

const gains = {
  kind: 'gains',
  who: 'Nora',
  verbs: ['lock', 'unlock'],
  credential: 'pin',
  name: null,
  duress: false,
  terms: { ...hour, more: false },
} as const

export const review = (
  phase: ReviewPhase,
  lines: readonly ChangeLine[] = [gains],
  flaw: ReviewView['flaw'] = null,
): AccessSheet => ({
  kind: 'review',
  purpose: lines[0]?.kind === 'loses' ? 'remove' : 'add',
  review: {
    version: 7,
    wantedVersion: 8,
    lines,
    insideButtonNeeded: false,
    begins: null,
    shutOut: [],
    mayGoBack: true,
    phase,
    flaw,
  },
})

const views: Readonly<Record<string, AccessView>> = {
  list: accessBase,
  empty: { ...accessBase, visitors: [], household: [ada] },
  waiting: { ...accessBase, standing: { kind: 'waiting', version: 7, wantedVersion: 8 } },
  old: {
    ...accessBase,
    mayAdd: false,
    standing: { kind: 'old', version: 7, confirmedAtMs: nowMs - 14 * hourMs },
  },
  never: { ...accessBase, standing: { kind: 'never', trouble: 'lockAway' }, mayAdd: false },
  reading: { ...accessBase, standing: { kind: 'reading' }, mayAdd: false },
  person: { ...accessBase, sheet: { kind: 'person', person: mikael, zoneDiffers: false } },
  'person-you': { ...accessBase, sheet: { kind: 'person', person: ada, zoneDiffers: false } },
  'person-rules': {
    ...accessBase,
    sheet: { kind: 'person', person: ruled, zoneDiffers: false },
  },
  'person-weekly': { ...accessBase, sheet: { kind: 'person', person: cleo, zoneDiffers: true } },
  'review-flaw': {
    ...accessBase,
    sheet: review({ kind: 'refused', trouble: 'policyInvalid' }, [], { flaw: 'noOwnerOpens' }),
  },
  'edit-review': {
    ...accessBase,
    sheet: review({ kind: 'ready' }, [
      {
        kind: 'changesPerson',
        who: 'Nora B.',
        gains: false,
        loses: true,
        parts: [
          { kind: 'name', before: 'Nora' },
          { kind: 'switched', on: false },
          { kind: 'terms', terms: gains.terms, before: { ...noTerms, more: false } },
        ],
      },
    ]),
  },
  kept: {
    ...accessBase,
    mayAdd: false,
    standing: { kind: 'kept', version: 7, readAtMs: nowMs - 3 * hourMs, outdated: false },
  },
  'review-ready': { ...accessBase, sheet: review({ kind: 'ready' }) },
  'review-proving': { ...accessBase, sheet: review({ kind: 'proving' }) },
  'review-waiting': { ...accessBase, sheet: review({ kind: 'waiting' }) },
  'review-refused': { ...accessBase, sheet: review({ kind: 'refused', trouble: 'lockAway' }) },
  'review-conflict': {
    ...accessBase,
    sheet: review({
      kind: 'conflict',
      versionInForce: 8,
      theirs: [{ kind: 'loses', who: 'Erik', credentials: ['pin'], isYou: false }],
    }),
  },
  'duress-review': {
    ...accessBase,
    sheet: review({ kind: 'ready' }, [{ ...gains, who: 'Ada Lindgren', duress: true }]),
  },
  'remove-ready': {
    ...accessBase,
    sheet: review({ kind: 'ready' }, [
      { kind: 'loses', who: 'Mikael', credentials: ['passkey', 'pin'], isYou: false },
    ]),
  },
  'remove-you': {
    ...accessBase,
    sheet: review({ kind: 'ready' }, [
      { kind: 'loses', who: 'Ada Lindgren', credentials: ['passkey', 'pin'], isYou: true },
    ]),
  },
  code: {
    ...accessBase,
    sheet: {
      kind: 'code',
      code: '730615',
      who: 'Nora',
      doorName: 'Front door',
      terms: hour,
      duress: false,
      copied: false,
      canShare: true,
    },
  },
  'code-copied': {
    ...accessBase,
    sheet: {
      kind: 'code',
      code: '730615',
      who: 'Nora',
      doorName: 'Front door',
      terms: hour,
      duress: false,
      copied: true,
      canShare: false,
    },
  },
}

export const accessScenes: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `access/${name}`,
    { tab: 'access', draw: () => <AccessScreen view={view} on={silent()} /> },
  ]),
)
