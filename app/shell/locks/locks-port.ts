import type { Contact, Device, Sighting } from '@mortise/keyholder'
import {
  ask,
  KeyholderError,
  LockRefusal,
  mayHaveArrived,
  operate,
  readClaimText,
  readPolicy,
} from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Verb } from '@mortise/protocol/words'
import type { LocksParts } from '#app/shell/locks/locks-parts.ts'
import type { Changes } from '#app/shell/locks/changes.ts'
import type { Contacts } from '#app/shell/locks/contacts.ts'
import type { Histories } from '#app/shell/locks/histories.ts'
import { peopleOf } from '#app/shell/locks/people.ts'
import type { LocksPort } from '#app/state/app/ports.ts'

export function keyholderLocks(parts: LocksParts): LocksPort {
  const { contacts, device } = parts
  let loading: Promise<Changes> | undefined
  // Most visits change nothing: the code of changes comes with the first one.
  const changes = (): Promise<Changes> => (loading ??= loadChanges(parts))
  let reading: Promise<Histories> | undefined
  // The door is on the screen before anybody asks who came.
  const histories = (): Promise<Histories> => (reading ??= loadHistories())
  return {
    ask: async (lockId) => ask(await withCredentialIfAny(contacts, lockId)),
    operate: async (lockId, verb, onProven) => {
      const contact = await contacts.proving(lockId)
      return operateOnce(contacts, contact, { lockId, verb, onProven })
    },
    lastSighting: (lockId) => contacts.opened(lockId)?.sighting ?? null,
    readSetupText: (text) => idInSetupText(device, text),
    claim: async (request, onProven) =>
      (await import('#app/shell/locks/claim-lock.ts')).claimLock(parts, request, onProven),
    people: async (lockId) => {
      const contact = await contacts.proving(lockId)
      return peopleOf(contact, await readFreshPolicy(contact))
    },
    propose: async (lockId, wish) =>
      (await changes()).propose(await contacts.proving(lockId), lockId, wish),
    commit: async (lockId, onProven) => {
      const contact = await contacts.proving(lockId)
      const { commit } = await changes()
      return contacts.whenProven(lockId, onProven, () => commit(contact, lockId))
    },
    forget: (lockId) => {
      loading?.then(({ forget }) => forget(lockId)).catch(() => undefined)
    },
    startHistory: async (lockId) => (await histories()).start(await contacts.of(lockId), lockId),
    moreHistory: async (lockId, belowSequence) =>
      (await histories()).more(await contacts.of(lockId), lockId, belowSequence),
  }
}

/** Asking needs no credential; with one, the answer brings the challenge for the next tap. */
async function withCredentialIfAny(contacts: Contacts, lockId: string): Promise<Contact> {
  try {
    return await contacts.proving(lockId)
  } catch (error) {
    if (error instanceof KeyholderError && isNoBar(error)) return contacts.of(lockId)
    throw error
  }
}

function isNoBar(error: KeyholderError): boolean {
  return error.code === 'noCredential' || error.code === 'notAllowedByHub'
}

interface Order {
  readonly lockId: string
  readonly verb: Verb
  readonly onProven: () => void
}

/**
 * A hub that falls silent after the proof may have delivered the command: that is told as
 * "no answer". Before the proof nothing was sent, whatever failed.
 */
async function operateOnce(contacts: Contacts, contact: Contact, order: Order): Promise<Sighting> {
  let isProven = false
  const onProven = (): void => {
    isProven = true
    order.onProven()
  }
  const sentAtMs = contact.device.clock.nowMs()
  try {
    const receipt = await contacts.whenProven(order.lockId, onProven, () =>
      operate(contact, order.verb),
    )
    return contact.sighting ?? { state: receipt.state, confirmedAtMs: sentAtMs }
  } catch (error) {
    if (error instanceof LockRefusal) throw error
    if (isProven && mayHaveArrived(error)) throw new KeyholderError('noAnswer', { cause: error })
    throw error
  }
}

function idInSetupText(device: Omit<Device, 'prover'>, text: string): string | null {
  try {
    return toHex(readClaimText(device, text.trim()).lockId)
  } catch (error) {
    if (error instanceof KeyholderError) return null
    throw error
  }
}

/** The list, held against what the lock says at this moment where it can be asked. */
async function readFreshPolicy(contact: Contact) {
  try {
    const { state } = await ask(contact)
    return await readPolicy(contact, state)
  } catch (error) {
    const isAway = error instanceof KeyholderError && error.code === 'lockOffline'
    if (!isAway) throw error
    return readPolicy(contact)
  }
}

async function loadChanges({ device, origin }: LocksParts): Promise<Changes> {
  return (await import('#app/shell/locks/changes.ts')).createChanges(device, origin)
}

async function loadHistories(): Promise<Histories> {
  return (await import('#app/shell/locks/histories.ts')).createHistories()
}
