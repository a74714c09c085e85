import { isDuress } from '@mortise/access'
import type { PolicyDifference } from '@mortise/keyholder'
import type { Credential, CredentialType, Role, User } from '@mortise/protocol/words'
import type {
  ChangeLine,
  CredentialKind,
  PersonChange,
} from '#app/state/model/access/access-view.ts'
import { personTermsOf } from '#app/state/model/access/policy-terms.ts'

/** The differences between two lists as lines for people. `isYou` marks the reader. */
export function changeLines(
  differences: readonly PolicyDifference[],
  isYou: (userId: Uint8Array) => boolean,
): readonly ChangeLine[] {
  return differences.map((difference) => lineOf(difference, isYou))
}

function lineOf(difference: PolicyDifference, isYou: (userId: Uint8Array) => boolean): ChangeLine {
  switch (difference.kind) {
    case 'userAdded': {
      const { user } = difference
      return gains(user, user.credentials[0])
    }
    case 'credentialAdded':
      return gains(difference.user, difference.credential)
    case 'userRemoved': {
      const { user, credentials } = difference
      return {
        kind: 'loses',
        who: user.name,
        credentials: [...new Set(credentials.map((each) => credentialKind(user.role, each.type)))],
        isYou: isYou(user.id),
      }
    }
    case 'credentialRemoved':
      return {
        kind: 'losesCredential',
        who: difference.user.name,
        credential: credentialKind(difference.user.role, difference.credential.type),
        name: credentialName(difference.credential),
      }
    case 'credentialRenamed': {
      const { user, before, after } = difference
      const names = { before: credentialName(before) ?? '', name: credentialName(after) ?? '' }
      return { kind: 'renames', who: user.name, credential: after.type, ...names }
    }
    case 'userChanged':
      return personLine(difference)
    case 'settingChanged': {
      const { setting, before, after } = difference
      return { kind: 'setting', setting, before, after }
    }
    case 'invitationAdded': {
      const { user, invitation } = difference
      return { kind: 'invites', who: user.name, untilMs: invitation.notAfterMs }
    }
    case 'invitationRemoved':
      return { kind: 'uninvites', who: difference.user.name }
    case 'relyingPartiesChanged':
      return { kind: 'addresses' }
    case 'holidayAdded':
      return { kind: 'holiday', added: true, holiday: difference.holiday }
    case 'holidayRemoved':
      return { kind: 'holiday', added: false, holiday: difference.holiday }
  }
}

type UserChanged = Extract<PolicyDifference, { readonly kind: 'userChanged' }>

function personLine({ before, after, fields, gains: more, loses }: UserChanged) {
  const parts = fields.map((field): PersonChange => {
    switch (field) {
      case 'name':
        return { kind: 'name', before: before.name }
      case 'role':
        return { kind: 'role', role: after.role }
      case 'userStatus':
        return { kind: 'switched', on: after.userStatus === 'occupiedEnabled' }
      case 'verbs':
        return { kind: 'verbs', verbs: after.verbs }
      case 'validity':
      case 'userType':
      case 'weekDaySchedules':
      case 'useLimit':
      case 'expiringUserTimeout':
      case 'credentialRule':
      case 'holidayRule':
      case 'maxOfflineHours':
      case 'afterHousehold':
        return { kind: 'terms', terms: personTermsOf(after), before: personTermsOf(before) }
      case 'delegation':
        return { kind: 'delegation', delegation: after.delegation ?? null }
      case 'yearDaySchedules':
        return { kind: 'otherRules' }
    }
  })
  const kinds = new Set<PersonChange['kind']>()
  const distinct = parts.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind))
  return { kind: 'changesPerson', who: after.name, gains: more, loses, parts: distinct } as const
}

function gains(user: User, credential: Credential | undefined): ChangeLine {
  const { name: who, verbs, role } = user
  const duress = credential !== undefined && isDuress(credential)
  const kind = credential === undefined ? null : credentialKind(role, credential.type)
  const name = credential === undefined ? null : credentialName(credential)
  return { kind: 'gains', who, verbs, credential: kind, name, duress, terms: personTermsOf(user) }
}

/** What a credential of somebody with this role is called. */
export function credentialKind(role: Role, type: CredentialType): CredentialKind {
  return role === 'agent' && type === 'pin' ? 'voicePin' : type
}

export function credentialName(credential: Credential): string | null {
  return credential.type === 'pin' ? null : credential.name
}
