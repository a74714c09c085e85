import type { NamedFlaw } from '@mortise/keyholder'
import type { Role } from '@mortise/protocol/words'
import type {
  AccessStep,
  PeopleReading,
  Person,
  ReviewState,
  Wish,
} from '#app/state/model/access/access-state.ts'
import { accessTime } from '#app/state/model/access/access-time.ts'
import type {
  AccessSheet,
  AccessView,
  InvitationRow,
  InviteFormView,
  PersonView,
  PolicyStanding,
  VisitFormView,
} from '#app/state/model/access/access-view.ts'
import { invitableRoles, invitePresets, spanPresets } from '#app/state/model/access/invite-form.ts'
import { editableRoles, isSpecial, isTimed, judgeEdit } from '#app/state/model/access/edit-form.ts'
import { judgeTime, judgeVisit, usesOffered } from '#app/state/model/access/visit-form.ts'
import type { RulesView } from '#app/state/model/access/rules-view.ts'
import {
  enrolFormSheet,
  enrolledSheet,
  readerNote,
  readerOf,
} from '#app/state/select/select-enrol.ts'
import { rulesOf, rulesSheet } from '#app/state/select/select-rules.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import { paintOf } from '#app/state/model/door/paint.ts'

/** The list of people as its screen draws it. @param phoneZone the phone's own time zone. */
export function selectAccess(state: AppState, phoneZone: string): AccessView | null {
  const door = doorHere(state)
  if (door === null) return null
  const reading = state.access.lockId === door.lockId ? state.access.reading : null
  const people = (reading?.people ?? []).map((person) => viewOf(person, reading, state.nowMs))
  const standing = standingOf(state, reading)
  const rules = reading === null ? null : rulesOf(reading, standing.kind === 'inForce')
  return {
    doorName: door.name,
    paint: paintOf(state.taste, door.lockId),
    standing,
    household: people.filter((person) => person.role !== 'guest'),
    visitors: people.filter((person) => person.role === 'guest'),
    invitations: invitationRows(reading, state.nowMs),
    mayAdd: mayManage(reading?.yourRole ?? null) && standing.kind === 'inForce',
    rules,
    reader: readerNote(state),
    nowMs: state.nowMs,
    sheet: sheetOf(state, { people, rules }, phoneZone),
  }
}

function mayManage(role: Role | null): boolean {
  return role === 'owner' || role === 'manager'
}

function viewOf(person: Person, reading: PeopleReading | null, nowMs: number): PersonView {
  const yours = reading?.yourRole ?? null
  // The lock decides; this only spares people the way to a refusal.
  const mayRemove = !person.isYou && mayChange(yours, person.role)
  const { window } = person.terms
  const ended = window !== null && nowMs >= window.untilMs
  const mayInvite = mayChange(yours, person.role) && !person.disabled && !ended
  // What comes from the phone's own shelf is for reading.
  const isFresh = reading?.keptAtMs === null
  return {
    ...person,
    time: accessTime(window, nowMs),
    week: null,
    mayRemove: isFresh && mayRemove,
    mayInvite: isFresh && mayInvite,
    mayEdit: isFresh && mayChange(yours, person.role),
    mayAddCode:
      isFresh && (mayChange(yours, person.role) || (person.isYou && yours === 'resident')),
    mayEnrol: isFresh && mayChange(yours, person.role),
  }
}

function mayChange(yours: Role | null, theirs: Role): boolean {
  return yours === 'owner' || (yours === 'manager' && theirs === 'guest')
}

function invitationRows(reading: PeopleReading | null, nowMs: number): readonly InvitationRow[] {
  return (reading?.invitations ?? []).flatMap(({ id, userId, notAfterMs }) => {
    const person = reading?.people.find((each) => each.id === userId)
    if (reading === null || person === undefined) return []
    const { name: who, role } = person
    const mayWithdraw = mayChange(reading.yourRole, role)
    return [{ id, userId, who, role, notAfterMs, over: nowMs >= notAfterMs, mayWithdraw }]
  })
}

function standingOf(state: AppState, reading: PeopleReading | null): PolicyStanding {
  const { access } = state
  const now = access.step
  const underWay =
    now.kind === 'review' &&
    (now.step.kind === 'waiting' || now.step.kind === 'proving') &&
    // Before that no other list is wanted yet.
    !(now.wish.kind === 'enrol' && now.wish.credentialId === null)
  if (underWay && now.proposed !== null) {
    const { version, wantedVersion } = now.proposed
    return { kind: 'waiting', version, wantedVersion }
  }
  if (reading === null) {
    return access.loading ? { kind: 'reading' } : { kind: 'never', trouble: access.trouble }
  }
  const { version, keptAtMs } = reading
  if (keptAtMs !== null) {
    const outdated = reading.standing === 'outdated'
    return { kind: 'kept', version, readAtMs: keptAtMs, outdated }
  }
  const confirmed = reading.standing === 'inForce' && access.trouble === null
  return confirmed
    ? { kind: 'inForce', version, confirmedAtMs: access.readAtMs }
    : { kind: 'old', version, confirmedAtMs: reading.reportedAtMs }
}

