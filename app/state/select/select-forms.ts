import type { NamedFlaw } from '@mortise/keyholder'
import type { CredentialType, Role } from '@mortise/protocol/words'
import { credentialRules, holidayRules } from '@mortise/protocol/words'
import type {
  AccessStep,
  InviteForm,
  PeopleReading,
  VisitForm,
} from '#app/state/model/access/access-state.ts'
import type {
  AccessSheet,
  EditFormView,
  InviteFormView,
  PresetOption,
  VisitFormView,
} from '#app/state/model/access/access-view.ts'
import { editableRoles, isTimed, judgeEdit } from '#app/state/model/access/edit-form.ts'
import { invitableRoles, judgeInvite, spanPresets } from '#app/state/model/access/invite-form.ts'
import type { ManagerLimits } from '#app/state/model/access/manager-limits.ts'
import { managerLimits, mayGive } from '#app/state/model/access/manager-limits.ts'
import type { PersonRule } from '#app/state/model/access/person-rules.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import {
  offlineHours,
  offlineOptions,
  rulesFor,
  usualOfflineHours,
  wayTrouble,
} from '#app/state/model/access/person-rules.ts'
import { judgeRename } from '#app/state/model/access/rename-form.ts'
import { scopes } from '#app/state/model/access/usual-rules.ts'
import type { RulesFieldsView } from '#app/state/model/access/person-rules-view.ts'
import {
  firstUseOptions,
  judgeGiven,
  judgeTime,
  usesOffered,
} from '#app/state/model/access/visit-form.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import { wallMinuteOf } from '#app/time/wall-time.ts'

interface Looking {
  readonly nowMs: number
  readonly phoneZone: string
  /** Why no lock would accept what the form made. */
  readonly flaw: NamedFlaw | null
}

/** For whom a form is, as far as its rules ask. */
interface Whose {
  readonly role: Role
  /** The ways in that they have, or are given by this form. */
  readonly ways: readonly CredentialType[]
  readonly asked: readonly PersonRule[]
}

/** The form for a code as its screen draws it. */
export function visitFormView(
  form: VisitForm,
  reading: PeopleReading,
  looking: Looking,
): VisitFormView {
  const whose: Whose = { role: 'guest', ways: ['pin'], asked: rulesFor('guest') }
  const { problem } = judgeGiven(form, reading, looking.nowMs)
  return { ...viewOf(form, reading, looking, whose), problem: form.tried ? problem : null }
}

/** The form for an invitation: what comes of it is a phone. */
export function inviteFormView(
  form: InviteForm,
  reading: PeopleReading,
  looking: Looking,
): InviteFormView {
  const { role } = form
  const whose: Whose = { role, ways: ['passkey'], asked: rulesFor(role) }
  const asked: VisitForm = role === 'guest' ? form : { ...form, preset: 'always' }
  const { problem } = judgeInvite(form, reading, looking.nowMs)
  return {
    ...viewOf(asked, reading, looking, whose),
    problem: form.tried ? problem : null,
    role,
    roles: invitableRoles(reading.yourRole),
  }
}

/** What owners choose about themselves beside their name: hours and access would be a slip of the thumb. */
const ownRules: readonly PersonRule[] = ['credentialRule']

/** The form for somebody who is in the list; `null` when they are not any more. */
export function editSheet(
  now: Extract<AccessStep, { readonly kind: 'edit' }>,
  reading: PeopleReading,
  looking: Looking,
): AccessSheet | null {
  const person = reading.people.find(({ id }) => id === now.userId)
  if (person === undefined) return null
  const { form } = now
  const { more } = person.terms
  const asked = askedOf(person.isYou ? ownRules : rulesFor(form.role), more)
  const ways = person.credentials.map(({ type }) => type)
  const view = viewOf(form, reading, looking, { role: form.role, ways, asked })
  const { terms, problem } = judgeEdit(form, person, reading, looking.nowMs)
  const edit: EditFormView = {
    ...view,
    meaning: terms ?? view.meaning,
    problem: form.tried ? problem : null,
    role: form.role,
    roles: editableRoles(reading.yourRole, person),
    presets: more ? view.presets.filter(({ value }) => spanPresets.includes(value)) : view.presets,
    uses: more ? [] : view.uses,
    enabled: form.enabled,
    limited: form.limited,
    guestsMax: form.guestsMax,
    stayDaysMax: form.stayDaysMax,
    nameOnly: person.isYou,
    timed: isTimed(form.role, person),
  }
  return { kind: 'edit', who: person.name, form: edit }
}

