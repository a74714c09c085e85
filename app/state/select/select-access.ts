import type { NamedFlaw } from '@mortise/keyholder'
import type { Role } from '@mortise/protocol/words'
import type {
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
  PersonView,
  PolicyStanding,
} from '#app/state/model/access/access-view.ts'
import { wayTrouble } from '#app/state/model/access/person-rules.ts'
import type { RulesView } from '#app/state/model/access/rules-view.ts'
import {
  enrolFormSheet,
  enrolledSheet,
  readerNote,
  readerOf,
} from '#app/state/select/select-enrol.ts'
import {
  editSheet,
  inviteFormView,
  renameSheet,
  visitFormView,
} from '#app/state/select/select-forms.ts'
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
  const hasFace = person.credentials.some(({ type }) => type === 'face')
  // What comes from the phone's own shelf is for reading.
  const isFresh = reading?.keptAtMs === null
  return {
    ...person,
    time: accessTime(window, nowMs),
    week: null,
    faceRule: hasFace ? (reading?.settings.faceRule ?? null) : null,
    wayTrouble: reading === null ? null : troubleOf(person, reading),
    mayRemove: isFresh && mayRemove,
    mayInvite: isFresh && mayInvite,
    mayEdit: isFresh && mayChange(yours, person.role),
    mayAddCode:
      isFresh && (mayChange(yours, person.role) || (person.isYou && yours === 'resident')),
    // An assistant is never at the door.
    mayEnrol: isFresh && person.role !== 'agent' && mayChange(yours, person.role),
  }
}

/** Nobody waits for a door that is switched off for them. */
function troubleOf({ disabled, credentials, terms }: Person, { settings }: PeopleReading) {
  if (disabled) return null
  const types = credentials.map(({ type }) => type)
  return wayTrouble(types, terms.rules, settings.faceRule)
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
  const { nowMs } = state
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
        : { kind: 'visit', form: visitFormView(now.form, reading, { nowMs, phoneZone, flaw }) }
    case 'invite':
      return reading === null
        ? null
        : { kind: 'invite', form: inviteFormView(now.form, reading, { nowMs, phoneZone, flaw }) }
    case 'edit':
      return reading === null ? null : editSheet(now, reading, { nowMs, phoneZone, flaw })
    case 'link': {
      const { url, who, notAfterMs, copied } = now
      const doorName = doorHere(state)?.name ?? ''
      const { canShare } = state
      return { kind: 'link', url, who, doorName, notAfterMs, copied, canShare }
    }
    case 'enrol':
      return reading === null ? null : enrolFormSheet(now, reading, state)
    case 'rename':
      return reading === null ? null : renameSheet(now, reading)
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

const adding: readonly Wish['kind'][] = [
  'changePerson',
  'renameCredential',
  'changeSettings',
  'addHoliday',
  'addVisitor',
  'addCode',
  'enrol',
  'invite',
  'inviteAgain',
]

function reviewOf(
  { proposed, step: now, wish, from }: ReviewState,
  flaw: NamedFlaw | null,
): AccessSheet {
  const begins = wish.kind === 'enrol' && wish.credentialId === null ? 'reader' : null
  const phase = now.kind === 'reader' ? ({ kind: 'ready' } as const) : now
  return {
    kind: 'review',
    purpose: adding.includes(wish.kind) ? 'add' : 'remove',
    review: {
      version: proposed?.version ?? 0,
      wantedVersion: proposed?.wantedVersion ?? 0,
      lines: proposed?.lines ?? [],
      shutOut: proposed?.shutOut ?? [],
      insideButtonNeeded: proposed?.insideButtonNeeded ?? false,
      begins,
      mayGoBack: from !== null,
      phase,
      flaw,
    },
  }
}
