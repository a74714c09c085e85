import type { Contact, Device, PolicyChange, PolicyEdit, PolicyProposal } from '@mortise/keyholder'
import {
  addHoliday,
  beginEnrolment,
  changeSettings,
  changeUser,
  commitChange,
  draftBiometric,
  draftCode,
  draftVisitorCode,
  isConflict,
  KeyholderError,
  preview,
  proposeChange,
  removeCredential,
  removeHoliday,
  removeUser,
  renameCredential,
} from '@mortise/keyholder'
import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import type { PersonWish, Proposed, Wish } from '#app/state/model/access/access-state.ts'
import { idOf, invitationOf, isInvitation } from '#app/shell/locks/invite.ts'
import type { Made, PlainWish } from '#app/shell/locks/invite.ts'
import { shutOutBy } from '#app/shell/locks/shut-out.ts'
import { changedRights, userRightsOf } from '#app/state/model/access/policy-terms.ts'
import { changeLines } from '#app/state/model/access/change-lines.ts'
import type { CommitOutcome, LocksPort, ProposeOutcome, Unfit } from '#app/state/app/ports.ts'

/** A wish that was made into a change, with the digits that it holds until it is signed or dropped. */
interface Kept extends Made {
  readonly proposal: PolicyProposal
}

/**
 * Wishes between looking and signing, in memory only: one for each lock, and those that a reader
 * learns by the id under which it does.
 */
export interface Changes {
  readonly propose: (contact: Contact, lockId: string, wish: Wish) => Promise<ProposeOutcome>
  /** @throws KeyholderError `editImpossible` when nothing is kept. */
  readonly enrol: (contact: Contact, lockId: string) => ReturnType<LocksPort['enrol']>
  /** @param name of the kept wish: of the lock, or under which a reader has learned it. */
  readonly commit: (contact: Contact, name: string) => Promise<CommitOutcome>
  readonly forget: (lockId: string) => void
}

/** @param origin where the app lives: a link leads there. */
export function createChanges(device: Pick<Device, 'crypto' | 'clock'>, origin: string): Changes {
  const wishes = new Map<string, Kept>()

  const enrolKept = async (contact: Contact, lockId: string): ReturnType<LocksPort['enrol']> => {
    const kept = wishes.get(lockId)
    if (kept?.order === undefined) throw new KeyholderError('editImpossible')
    const { state } = await beginEnrolment(contact, kept.order)
    const credentialId = toHex(kept.order.credentialId)
    wishes.set(credentialId, kept)
    const sighting = contact.sighting ?? { state, confirmedAtMs: device.clock.nowMs() }
    return { credentialId, sighting }
  }

  const commitKept = async (contact: Contact, name: string): Promise<CommitOutcome> => {
    const kept = wishes.get(name)
    if (kept === undefined) throw new KeyholderError('editImpossible')
    try {
      const { version } = await commitChange(contact, kept.proposal)
      wishes.delete(name)
      return { kind: 'done', version, code: kept.code, link: kept.link }
    } catch (error) {
      if (!isConflict(error)) throw error
      return orFlaw(() => rebase(contact, name, kept))
    }
  }

  const rebase = async (contact: Contact, name: string, kept: Kept): Promise<CommitOutcome> => {
    const proposal = await proposeChange(contact, kept.change)
    wishes.set(name, { ...kept, proposal })
    const between = preview(kept.proposal.before.policy, proposal.before.policy)
    const theirs = changeLines(between.differences, isThisPhones(contact, kept.proposal))
    return { kind: 'conflict', proposed: proposedOf(contact, proposal), theirs }
  }

  return {
    propose: async (contact, lockId, wish) => {
      const made = isInvitation(wish)
        ? await invitationOf(contact, wish, origin)
        : changeOf(device, wish)
      return orFlaw(async () => {
        const proposal = await proposeChange(contact, made.change)
        wishes.set(lockId, { ...made, proposal })
        return { kind: 'proposed', proposed: proposedOf(contact, proposal) } as const
      })
    },
    enrol: enrolKept,
    commit: commitKept,
    forget: (lockId) => void wishes.delete(lockId),
  }
}

