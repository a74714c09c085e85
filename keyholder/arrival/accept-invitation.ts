import { lockIdOf } from '@mortise/protocol/verify'
import type { InvitationText, Proof, Receipt } from '@mortise/protocol/wire'
import { decodeInvitationText, WireError } from '@mortise/protocol/wire'
import { KeyholderError, LockRefusal } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { OwnCredential } from '#keyholder/known-lock.ts'
import { meetLock } from '#keyholder/trust/meet.ts'
import { askLock } from '#keyholder/contact/ask.ts'
import { sendCommand, settle } from '#keyholder/contact/command.ts'
import type { Contact } from '#keyholder/contact/contact.ts'
import { contactWith } from '#keyholder/contact/contact.ts'
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

/**
 * Attaches a credential that this device has just made to the invited person. The ticket in the
 * link proves the right to do so and is burnt by it. The link's keys are remembered as the lock's.
 * @throws LockRefusal (`unknownInvitation`, `invitationExpired`, ...); KeyholderError
 */
export async function acceptInvitation(
  device: Device,
  text: string,
  credential: OwnCredential,
): Promise<{ readonly contact: Contact; readonly receipt: Receipt }> {
  const invitation = readInvitation(device, text)
  const { invitationId, ticketSeed } = invitation
  const sentAtMs = device.clock.nowMs()
  const answer = await askLock(device, invitation, { invitationId })
  if (answer.challenge === undefined) {
    throw new LockRefusal('refused', answer.reason ?? 'unknownInvitation')
  }
  const order = {
    operation: { type: 'acceptInvitation', credential },
    challenge: answer.challenge,
    prove: (hash: Uint8Array) => {
      const signature = device.crypto.signEd25519(ticketSeed, hash)
      return Promise.resolve<Proof>({ type: 'ticket', invitationId, signature })
    },
  } as const
  const receipt = settle(await sendCommand(device, invitation, order))
  const known = await meetLock(device, invitation, { metBy: 'invitation', credential })
  const contact = contactWith(device, known)
  await recordFreshState(contact, receipt.state, sentAtMs)
  return { contact, receipt }
}
