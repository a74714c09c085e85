import type { PolicyReport } from '@mortise/protocol/wire'
import { bytesEqual, policyMessage, toHex } from '@mortise/protocol/wire'
import type {
  Credential,
  Policy,
  Role,
  SigningCredential,
  User,
  Validity,
  Verb,
} from '@mortise/protocol/words'
import { roles } from '@mortise/protocol/words'

/** A credential with which somebody can sign in here. Codes at the keypad are none. */
export type SignInCredential = SigningCredential

/** One credential of one user, as the lock's signed report has it. */
export interface Member {
  readonly userId: Uint8Array
  readonly userName: string
  readonly role: Role
  readonly enabled: boolean
  readonly verbs: readonly Verb[]
  readonly validity?: Validity
  readonly credentialId: Uint8Array
  readonly credentialType: SignInCredential['type']
  readonly publicKey: Uint8Array
  readonly passkeyId?: Uint8Array
  readonly relyingPartyId?: string
}

/** One invitation of a report: what its holder signs with, and whether it can still be accepted. */
export interface Ticket {
  readonly invitationId: Uint8Array
  readonly publicKey: Uint8Array
  readonly notAfterMs: number
  /** The lock has bound a key by it. */
  readonly used: boolean
}

/** What a report says about who belongs to the lock, and what the door is called. */
export interface Projection {
  readonly doorName: string
  readonly members: readonly Member[]
  readonly tickets: readonly Ticket[]
}

/**
 * Reads a report whose signature was checked.
 * @returns undefined when the policy inside is another lock's or another version's: then nothing
 * of it is believed.
 * @throws WireError when it is no policy.
 */
export function projectReport(report: PolicyReport): Projection | undefined {
  const policy = policyMessage.decode(report.policy)
  if (!bytesEqual(policy.lockId, report.lockId) || policy.version !== report.version) {
    return undefined
  }
  const users = new Map(policy.users.map((user) => [toHex(user.id), user]))
  const own = policy.users.flatMap((user) => membersOf(user, user.credentials))
  const bound = report.bindings.flatMap((binding) => {
    const user = users.get(toHex(binding.userId))
    return user === undefined ? [] : membersOf(user, [binding.credential])
  })
  const members = onePerCredential([...own, ...bound])
  return { doorName: policy.doorName, members, tickets: ticketsOf(policy, report) }
}

function ticketsOf({ invitations }: Policy, { bindings }: PolicyReport): readonly Ticket[] {
  const used = new Set(bindings.map(({ invitationId }) => toHex(invitationId)))
  return invitations.map(({ id, ticketPublicKey, notAfterMs }) => ({
    invitationId: id,
    publicKey: ticketPublicKey,
    notAfterMs,
    used: used.has(toHex(id)),
  }))
}

function membersOf(user: User, credentials: readonly Credential[]): readonly Member[] {
  return credentials
    .filter((credential) => credential.type === 'passkey' || credential.type === 'deviceKey')
    .map((credential) => ({
      userId: user.id,
      userName: user.name,
      role: user.role,
      enabled: user.userStatus === 'occupiedEnabled',
      verbs: user.verbs,
      ...(user.validity === undefined ? {} : { validity: user.validity }),
      credentialId: credential.id,
      credentialType: credential.type,
      publicKey: credential.publicKey,
      ...(credential.type === 'passkey'
        ? { passkeyId: credential.passkeyId, relyingPartyId: credential.relyingPartyId }
        : {}),
    }))
}

/** Credential ids are unique within a user only; the lock refuses doubles, the hub keeps the first. */
function onePerCredential(members: readonly Member[]): readonly Member[] {
  const seen = new Set<string>()
  return members.filter((member) => {
    const id = toHex(member.credentialId)
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
}

/** `upcoming`: the person's time has not begun. `none`: it is over, or the person is disabled. */
export type Standing = 'active' | 'upcoming' | 'none'

/** Half-open, as the lock evaluates it; by the hub's clock, which decides no door. */
export function standingOf(member: Pick<Member, 'enabled' | 'validity'>, nowMs: number): Standing {
  if (!member.enabled) return 'none'
  if (member.validity === undefined) return 'active'
  if (nowMs >= member.validity.notAfterMs) return 'none'
  return nowMs < member.validity.notBeforeMs ? 'upcoming' : 'active'
}

type Ranked = Pick<Member, 'enabled' | 'validity' | 'role' | 'userId'>

/**
 * Who an account is at a lock, of all the members whose credentials it has proved: active before
 * upcoming, then the higher role. Returns all credentials of that one user.
 */
export function chooseUser<M extends Ranked>(
  members: readonly M[],
  nowMs: number,
):
  | { readonly standing: 'active' | 'upcoming'; readonly members: readonly [M, ...M[]] }
  | undefined {
  const ranked = members
    .map((member) => ({ member, standing: standingOf(member, nowMs) }))
    .filter(({ standing }) => standing !== 'none')
    .toSorted((left, right) => rankOf(left) - rankOf(right))
  const best = ranked[0]
  if (best === undefined || best.standing === 'none') return undefined
  const rest = members.filter(
    (member) => member !== best.member && bytesEqual(member.userId, best.member.userId),
  )
  return { standing: best.standing, members: [best.member, ...rest] }
}

function rankOf(candidate: { readonly member: Ranked; readonly standing: Standing }): number {
  const waiting = candidate.standing === 'active' ? 0 : roles.length
  return waiting + roles.indexOf(candidate.member.role)
}