/** What is wrong with a wish is an answer and no failure: people mend it where they made it. */
async function orFlaw<Outcome>(work: () => Promise<Outcome>): Promise<Outcome | Unfit> {
  try {
    return await work()
  } catch (error) {
    const flaw = error instanceof KeyholderError ? error.flaw : undefined
    if (flaw === undefined) throw error
    return { kind: 'unfit', flaw }
  }
}

function changeOf(device: Pick<Device, 'crypto' | 'clock'>, wish: PlainWish): Made {
  switch (wish.kind) {
    case 'addVisitor': {
      const draft = draftVisitorCode(device, { name: wish.name, ...userRightsOf(wish.terms) })
      return { change: { edit: draft.edit, pins: draft.pins }, code: draft.pin, link: null }
    }
    case 'addCode': {
      const draft = draftCode(device, idOf(wish.userId), { duress: wish.duress })
      return { change: { edit: draft.edit, pins: draft.pins }, code: draft.pin, link: null }
    }
    case 'enrol': {
      const { type, name, duress } = wish
      const biometric = type === 'fingerprint' && duress ? { type, name, duress } : { type, name }
      const { edit, pins, order } = draftBiometric(device, idOf(wish.userId), biometric)
      return { change: { edit, pins }, code: null, link: null, order }
    }
    case 'changePerson':
      return plain(changePerson(idOf(wish.userId), wish.changes))
    case 'removePerson':
      return plain(removeUser(idOf(wish.userId)))
    case 'removeCredential':
      return plain(removeCredential(idOf(wish.userId), idOf(wish.credentialId)))
    case 'renameCredential': {
      const { userId, credentialId, name } = wish
      return plain(renameCredential(idOf(userId), idOf(credentialId), name))
    }
    case 'changeSettings':
      return plain(changeSettings(wish.changes))
    case 'addHoliday':
      return plain(addHoliday(wish.holiday))
    case 'removeHoliday':
      return plain(removeHoliday(wish.holiday))
    default:
      return unreachable(wish)
  }
}

/** What the form did not change stays as it is in the list that the change is made on. */
function changePerson(userId: Uint8Array, wish: PersonWish): PolicyEdit {
  const { enabled, terms, ...named } = wish
  const status: User['userStatus'] = enabled === true ? 'occupiedEnabled' : 'occupiedDisabled'
  const changes = { ...named, ...(enabled === undefined ? {} : { userStatus: status }) }
  return (policy, bindings) => {
    const user = policy.users.find(({ id }) => bytesEqual(id, userId))
    if (user === undefined) throw new KeyholderError('editImpossible')
    if (terms === undefined) return changeUser(userId, changes)(policy, bindings)
    const { verbs, ...others } = changedRights(user, terms.from, terms.to)
    return changeUser(userId, { ...changes, verbs, terms: others })(policy, bindings)
  }
}

function plain(edit: PolicyChange['edit']): Made {
  return { change: { edit, pins: [] }, code: null, link: null }
}

function proposedOf(contact: Contact, proposal: PolicyProposal): Proposed {
  const { differences, insideButtonNeeded } = proposal.preview
  return {
    version: proposal.before.policy.version,
    wantedVersion: proposal.after.version,
    lines: changeLines(differences, isThisPhones(contact, proposal)),
    shutOut: shutOutBy(proposal),
    insideButtonNeeded,
  }
}

/** Whether a user is the one whom this phone's credential belongs to. */
function isThisPhones(
  contact: Contact,
  { before }: PolicyProposal,
): (userId: Uint8Array) => boolean {
  const own = contact.known.credential
  const user = before.policy.users.find((each) =>
    each.credentials.some((one) => own !== undefined && bytesEqual(one.id, own.id)),
  )
  return (userId) => user !== undefined && bytesEqual(user.id, userId)
}
