import type { Contact, PolicyReading } from '@mortise/keyholder'
import { ask, KeyholderError, readPolicy } from '@mortise/keyholder'
import { isAway, keptAtMs, keptHub, overShelf } from '#app/shell/kept/kept-hub.ts'
import { createHistories } from '#app/shell/locks/histories.ts'
import type { LocksParts } from '#app/shell/locks/locks-parts.ts'
import { idOf } from '#app/shell/locks/invite.ts'
import { weekAhead } from '#app/shell/locks/week-ahead.ts'
import { peopleOf } from '#app/shell/locks/people.ts'
import type { LocksPort } from '#app/state/app/ports.ts'

export type Readings = Pick<LocksPort, 'people' | 'week' | 'startHistory' | 'moreHistory'>

interface ReadingParts {
  readonly contacts: Pick<LocksParts['contacts'], 'of' | 'proving'>
  readonly database: Pick<LocksParts['database'], 'get'>
}

/** Who may come and who came: from the hub, or from this phone's shelf while the hub is away. */
export function createReadings(parts: ReadingParts): Readings {
  const { contacts, database } = parts
  const histories = createHistories()
  const shelf = keptHub(database)

  const lists = new Map<string, PolicyReading>()
  const keep = (lockId: string, reading: PolicyReading): PolicyReading => {
    lists.set(lockId, reading)
    return reading
  }

  /** What is on the shelf and does not hold counts as not there: the hub's absence is the news. */
  const orKept = async <Value>(
    lockId: string,
    store: 'reports' | 'histories',
    fromHub: () => Promise<Value>,
    fromShelf: (contact: Contact, readAtMs: number) => Promise<Value>,
  ): Promise<Value> => {
    try {
      return await fromHub()
    } catch (error) {
      if (!isAway(error)) throw error
      const contact = overShelf(await contacts.of(lockId), shelf)
      const readAtMs = await keptAtMs(database, store, contact.lockId)
      if (readAtMs === null) throw error
      try {
        return await fromShelf(contact, readAtMs)
      } catch {
        throw error
      }
    }
  }

  return {
    people: (lockId) =>
      orKept(
        lockId,
        'reports',
        async () => {
          const contact = await contacts.proving(lockId)
          return peopleOf(contact, keep(lockId, await readFreshPolicy(contact)), null)
        },
        async (contact, readAtMs) =>
          peopleOf(contact, keep(lockId, await readPolicy(contact)), readAtMs),
      ),
    week: async (lockId, userId, nowMs) => {
      const reading = lists.get(lockId)
      if (reading === undefined) throw new KeyholderError('editImpossible')
      const state = (await contacts.of(lockId)).sighting?.state ?? {}
      return weekAhead(reading, state, idOf(userId), nowMs)
    },
    startHistory: (lockId) =>
      orKept(
        lockId,
        'histories',
        async () => histories.start(await contacts.of(lockId), lockId, null),
        async (contact, readAtMs) => {
          const part = await histories.start(contact, lockId, readAtMs)
          // Older than what this phone has seen: such a shelf would accuse the lock of what is its own fault.
          if (part.report.fault !== undefined) throw new KeyholderError('hubUnreachable')
          return part
        },
      ),
    // A reader that began on the shelf goes on there, and says that the hub is away where it ends.
    moreHistory: async (lockId, belowSequence) =>
      histories.more(await contacts.of(lockId), lockId, belowSequence),
  }
}

/** The list, held against what the lock says at this moment where it can be asked. */
async function readFreshPolicy(contact: Contact) {
  try {
    const { state } = await ask(contact)
    return await readPolicy(contact, state)
  } catch (error) {
    const isLockAway = error instanceof KeyholderError && error.code === 'lockOffline'
    if (!isLockAway) throw error
    return readPolicy(contact)
  }
}
