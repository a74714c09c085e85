import { lockIdOf } from '@mortise/protocol/verify'
import type { Answer, InvitationText, Proof, Receipt } from '@mortise/protocol/wire'
import { decodeInvitationText, WireError } from '@mortise/protocol/wire'
import type { OwnAccess, State } from '@mortise/protocol/words'
import { KeyholderError, LockRefusal, lacksReceipt } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { OwnCredential } from '#keyholder/known-lock.ts'
import { meetLock } from '#keyholder/trust/meet.ts'
import { askLock } from '#keyholder/contact/ask.ts'
import { sendCommand, settle } from '#keyholder/contact/command.ts'
import type { Contact } from '#keyholder/contact/contact.ts'
import { contactWith, keepChallenge, rememberAccess } from '#keyholder/contact/contact.ts'
import { recordFreshState } from '#keyholder/contact/sighting.ts'

/**
 * Reads the fragment of an invitation link.
 * @throws KeyholderError `invitationWrong`
 */
export function readInvitation(
  device: Pick<Device, 'crypto'>,
  text: string,
): InvitationText & { readonly lockId: Uint8Array } {
  const { crypto } = device
  try {
    const invitation = decodeInvitationText((...parts) => crypto.sha256(...parts), text)
    return { ...invitation, lockId: lockIdOf(crypto, invitation.lockKey) }
  } catch (cause) {
    if (cause instanceof WireError) throw new KeyholderError('invitationWrong', { cause })
    throw cause
  }
}

/** What the lock itself says about an invitation that can be accepted. */
export interface InvitationSeen {
  readonly state: State
  /** Absent from a lock that does not tell. */
  readonly access?: OwnAccess
}

/**
 * Asks the lock what an invitation gives. Burns nothing.
 * @throws LockRefusal `unknownInvitation`, `notClaimed`; KeyholderError
 */
export async function lookAtInvitation(device: Device, text: string): Promise<InvitationSeen> {
  const { state, access } = await invitationAnswer(device, readInvitation(device, text))
  return access === undefined ? { state } : { state, access }
}

export interface InvitationAccepted {
  /** An open contact, with a challenge for the first tap where the lock gave one. */
  readonly contact: Contact
  /** Absent when the receipt was lost and the lock confirmed by knowing the credential. */
  readonly receipt?: Receipt
}

/**
 * Attaches a credential that this device has just made to the invited person. The ticket in the
 * link proves the right to do so and is burnt by it. The link's keys are remembered as the lock's.
 * @throws LockRefusal (`unknownInvitation`, `invitationExpired`, ...); KeyholderError
 */
export async function acceptInvitation(
  device: Device,
  text: string,
  credential: OwnCredential,
): Promise<InvitationAccepted> {
  const invitation = readInvitation(device, text)
  const { challenge, access } = await invitationAnswer(device, invitation)
  const sentAtMs = device.clock.nowMs()
  const arrive = async (state: State, next: Uint8Array | undefined): Promise<Contact> => {
    await meetLock(device, invitation, { metBy: 'invitation', credential })
    const known = await rememberAccess(device, invitation.lockId, access)
    const contact = contactWith(device, known)
    keepChallenge(contact, next, sentAtMs)
    await recordFreshState(contact, state, sentAtMs)
    return contact
  }
  try {
    const operation = { type: 'acceptInvitation', credential } as const
    const prove = (hash: Uint8Array) => Promise.resolve(ticketProof(device, invitation, hash))
    const order = { operation, challenge, prove }
    const receipt = settle(await sendCommand(device, invitation, order))
    return { contact: await arrive(receipt.state, receipt.nextChallenge), receipt }
  } catch (error) {
    if (!lacksReceipt(error)) throw error
    const answer = await askAsKnown(device, invitation, credential)
    if (answer === undefined) throw error
    return { contact: await arrive(answer.state, answer.challenge) }
  }
}

type Invitation = ReturnType<typeof readInvitation>

async function invitationAnswer(
  device: Device,
  invitation: Invitation,
): Promise<Answer & { readonly challenge: Uint8Array }> {
  const { invitationId } = invitation
  const answer = await askLock(device, invitation, { invitationId })
  const { challenge, reason } = answer
  if (challenge === undefined) throw new LockRefusal('refused', reason ?? 'unknownInvitation')
  return { ...answer, challenge }
}

function ticketProof(device: Device, invitation: Invitation, hash: Uint8Array): Proof {
  const { invitationId, ticketSeed } = invitation
  return { type: 'ticket', invitationId, signature: device.crypto.signEd25519(ticketSeed, hash) }
}

/** The lock gives challenges only to credentials that it knows: one for this one means that it is bound. */
async function askAsKnown(
  device: Device,
  invitation: Invitation,
  credential: OwnCredential,
): Promise<Answer | undefined> {
  try {
    const answer = await askLock(device, invitation, { credentialId: credential.id })
    return answer.challenge === undefined ? undefined : answer
  } catch (error) {
    if (error instanceof KeyholderError) return undefined
    throw error
  }
}
