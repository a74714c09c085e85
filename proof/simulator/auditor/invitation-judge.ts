import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Binding, Credential, Entry, Invitation, Policy } from '@mortise/protocol/words'
import { isCertain } from './court.ts'
import type { Court } from './court.ts'

/** Follows tickets: who shows them, and whose keys the lock has taken for them. */
export interface InvitationJudge {
  /** Somebody shows the ticket of an invitation, with a key of their own. */
  readonly shown: (invitationId: Uint8Array, credential: Credential) => void
  readonly accepted: (entry: Entry) => void
  /** The owners' document is another one from here on. */
  readonly installed: (document: Policy) => void
}

interface Ticket {
  readonly invitationId: Uint8Array
  readonly credential: Credential
}

/** Keeps `court.policy`: the owners' document, with the keys that came by its invitations. */
export function createInvitationJudge(court: Court): InvitationJudge {
  const tickets = new Map<string, Ticket>()
  let bindings: readonly Binding[] = []

  const fault = (entry: Entry, invitation: Invitation | undefined): string | undefined => {
    if (invitation === undefined) return 'withdrawn, or of nobody'
    const { id, userId, notAfterMs } = invitation
    if (bindings.some(({ invitationId }) => bytesEqual(invitationId, id))) return 'used before'
    if (!isCertain(court)) return 'accepted at a time that nobody knows'
    if (entry.timeMs >= notAfterMs) return `over for ${entry.timeMs - notAfterMs} ms`
    const user = court.document?.users.find((one) => bytesEqual(one.id, userId))
    if (user?.userStatus !== 'occupiedEnabled') return 'for somebody who is suspended'
    const isTheirs = entry.userId !== undefined && bytesEqual(entry.userId, userId)
    return isTheirs ? undefined : 'bound to somebody else'
  }
  return {
    shown(invitationId, credential) {
      tickets.set(toHex(credential.id), { invitationId, credential })
    },
    accepted(entry) {
      const { credentialId, userName } = entry
      const ticket = credentialId && tickets.get(toHex(credentialId))
      court.holds('invitation', ticket !== undefined, () => `${userName}: without a ticket`)
      if (ticket === undefined || court.document === undefined) return
      const { document } = court
      const { invitationId, credential } = ticket
      const invitation = document.invitations.find(({ id }) => bytesEqual(id, invitationId))
      const why = fault(entry, invitation)
      court.holds('invitation', why === undefined, () => `${userName}: ${why}`)
      if (invitation === undefined) return
      bindings = [...bindings, { userId: invitation.userId, invitationId, credential }]
      court.policy = withBindings(document, bindings)
    },
    installed(document) {
      bindings = bindings.filter((binding) => stands(document, binding))
      court.document = document
      court.policy = withBindings(document, bindings)
    },
  }
}

/** A key goes with its invitation, and is the owners' own once they have written it down. */
function stands({ invitations, users }: Policy, { invitationId, userId, credential }: Binding) {
  const isListed = users.some(({ credentials }) =>
    credentials.some(({ id }) => bytesEqual(id, credential.id)),
  )
  return (
    !isListed &&
    invitations.some((one) => bytesEqual(one.id, invitationId) && bytesEqual(one.userId, userId))
  )
}

function withBindings(document: Policy, bindings: readonly Binding[]): Policy {
  const users = document.users.map((user) => {
    const bound = bindings.filter(({ userId }) => bytesEqual(userId, user.id))
    const keys = bound.map(({ credential }) => credential)
    return keys.length === 0 ? user : { ...user, credentials: [...user.credentials, ...keys] }
  })
  return { ...document, users }
}
