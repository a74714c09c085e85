import type { Contact, EnrolmentOrder, PolicyChange, PolicyReading } from '@mortise/keyholder'
import {
  draftInvitation,
  draftInvitedPerson,
  findOwnCredential,
  KeyholderError,
  readPolicy,
  withdrawInvitation,
} from '@mortise/keyholder'
import { bytesEqual, fromHex } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import { userRightsOf } from '#app/state/model/access/policy-terms.ts'
import type { Wish } from '#app/state/model/access/access-state.ts'

/** A wish as a change, with what is shown once when it is in force. */
export interface Made {
  readonly change: PolicyChange
  readonly code: string | null
  readonly link: string | null
  /** What a reader has to learn before the lock takes the change. */
  readonly order?: EnrolmentOrder
}

type InvitationWish = Extract<Wish, { readonly kind: 'invite' | 'inviteAgain' | 'withdraw' }>
export type PlainWish = Exclude<Wish, InvitationWish>

export function isInvitation(wish: Wish): wish is InvitationWish {
  return wish.kind === 'invite' || wish.kind === 'inviteAgain' || wish.kind === 'withdraw'
}

/**
 * Makes the change of an invitation. The link's fragment holds the ticket's key: it is shown to the
 * one who invites and kept nowhere.
 */
export async function invitationOf(
  contact: Contact,
  wish: InvitationWish,
  origin: string,
): Promise<Made> {
  if (wish.kind === 'withdraw') {
    const edit = withdrawInvitation(idOf(wish.invitationId))
    return { change: { edit, pins: [] }, code: null, link: null }
  }
  const { device, known } = contact
  const you = ownUser(contact, await readPolicy(contact))
  const { notAfterMs } = wish
  const terms = you === undefined ? { notAfterMs } : { notAfterMs, inviterName: you.name }
  const draft =
    wish.kind === 'invite'
      ? draftInvitedPerson(device, known, personOf(wish), terms)
      : draftInvitation(
          device,
          known,
          wish.userId === null ? idOfOwn(you) : idOf(wish.userId),
          terms,
        )
  const change = { edit: draft.edit, pins: draft.pins }
  return { change, code: null, link: `${origin}/#${draft.text}` }
}

function personOf({ name, role, terms }: Extract<Wish, { readonly kind: 'invite' }>) {
  return { name, role, ...userRightsOf(terms) }
}

function ownUser({ known }: Contact, reading: PolicyReading): User | undefined {
  const own = known.credential
  if (own === undefined) return undefined
  return findOwnCredential(reading, ({ id }) => bytesEqual(id, own.id))?.user
}

function idOfOwn(user: User | undefined): Uint8Array {
  if (user === undefined) throw new KeyholderError('noCredential')
  return user.id
}

/** @throws KeyholderError `editImpossible` for a text that is no id. */
export function idOf(text: string): Uint8Array {
  const bytes = fromHex(text)
  if (bytes === undefined) throw new KeyholderError('editImpossible')
  return bytes
}
