import type { Contact, Device, OwnCredential } from '@mortise/keyholder'
import {
  adoptCredential,
  findOwnCredential,
  KeyholderError,
  openContact,
  readPolicy,
} from '@mortise/keyholder'
import { bytesEqual, fromHex } from '@mortise/protocol/wire'
import { passkeyProver } from '#app/shell/passkeys.ts'

/** One open contact for each lock, with word when a proof has been given. */
export interface Contacts {
  /** @throws KeyholderError `lockUnknown` */
  readonly of: (lockId: string) => Promise<Contact>
  /** Like `of`, with a credential of this phone; looks for it in the lock's own list. */
  readonly proving: (lockId: string) => Promise<Contact>
  readonly opened: (lockId: string) => Contact | undefined
  readonly keep: (lockId: string, contact: Contact) => void
  /** Runs `work`; the proof that it asks for calls `onProven`. */
  readonly whenProven: <Value>(
    lockId: string,
    onProven: () => void,
    work: () => Promise<Value>,
  ) => Promise<Value>
  /** The device with a prover that belongs to this lock. */
  readonly deviceFor: (lockId: string) => Device
}

/** What the hub says that this person has at a lock, for somebody who may not read its list. */
type CredentialByHub = (
  lockId: string,
  isOwn: (passkeyId: Uint8Array) => boolean,
) => Promise<OwnCredential | undefined>

export function createContacts(
  device: Omit<Device, 'prover'>,
  ownPasskeyIds: () => Promise<readonly Uint8Array[]>,
  byHub: CredentialByHub,
): Contacts {
  const contacts = new Map<string, Contact>()
  const listeners = new Map<string, () => void>()
  const deviceFor = (lockId: string): Device => ({
    ...device,
    prover: passkeyProver(() => listeners.get(lockId)?.()),
  })

  const open = async (lockId: string): Promise<Contact> => {
    const known = contacts.get(lockId)
    if (known !== undefined) return known
    const contact = await openContact(deviceFor(lockId), bytesOfId(lockId))
    // Two that ask at the same time share the contact that was first.
    const first = contacts.get(lockId) ?? contact
    contacts.set(lockId, first)
    return first
  }

  return {
    of: open,
    proving: async (lockId) => {
      const contact = await open(lockId)
      if (contact.known.credential !== undefined) return contact
      const own = await ownPasskeyIds()
      const credential =
        (await inPolicy(contact, own)) ?? (await byHub(lockId, (id) => includes(own, id)))
      if (credential === undefined) throw new KeyholderError('noCredential')
      await adoptCredential(contact, credential)
      return contact
    },
    opened: (lockId) => contacts.get(lockId),
    keep: (lockId, contact) => void contacts.set(lockId, contact),
    whenProven: async (lockId, onProven, work) => {
      listeners.set(lockId, onProven)
      try {
        return await work()
      } finally {
        listeners.delete(lockId)
      }
    },
    deviceFor,
  }
}

/** In the list that the lock signed; undefined also for guests, who may not read it. */
async function inPolicy(
  contact: Contact,
  own: readonly Uint8Array[],
): Promise<OwnCredential | undefined> {
  const isOwn = (each: OwnCredential): boolean =>
    each.type === 'passkey' && includes(own, each.passkeyId)
  try {
    return findOwnCredential(await readPolicy(contact), isOwn)?.credential
  } catch (error) {
    if (error instanceof KeyholderError && error.code === 'notAllowedByHub') return undefined
    throw error
  }
}

function includes(ids: readonly Uint8Array[], id: Uint8Array): boolean {
  return ids.some((each) => bytesEqual(each, id))
}

/** @throws KeyholderError `lockUnknown` for a text that is no id. */
export function bytesOfId(lockId: string): Uint8Array {
  const bytes = fromHex(lockId)
  if (bytes === undefined) throw new KeyholderError('lockUnknown')
  return bytes
}
