import type { CredentialType } from '@mortise/protocol/words'
import { accessBase, review } from '#app/gallery/access-scenes.tsx'
import { dayMs, nowMs, plainSettings, silent, timeZone } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { AccessScreen } from '#app/screens/access/access.tsx'
import type {
  EditForm,
  PeopleReading,
  Person,
  VisitForm,
} from '#app/state/model/access/access-state.ts'
import type { AccessSheet } from '#app/state/model/access/access-view.ts'
import { editFormOf } from '#app/state/model/access/edit-form.ts'
import { timeFields } from '#app/state/model/access/visit-form.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import { usualRow } from '#app/state/model/access/week.ts'
import { editSheet, inviteFormView, visitFormView } from '#app/state/select/select-forms.ts'

const looking = { nowMs, phoneZone: timeZone, flaw: null }
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const strict = {
  ...noTerms.rules,
  credentialRule: 'dual',
  holidayRule: 'noAccess',
  afterHousehold: true,
} as const

function person(id: string, types: readonly CredentialType[], change: Partial<Person>): Person {
  const credentials = types.map((type) => ({
    id: `${id} ${type}`,
    type,
    name: type === 'pin' ? null : 'Left thumb',
    createdAtMs: nowMs - dayMs,
    here: false,
    duress: false,
  }))
  return {
    id,
    name: id,
    role: 'guest',
    isYou: false,
    disabled: false,
    verbs: ['lock', 'unlock'],
    credentials,
    terms: { ...noTerms, more: false },
    delegation: null,
    ...change,
  }
}

const ada = person('Ada Lindgren', ['passkey'], { role: 'owner', isYou: true })
const nora = person('Nora', ['pin'], {
  terms: { ...noTerms, window: { fromMs: nowMs - dayMs, untilMs: nowMs + dayMs }, more: false },
})
const cleo = person('Cleo', ['pin', 'fingerprint'], {
  terms: { ...noTerms, weekly: [office], rules: strict, more: false },
})
const mikael = person('Mikael', ['passkey', 'pin', 'face'], { role: 'resident' })
const max = person('Max', ['passkey'], {
  role: 'manager',
  delegation: { guestsMax: 5, stayHoursMax: 14 * 24 },
})

const day = (text: string): number => Date.parse(`${text}T00:00Z`) / 60_000
const reading: PeopleReading = {
  version: 7,
  standing: 'inForce',
  timeZone: 'Europe/Berlin',
  settings: plainSettings,
  holidays: [
    {
      name: 'Christmas',
      startLocalMinute: day('2025-12-24'),
      endLocalMinute: day('2025-12-27') - 1,
    },
  ],
  reportedAtMs: nowMs,
  keptAtMs: null,
  yourRole: 'owner',
  people: [ada, mikael, max, nora, cleo],
  invitations: [],
}
/** The same list in the eyes of Max. */
const managed: PeopleReading = {
  ...reading,
  yourRole: 'manager',
  people: [{ ...ada, isYou: false }, mikael, { ...max, isYou: true }, nora, cleo],
}

const opened: VisitForm = { name: 'Nora Berg', preset: 'hour', ...timeFields(nowMs, timeZone) }
const visit = (change: Partial<VisitForm>, list = reading): AccessSheet => ({
  kind: 'visit',
  form: visitFormView({ ...opened, ...change }, list, looking),
})
const invite = (role: 'guest' | 'owner' | 'resident', list = reading): AccessSheet => ({
  kind: 'invite',
  form: inviteFormView({ ...opened, role }, list, looking),
})
const edit = (who: Person, change: Partial<EditForm> = {}, list = reading): AccessSheet | null => {
  const form = { ...editFormOf(who, timeZone, nowMs), ...change }
  return editSheet({ kind: 'edit', userId: who.id, form }, list, looking)
}

const two = { ...usualRow, days: [6], from: '22:00', until: '02:00' }

const sheets: Readonly<Record<string, AccessSheet | null>> = {
  visit: visit({}),
  'visit-weekly': visit({ name: 'Cleo M.', preset: 'weekly', week: [usualRow, two] }),
  'visit-weekly-spanned': visit({ preset: 'weekly', spanned: true, rules: strict }),
  'visit-first-use': visit({ preset: 'always', use: 'firstUse' }),
  'visit-times': visit({ preset: 'always', use: 'times', times: 'many', tried: true }),
  'visit-custom': visit({ preset: 'custom', name: '', tried: true }),
  'visit-scope': visit({
    preset: 'weekly',
    rules: { ...noTerms.rules, scope: 'remoteOnly' },
    tried: true,
  }),
  'visit-manager': visit({ preset: 'weekly' }, managed),
  'visit-manager-full': visit(
    { tried: true },
    {
      ...managed,
      people: managed.people.map((one) =>
        one.isYou ? { ...one, delegation: { guestsMax: 2, stayHoursMax: 24 } } : one,
      ),
    },
  ),
  'invite-guest': invite('guest'),
  'invite-owner': invite('owner'),
  'invite-resident': invite('resident'),
  'edit-guest': edit(nora),
  'edit-cleaner': edit(cleo),
  'edit-resident': edit(mikael),
  'edit-manager': edit(max),
  'edit-manager-wrong': edit(max, { stayDaysMax: '', tried: true }),
  'edit-you': edit(ada),
  'review-shut-out': {
    kind: 'review',
    purpose: 'add',
    review: {
      version: 7,
      wantedVersion: 8,
      lines: [
        {
          kind: 'changesPerson',
          who: 'Nora',
          gains: false,
          loses: true,
          parts: [{ kind: 'terms', terms: { ...nora.terms, rules: strict }, before: nora.terms }],
        },
      ],
      shutOut: [{ who: 'Nora', trouble: { kind: 'tooFew', have: 1, wanted: 2 } }],
      insideButtonNeeded: false,
      begins: null,
      mayGoBack: true,
      phase: { kind: 'ready' },
      flaw: null,
    },
  },
  'review-refused': review({ kind: 'refused', trouble: 'lockAway' }),
}

export const formScenes: Scenes = Object.fromEntries(
  Object.entries(sheets).map(([name, sheet]) => [
    `forms/${name}`,
    {
      tab: 'access',
      draw: () => <AccessScreen view={{ ...accessBase, sheet }} on={silent()} />,
    },
  ]),
)
