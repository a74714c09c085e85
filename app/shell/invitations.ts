import type { Device } from '@mortise/keyholder'
import {
  acceptInvitation,
  ask,
  KeyholderError,
  lookAtInvitation,
  LockRefusal,
  newPasskeyCredential,
  openContact,
  readInvitation,
  ticketHubOver,
} from '@mortise/keyholder'
import type { RestClient } from '@mortise/protocol/rest'
import { registrationChallenge } from '@mortise/protocol/verify'
import { toHex } from '@mortise/protocol/wire'
import type { OwnAccess } from '@mortise/protocol/words'
import type { Contacts } from '#app/shell/locks/contacts.ts'
import type { OwnPasskeys } from '#app/shell/own-passkeys.ts'
import type { OwnPasskey } from '#app/shell/passkeys.ts'
import { askPasskey, browserName, makePasskey } from '#app/shell/passkeys.ts'
import type { InvitationPort } from '#app/state/app/ports.ts'
import { windowOf } from '#app/state/model/access/visit-window.ts'
import type { InvitationLook } from '#app/state/model/invitation/invitation-state.ts'

export interface InvitationParts {
  readonly client: RestClient
  readonly device: Omit<Device, 'prover'>
  readonly passkeys: OwnPasskeys
  readonly contacts: Contacts
  readonly relyingPartyId: string
  readonly userAgent: string
  /** Signs in; with the passkey of that id where one is known. */
  readonly signIn: (passkeyId: Uint8Array | undefined) => Promise<void>
}

const handleBytes = 32

/** The way of somebody who was invited: look, make a passkey, accept, sign in with it. */
export function invitedEntry(parts: InvitationParts): InvitationPort {
  let passkeyId: Uint8Array | undefined
  return {
    look: async (text) => {
      const invited = inviteeDevice(parts, text)
      const { lockId, inviterName = null } = readInvitation(parts.device, text)
      return { inviterName, look: await twice(() => look(parts, invited, text, lockId)) }
    },
    accept: async ({ text, personName, freshPasskey }, onProven) => {
      const invited = inviteeDevice(parts, text)
      const passkey = await passkeyFor(parts, personName, freshPasskey)
      ;({ passkeyId } = passkey)
      onProven()
      const { name, publicKey, relyingPartyId } = passkey
      const fields = { passkeyId: passkey.passkeyId, name, publicKey, relyingPartyId }
      const credential = newPasskeyCredential(parts.device, fields)
      await twice(() => acceptInvitation(invited, text, credential))
      await reopen(parts, text)
    },
    enter: () => parts.signIn(passkeyId),
  }
}

/** This phone as the ticket lets it speak: with that one lock, and proving nothing yet. */
function inviteeDevice({ client, device }: InvitationParts, text: string): Device {
  const prove = (): Promise<never> => Promise.reject(new KeyholderError('proofUnavailable'))
  return { ...device, hub: ticketHubOver(client, device, text), prover: { prove } }
}

/** A link lets its holder in again when its short session has ended meanwhile. */
async function twice<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeyholderError && error.code === 'signedOut') return work()
    throw error
  }
}

async function look(
  parts: InvitationParts,
  invited: Device,
  text: string,
  lockId: Uint8Array,
): Promise<InvitationLook> {
  try {
    const known = await knownAccess(invited, lockId)
    if (known !== undefined && !known.isOver) return alreadyAt(lockId, known.access)
    const { access } = await lookAtInvitation(invited, text)
    if (access === undefined) throw new LockRefusal('refused', 'unknownInvitation')
    // A passkey that still stands at this lock for a time that is over proves one person only.
    const own = known === undefined ? await passkeyOfThisHub(parts) : undefined
    return { kind: 'offer', offer: offerOf(lockId, access, own !== undefined) }
  } catch (error) {
    const before = (await invited.memory.read(lockId))?.access
    // The link has done its work: on this phone, some time ago.
    if (isUsed(error) && before !== undefined) return alreadyAt(lockId, before)
    throw error
  }
}

function alreadyAt(lockId: Uint8Array, { doorName }: OwnAccess): InvitationLook {
  return { kind: 'already', lockId: toHex(lockId), doorName }
}

/** What this phone may do already, if the lock still knows the credential that it has there. */
async function knownAccess(
  invited: Device,
  lockId: Uint8Array,
): Promise<{ readonly access: OwnAccess; readonly isOver: boolean } | undefined> {
  const before = await invited.memory.read(lockId)
  if (before?.credential === undefined) return undefined
  const contact = await openContact(invited, lockId)
  const { noChallengeReason, state } = await ask(contact)
  const { access } = contact.known
  if (noChallengeReason !== undefined || access === undefined) return undefined
  const { validity } = access
  // By the lock's clock, which is the one that decides.
  return { access, isOver: validity !== undefined && validity.notAfterMs <= state.timeMs }
}

function isUsed(error: unknown): boolean {
  return error instanceof KeyholderError && error.code === 'invitationUsed'
}

function offerOf(lockId: Uint8Array, access: OwnAccess, hasPasskey: boolean) {
  const { doorName, userName, role, verbs, validity, timeZone, invitationNotAfterMs } = access
  return {
    lockId: toHex(lockId),
    doorName,
    personName: userName,
    role,
    verbs,
    window: windowOf(validity),
    timeZone,
    endsMs: invitationNotAfterMs ?? null,
    hasPasskey,
  }
}

async function passkeyOfThisHub(parts: InvitationParts): Promise<OwnPasskey | undefined> {
  const own = await parts.passkeys.list()
  return own.find(({ relyingPartyId }) => relyingPartyId === parts.relyingPartyId)
}

/**
 * One passkey for all doors of a hub keeps them in one account. That it is still on this phone is
 * shown by using it once, over a challenge that means nothing to anybody.
 */
async function passkeyFor(
  parts: InvitationParts,
  personName: string,
  freshPasskey: boolean,
): Promise<OwnPasskey> {
  const { device, relyingPartyId, passkeys } = parts
  const challenge = registrationChallenge(device.crypto, device.crypto.randomBytes(handleBytes))
  const own = freshPasskey ? undefined : await passkeyOfThisHub(parts)
  if (own !== undefined) {
    await askPasskey(challenge, relyingPartyId, own.passkeyId)
    return own
  }
  const userHandle = device.crypto.randomBytes(handleBytes)
  const made = await makePasskey({ challenge, relyingPartyId, userHandle, personName })
  const passkey: OwnPasskey = {
    passkeyId: made.passkeyId,
    publicKey: made.publicKey,
    relyingPartyId,
    name: browserName(parts.userAgent),
    createdAtMs: device.clock.nowMs(),
  }
  // Remembered before the lock knows it: a passkey that nobody remembers opens nothing.
  await passkeys.add(passkey)
  return passkey
}

/** From here on the phone speaks with this lock as one of its people. */
async function reopen({ contacts, device }: InvitationParts, text: string): Promise<void> {
  const { lockId } = readInvitation(device, text)
  const id = toHex(lockId)
  contacts.keep(id, await openContact(contacts.deviceFor(id), lockId))
}
