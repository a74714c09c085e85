import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import type { Store, StoreWrite } from '@mortise/lock'
import { createPinHasher, createSystemRandom, openDisk } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'
import { appendEntry, entryHash } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import { policyHash } from '@mortise/protocol/verify'
import { policyMessage } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import { residents } from '#proof/bench/large-policy.ts'
import { alternate } from '#proof/bench/statistics.ts'
import type { Summary } from '#proof/bench/statistics.ts'
import { visitEntry } from '#proof/bench/visit-entry.ts'

/** What years leave in a lock. */
export interface LongLife {
  /** The owner among them. */
  readonly users: number
  readonly entries: number
}

export const lastResidentsCode = '805129'
const entriesPerCommit = 1_000
export const prunedAtOnce = 1_000

/**
 * Puts years into the store of a lock that somebody has claimed and that does not run, past the lock:
 * more people with codes, and a journal that the claim's continues.
 */
export async function liveThrough(folder: string, { users, entries }: LongLife): Promise<void> {
  const { secrets, store } = openDisk({ folder, random: createSystemRandom() })
  const tag = await createPinHasher(secrets).hash(lastResidentsCode)
  const people = residents(users - 1, tag)
  store.commit([withPeople(store, people.users), ...people.pinTags, registersOf(store, 1)])
  const { registers, newestEntry } = store.load()
  if (registers === undefined || newestEntry === undefined) throw neverLived()
  const { boots: boot, timeFloorMs: timeMs } = registers
  let head: ChainHead = { ...newestEntry, hash: entryHash(crypto, newestEntry.bytes) }
  while (head.sequence < entries) {
    const count = Math.min(entriesPerCommit, entries - head.sequence)
    const writes = Array.from({ length: count }, (): StoreWrite => {
      const visit = { boot, timeMs, ...visitorOf(people.users, head.sequence) }
      const appended = appendEntry(crypto, head, visitEntry(head, visit))
      ;({ head } = appended)
      return { type: 'entry', sequence: head.sequence, bytes: appended.bytes }
    })
    store.commit([...writes, registersOf(store, 0)])
  }
  store.close()
}

function withPeople(store: Store, users: readonly User[]): StoreWrite {
  const { policy: encoded } = store.load()
  if (encoded === undefined) throw neverLived()
  const before = policyMessage.decode(encoded)
  const after = {
    ...before,
    version: before.version + 1,
    previous: policyHash(crypto, encoded),
    users: [...before.users, ...users],
  }
  return { type: 'policy', policy: policyMessage.encode(after) }
}

function registersOf(store: Store, newPolicies: number): StoreWrite {
  const { registers } = store.load()
  if (registers === undefined) throw neverLived()
  const policyVersionFloor = registers.policyVersionFloor + newPolicies
  return { type: 'registers', registers: { ...registers, policyVersionFloor } }
}

/** Everybody comes in turns. */
function visitorOf(users: readonly User[], sequence: number) {
  const user = users[sequence % users.length]
  const [credential] = user?.credentials ?? []
  if (user === undefined || credential === undefined) throw new RangeError('nobody lives there')
  const { id: credentialId, type: credentialType } = credential
  return { userId: user.id, userName: user.name, credentialId, credentialType }
}

function neverLived(): MortiseError {
  return new MortiseError('bug', 'benchWrong', 'the lock was never claimed')
}

/**
 * The commit that removes old entries, beside the same one that removes none, in the store of a lock
 * that does not run. Ends with fewer entries.
 */
export async function measurePruning(
  folder: string,
  rounds: number,
): Promise<Record<'one entry' | 'one entry, 1,000 pruned', Summary>> {
  const { store } = openDisk({ folder, random: createSystemRandom() })
  const { newestEntry, journalFrom = 1 } = store.load()
  if (newestEntry === undefined) throw neverLived()
  let { sequence } = newestEntry
  let pruned = journalFrom - 1
  const commit = (...before: readonly StoreWrite[]): Promise<void> => {
    sequence += 1
    // The store does not read what it keeps.
    store.commit([...before, { type: 'entry', sequence, bytes: newestEntry.bytes }, registers])
    return Promise.resolve()
  }
  const registers = registersOf(store, 0)
  const cases = await alternate(
    {
      'one entry': { run: () => commit() },
      'one entry, 1,000 pruned': {
        run() {
          pruned += prunedAtOnce
          return commit({ type: 'entriesPruned', throughSequence: pruned })
        },
      },
    },
    rounds,
    1,
  )
  store.close()
  return cases
}
