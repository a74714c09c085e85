import type { Contact, Sighting } from '@mortise/keyholder'
import {
  ask,
  KeyholderError,
  LockRefusal,
  mayHaveArrived,
  operate,
  setOperatingMode,
  orderFactoryReset,
  stopFactoryReset,
} from '@mortise/keyholder'
import type { Receipt } from '@mortise/protocol/wire'
import type { LocksParts } from '#app/shell/locks/locks-parts.ts'
import type { Changes } from '#app/shell/locks/changes.ts'
import type { Contacts } from '#app/shell/locks/contacts.ts'
import type { Readings } from '#app/shell/locks/readings.ts'
import { isLimited } from '#app/state/model/door/own-hours.ts'
import type { LocksPort } from '#app/state/app/ports.ts'

export function keyholderLocks(parts: LocksParts): LocksPort {
  const { contacts, device } = parts
  let loading: Promise<Changes> | undefined
  // Most visits change nothing: the code of changes comes with the first one.
  const changes = (): Promise<Changes> => (loading ??= loadChanges(parts))
  let reading: Promise<Readings> | undefined
  // The door is on the screen before anybody asks who may come, and who came.
  const readings = (): Promise<Readings> => (reading ??= loadReadings(parts))
  return {
    ask: async (lockId) => ask(await withCredentialIfAny(contacts, lockId)),
    ownHours: async (lockId) => {
      const { known, sighting } = await contacts.of(lockId)
      if (known.access === undefined || !isLimited(known.access)) return null
      const { ownHoursOf } = await import('#app/shell/locks/own-hours.ts')
      return ownHoursOf(known, sighting?.state ?? {}, device.clock.nowMs())
    },
    operate: async (lockId, verb, onProven) => {
      const contact = await contacts.proving(lockId)
      return orderOnce(contacts, contact, {
        lockId,
        onProven,
        give: () => operate(contact, verb),
      })
    },
    setMode: async (lockId, { mode, untilMs }, onProven) => {
      const contact = await contacts.proving(lockId)
      return orderOnce(contacts, contact, {
        lockId,
        onProven,
        give: () => setOperatingMode(contact, mode, untilMs ?? undefined),
      })
    },
    stopReset: async (lockId) => {
      const contact = await contacts.proving(lockId)
      const give = (): Promise<Receipt> => stopFactoryReset(contact)
      return orderOnce(contacts, contact, { lockId, onProven: () => {}, give })
    },
    setBack: async (lockId, onProven) => {
      const contact = await contacts.proving(lockId)
      const give = (): Promise<Receipt> => orderFactoryReset(contact)
      return orderOnce(contacts, contact, { lockId, onProven, give })
    },
    lastSighting: (lockId) => contacts.opened(lockId)?.sighting ?? null,
    readSetupText: async (text) => (await loadClaim()).idInSetupText(device, text),
    claim: async (request, onProven) => (await loadClaim()).claimLock(parts, request, onProven),
    people: async (lockId) => (await readings()).people(lockId),
    week: async (lockId, userId, nowMs) => (await readings()).week(lockId, userId, nowMs),
    propose: async (lockId, wish) =>
      (await changes()).propose(await contacts.proving(lockId), lockId, wish),
    enrol: async (lockId, onProven) => {
      const contact = await contacts.proving(lockId)
      const { enrol } = await changes()
      return contacts.whenProven(lockId, onProven, () => enrol(contact, lockId))
    },
    commit: async (lockId, credentialId, onProven) => {
      const contact = await contacts.proving(lockId)
      const { commit } = await changes()
      return contacts.whenProven(lockId, onProven, () => commit(contact, credentialId ?? lockId))
    },
    forget: (lockId) => {
      loading?.then(({ forget }) => forget(lockId)).catch(() => undefined)
    },
    startHistory: async (lockId) => (await readings()).startHistory(lockId),
    moreHistory: async (lockId, belowSequence) =>
      (await readings()).moreHistory(lockId, belowSequence),
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
  readonly onProven: () => void
  readonly give: () => Promise<Receipt>
}

/**
 * A hub that falls silent after the proof may have delivered the command: that is told as
 * "no answer". Before the proof nothing was sent, whatever failed.
 */
async function orderOnce(contacts: Contacts, contact: Contact, order: Order): Promise<Sighting> {
  let isProven = false
  const onProven = (): void => {
    isProven = true
    order.onProven()
  }
  const sentAtMs = contact.device.clock.nowMs()
  try {
    const receipt = await contacts.whenProven(order.lockId, onProven, order.give)
    return contact.sighting ?? { state: receipt.state, confirmedAtMs: sentAtMs }
  } catch (error) {
    if (error instanceof LockRefusal) throw error
    if (isProven && mayHaveArrived(error)) throw new KeyholderError('noAnswer', { cause: error })
    throw error
  }
}

async function loadChanges({ device, origin }: LocksParts): Promise<Changes> {
  return (await import('#app/shell/locks/changes.ts')).createChanges(device, origin)
}

async function loadReadings(parts: LocksParts): Promise<Readings> {
  return (await import('#app/shell/locks/readings.ts')).createReadings(parts)
}

/** Once in a lock's life: its code comes with the wizard. */
function loadClaim() {
  return import('#app/shell/locks/claim-lock.ts')
}