/** The form for the name of a way in; `null` when it is not there any more. */
export function renameSheet(
  { form, userId, credentialId }: Extract<AccessStep, { readonly kind: 'rename' }>,
  reading: PeopleReading,
): AccessSheet | null {
  const person = reading.people.find(({ id }) => id === userId)
  const way = person?.credentials.find(({ id }) => id === credentialId)
  if (person === undefined || way === undefined) return null
  const problem = form.tried ? judgeRename(form) : null
  return { kind: 'rename', form: { who: person.name, type: way.type, name: form.name, problem } }
}

/** Where somebody has hours that no form can say, from where they come is part of these. */
function askedOf(rules: readonly PersonRule[], more: boolean): readonly PersonRule[] {
  return more ? rules.filter((rule) => rule !== 'scope') : rules
}

function viewOf(
  form: VisitForm,
  reading: PeopleReading,
  { nowMs, phoneZone, flaw }: Looking,
  whose: Whose,
): VisitFormView {
  const { timeZone } = reading
  const { name, preset, customFrom, customUntil, week, spanFrom, spanUntil } = form
  const limits = managerLimits(reading)
  const uses = usesOffered(preset)
  const spanned = form.spanned || limits !== null
  return {
    name,
    preset,
    presets: visitPresets.map((value) => presetOption(value, limits)),
    customFrom,
    customUntil,
    week,
    spanned,
    spanFrom,
    spanUntil,
    bounds: limits,
    use: uses.includes(form.use) ? form.use : 'any',
    uses,
    times: form.times,
    firstUseHours: form.firstUseHours,
    firstUseOptions: firstUseOptions(form.firstUseHours),
    rules: rulesView(form.rules, reading, limits, { ...whose, nowMs }),
    meaning: judgeTime({ ...form, spanned }, timeZone, nowMs).terms,
    problem: null,
    flaw,
    timeZone,
    zoneDiffers: timeZone !== phoneZone,
  }
}

/** A manager's guests have an end. */
function presetOption(value: VisitPreset, limits: ManagerLimits | null): PresetOption {
  return { value, allowed: limits === null || value !== 'always' }
}

function rulesView(
  rules: PersonRules,
  { settings, holidays }: PeopleReading,
  limits: ManagerLimits | null,
  { role, ways, asked, nowMs }: Whose & { readonly nowMs: number },
): RulesFieldsView {
  const option = <Rule extends PersonRule>(rule: Rule, value: PersonRules[Rule]) => ({
    value,
    allowed: mayGive(limits, { [rule]: value }),
  })
  const today = wallMinuteOf(nowMs, settings.timeZone)
  return {
    asked,
    rules,
    scopes: scopes.map((value) => option('scope', value)),
    credentialRules: credentialRules.map((value) => option('credentialRule', value)),
    holidayRules: holidayRules.map((value) => option('holidayRule', value)),
    afterHousehold: [false, true].map((value) => option('afterHousehold', value)),
    offlineHours: offlineOptions(rules, role).map((value) => ({
      value,
      allowed: mayGive(limits, { maxOfflineHours: value }),
    })),
    offlineNow: offlineHours(rules, role),
    offlineUsual: usualOfflineHours(role),
    wayTrouble: wayTrouble(ways, rules, settings.faceRule),
    faceRule: ways.includes('face') ? settings.faceRule : null,
    holidays: holidays.filter((one) => one.endLocalMinute >= today).map((one) => one.name),
  }
}