function sheetOf(
  state: AppState,
  { people, rules }: { readonly people: readonly PersonView[]; readonly rules: RulesView | null },
  phoneZone: string,
): AccessSheet | null {
  const { step: now, reading, flaw } = state.access
  switch (now.kind) {
    case 'list':
    case 'rules':
    case 'rule':
    case 'holidays':
    case 'holiday':
      return reading === null || rules === null
        ? null
        : rulesSheet(now, reading, { rules, flaw }, phoneZone)
    case 'person': {
      const person = people.find((each) => each.id === now.userId)
      return person === undefined
        ? null
        : {
            kind: 'person',
            person: { ...person, week: now.week },
            zoneDiffers: reading?.timeZone !== phoneZone,
          }
    }
    case 'visit':
      return reading === null
        ? null
        : { kind: 'visit', form: formOf(now, reading, state, phoneZone) }
    case 'invite':
      return reading === null
        ? null
        : { kind: 'invite', form: inviteFormOf(now, reading, state, phoneZone) }
    case 'edit':
      return reading === null ? null : editSheet(now, reading, state, phoneZone)
    case 'link': {
      const { url, who, notAfterMs, copied } = now
      const doorName = doorHere(state)?.name ?? ''
      const { canShare } = state
      return { kind: 'link', url, who, doorName, notAfterMs, copied, canShare }
    }
    case 'enrol':
      return reading === null ? null : enrolFormSheet(now, reading, state)
    case 'enrolled':
      return enrolledSheet(now.wish, state)
    case 'review': {
      const reader = readerOf(now, state)
      return reader === null ? reviewOf(now, flaw) : { kind: 'reader', reader }
    }
    case 'code':
      return {
        kind: 'code',
        code: now.code,
        who: now.who,
        doorName: doorHere(state)?.name ?? '',
        terms: now.terms,
        duress: now.duress,
        copied: now.copied,
        canShare: state.canShare,
      }
  }
}

function formOf(
  now: Extract<AccessStep, { readonly kind: 'visit' }>,
  reading: PeopleReading,
  state: AppState,
  phoneZone: string,
): VisitFormView {
  const { form } = now
  const { problem } = judgeVisit(form, reading, state.nowMs)
  const { name, preset, customFrom, customUntil, week, use, firstUseHours } = form
  const uses = usesOffered(preset)
  return {
    name,
    preset,
    customFrom,
    customUntil,
    week,
    use: uses.includes(use) ? use : 'any',
    uses,
    firstUseHours,
    meaning: judgeTime(form, reading.timeZone, state.nowMs).terms,
    problem: form.tried ? problem : null,
    flaw: state.access.flaw,
    timeZone: reading.timeZone,
    zoneDiffers: reading.timeZone !== phoneZone,
  }
}

function inviteFormOf(
  now: Extract<AccessStep, { readonly kind: 'invite' }>,
  reading: PeopleReading,
  state: AppState,
  phoneZone: string,
): InviteFormView {
  const { role } = now.form
  const preset = role === 'guest' ? now.form.preset : 'always'
  const visit = formOf({ kind: 'visit', form: { ...now.form, preset } }, reading, state, phoneZone)
  const roles = invitableRoles(reading.yourRole)
  return { ...visit, role, roles, presets: invitePresets(reading.yourRole) }
}

function editSheet(
  now: Extract<AccessStep, { readonly kind: 'edit' }>,
  reading: PeopleReading,
  state: AppState,
  phoneZone: string,
): AccessSheet | null {
  const person = reading.people.find(({ id }) => id === now.userId)
  if (person === undefined) return null
  const { form } = now
  const visit = formOf({ kind: 'visit', form }, reading, state, phoneZone)
  const { terms, problem } = judgeEdit(form, person, reading, state.nowMs)
  const special = isSpecial(person.terms)
  return {
    kind: 'edit',
    who: person.name,
    form: {
      ...visit,
      meaning: terms ?? visit.meaning,
      problem: form.tried ? problem : null,
      role: form.role,
      roles: editableRoles(reading.yourRole, person),
      presets: special ? spanPresets(reading.yourRole) : invitePresets(reading.yourRole),
      uses: special ? [] : visit.uses,
      enabled: form.enabled,
      nameOnly: person.isYou,
      timed: isTimed(form.role, person),
    },
  }
}

const adding: readonly Wish['kind'][] = [
  'changePerson',
  'changeSettings',
  'addHoliday',
  'addVisitor',
  'addCode',
  'enrol',
  'invite',
  'inviteAgain',
]

function reviewOf({ proposed, step: now, wish }: ReviewState, flaw: NamedFlaw | null): AccessSheet {
  const begins = wish.kind === 'enrol' && wish.credentialId === null ? 'reader' : null
  const phase = now.kind === 'reader' ? ({ kind: 'ready' } as const) : now
  return {
    kind: 'review',
    purpose: adding.includes(wish.kind) ? 'add' : 'remove',
    review: {
      version: proposed?.version ?? 0,
      wantedVersion: proposed?.wantedVersion ?? 0,
      lines: proposed?.lines ?? [],
      insideButtonNeeded: proposed?.insideButtonNeeded ?? false,
      begins,
      phase,
      flaw,
    },
  }
}
