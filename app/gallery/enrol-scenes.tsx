import { accessBase, ada, mikael, review } from '#app/gallery/access-scenes.tsx'
import { dayMs, nowMs, silent } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { AccessScreen } from '#app/screens/access/access.tsx'
import type {
  AccessSheet,
  AccessView,
  ChangeLine,
  PersonView,
  ReviewPhase,
} from '#app/state/model/access/access-view.ts'
import type { EnrolFormView, ReaderPhase, ReaderView } from '#app/state/model/access/enrol.ts'

const thumb = { createdAtMs: nowMs - dayMs, here: false, duress: false } as const
const withFingers: PersonView = {
  ...mikael,
  credentials: [
    ...mikael.credentials,
    { ...thumb, id: '20', type: 'fingerprint', name: 'Right thumb' },
    { ...thumb, id: '21', type: 'fingerprint', name: 'Left little finger', duress: true },
    { ...thumb, id: '22', type: 'face', name: 'With glasses' },
  ],
}

const form: EnrolFormView = {
  who: 'Mikael',
  doorName: 'Front door',
  type: 'fingerprint',
  name: 'Right thumb',
  duress: false,
  problem: null,
  mayDuress: true,
  readerTaken: false,
}

const gained = {
  kind: 'gains',
  who: 'Mikael',
  verbs: ['lock', 'unlock'],
  credential: 'fingerprint',
  name: 'Right thumb',
  duress: false,
  terms: mikael.terms,
} as const

function reviewed(phase: ReviewPhase, duress = false): AccessSheet {
  const line: ChangeLine = { ...gained, duress }
  const sheet = review(phase, [line])
  return sheet.kind === 'review'
    ? { ...sheet, review: { ...sheet.review, begins: 'reader' } }
    : sheet
}

const capturing: ReaderPhase = { kind: 'capturing', captured: 0, needed: 0, leftMs: 118_000 }
const reader: ReaderView = {
  who: 'Mikael',
  type: 'fingerprint',
  name: 'Right thumb',
  duress: false,
  doorName: 'Front door',
  phase: capturing,
  signing: 'no',
  away: false,
  trouble: null,
}
const enrolled: ReaderPhase = { kind: 'enrolled', leftMs: 583_000 }

function atReader(change: Partial<ReaderView>): AccessView {
  return { ...accessBase, sheet: { kind: 'reader', reader: { ...reader, ...change } } }
}
const touched = (captured: number, needed = 3): ReaderPhase => ({
  kind: 'capturing',
  captured,
  needed,
  leftMs: 84_000,
})
const formOf = (change: Partial<EnrolFormView>): AccessView => ({
  ...accessBase,
  sheet: { kind: 'enrol', form: { ...form, ...change } },
})

const views: Readonly<Record<string, AccessView>> = {
  person: { ...accessBase, sheet: { kind: 'person', person: withFingers, zoneDiffers: false } },
  'person-resident': {
    ...accessBase,
    sheet: {
      kind: 'person',
      zoneDiffers: false,
      person: { ...ada, role: 'resident', mayEnrol: false, mayEdit: false, mayInvite: false },
    },
  },
  form: formOf({}),
  'form-problem': formOf({ name: '', problem: 'whichMissing', readerTaken: true }),
  'form-duress': formOf({ name: 'Left little finger', duress: true }),
  'form-face': formOf({ type: 'face', name: '', mayDuress: false }),
  review: { ...accessBase, sheet: reviewed({ kind: 'ready' }) },
  'review-duress': { ...accessBase, sheet: reviewed({ kind: 'ready' }, true) },
  'review-busy': { ...accessBase, sheet: reviewed({ kind: 'refused', trouble: 'busy' }) },
  'review-no-reader': { ...accessBase, sheet: reviewed({ kind: 'refused', trouble: 'notFitted' }) },
  'reader-waits': atReader({}),
  'reader-one': atReader({ phase: touched(1) }),
  'reader-two': atReader({ phase: touched(2) }),
  'reader-away': atReader({ phase: touched(1), away: true }),
  'reader-face': atReader({ type: 'face', name: 'With glasses' }),
  'reader-many': atReader({ phase: touched(9, 16) }),
  'reader-has': atReader({ phase: enrolled }),
  'reader-signing': atReader({ phase: enrolled, signing: 'proving' }),
  'reader-unsigned': atReader({ phase: enrolled, trouble: 'insideButtonNeeded' }),
  'reader-known': atReader({ phase: { kind: 'failed', reason: 'alreadyEnrolled' } }),
  'reader-bad': atReader({ phase: { kind: 'failed', reason: 'captureFailed' } }),
  'reader-full': atReader({ phase: { kind: 'failed', reason: 'readerFull' } }),
  'reader-over': atReader({ phase: { kind: 'over' } }),
  'reader-unheard': atReader({ phase: { kind: 'unheard' }, away: true }),
  rename: {
    ...accessBase,
    sheet: {
      kind: 'rename',
      form: { who: 'Mikael', type: 'fingerprint', name: 'Left thumb', problem: null },
    },
  },
  'rename-empty': {
    ...accessBase,
    sheet: {
      kind: 'rename',
      form: { who: 'Mikael', type: 'face', name: '', problem: 'whichMissing' },
    },
  },
  'rename-review': {
    ...accessBase,
    sheet: review({ kind: 'ready' }, [
      {
        kind: 'renames',
        who: 'Mikael',
        credential: 'fingerprint',
        before: 'Right thumb',
        name: 'Left thumb',
      },
    ]),
  },
  done: { ...accessBase, sheet: { kind: 'enrolled', reader, userId: 'mikael' } },
  'aside-waits': {
    ...accessBase,
    reader: { kind: 'ours', reader: { ...reader, phase: touched(1) } },
  },
  'aside-has': { ...accessBase, reader: { kind: 'ours', reader: { ...reader, phase: enrolled } } },
  theirs: {
    ...accessBase,
    reader: { kind: 'theirs', type: 'fingerprint', phase: touched(2) },
  },
}

export const enrolScenes: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `enrol/${name}`,
    { tab: 'access', draw: () => <AccessScreen view={view} on={silent()} /> },
  ]),
)
