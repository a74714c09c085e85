import { MortiseError } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import { lockoutSources } from '@mortise/protocol/words'
import type { Binding, LockoutSource } from '@mortise/protocol/words'
import { positionAfter, removalsFirst } from '#lock/ports/store-rules.ts'
import type {
  Store,
  StoreWrite,
  Stored,
  StoredPinTag,
  StoredRegisters,
  StoredTries,
  StoredUsage,
} from '#lock/ports/store.ts'

interface Content {
  readonly registers?: StoredRegisters
  readonly policy?: Uint8Array
  readonly pinTags: ReadonlyMap<string, StoredPinTag>
  readonly bindings: readonly Binding[]
  readonly usages: ReadonlyMap<string, StoredUsage>
  readonly matter?: Uint8Array
  readonly lifeEnded?: true
}

/** What outlives a process. */
export interface MemoryDisk {
  readonly open: (faults?: MemoryStoreFaults) => Store
}

/** Test seam: what happens around the moment at which a commit becomes durable. */
export interface MemoryStoreFaults {
  readonly beforeDurable?: (writes: readonly StoreWrite[]) => void
  readonly afterDurable?: (writes: readonly StoreWrite[]) => void
}

/** A disk that is empty at first. Its stores keep the contract of `Store`. */
export function createMemoryDisk(): MemoryDisk {
  const disk: DiskState = {
    content: emptyContent(),
    entries: [],
    prunedThrough: 0,
    acknowledged: 0,
    inUse: false,
  }
  return {
    open(faults = {}) {
      if (disk.inUse) throw new MortiseError('world', 'storeInUse', 'the memory disk is in use')
      disk.inUse = true
      if (disk.content.lifeEnded === true) erase(disk)
      return openMemoryStore(disk, faults)
    },
  }
}

interface DiskState {
  content: Content
  /** Appended to in place: a journal of years is copied by nobody. */
  readonly entries: Uint8Array[]
  /** Entries up to here are gone from the front of the list. */
  prunedThrough: number
  acknowledged: number
  inUse: boolean
}

function openMemoryStore(disk: DiskState, faults: MemoryStoreFaults): Store {
  let broken = false
  let open = true
  return {
    load: () => storedFrom(disk),
    commit(writes) {
      if (writes.length === 0) return
      if (broken) throw new MortiseError('bug', 'storeBroken', 'a commit follows a failed one')
      broken = true
      const { registers } = disk.content
      const before = { newestSequence: newestOf(disk), ...(registers && { registers }) }
      positionAfter(before, removalsFirst(writes))
      const next = writes.reduce(apply, disk.content)
      faults.beforeDurable?.(writes)
      disk.content = next
      for (const write of removalsFirst(writes)) writeJournal(disk, write)
      faults.afterDurable?.(writes)
      broken = false
    },
    entriesFrom(sequence, entriesMax) {
      const start = Math.max(0, sequence - 1 - disk.prunedThrough)
      return disk.entries.slice(start, start + entriesMax).map((bytes) => bytes.slice())
    },
    room: () => ({ reserve: 'whole' }),
    tendReserve: () => {},
    acknowledged(sequence) {
      const known = Math.min(sequence, newestOf(disk))
      disk.acknowledged = Math.max(disk.acknowledged, known)
    },
    acknowledgedSequence: () => disk.acknowledged,
    close() {
      if (!open) return
      open = false
      disk.inUse = false
    },
  }
}

/** What a lock was that has been set back. */
function erase(disk: DiskState): void {
  disk.content = emptyContent()
  disk.entries.length = 0
  disk.prunedThrough = 0
  disk.acknowledged = 0
}

function emptyContent(): Content {
  return { pinTags: new Map(), bindings: [], usages: new Map() }
}

function newestOf({ entries, prunedThrough }: DiskState): number {
  return prunedThrough + entries.length
}

function writeJournal(disk: DiskState, write: StoreWrite): void {
  if (write.type === 'entry') disk.entries.push(write.bytes.slice())
  if (write.type !== 'entriesPruned') return
  disk.entries.splice(0, Math.max(0, write.throughSequence - disk.prunedThrough))
  disk.prunedThrough = Math.max(disk.prunedThrough, write.throughSequence)
}

function storedFrom(disk: DiskState): Stored {
  const { content, entries, prunedThrough } = disk
  const { registers, policy } = content
  const newest = entries.at(-1)
  return {
    ...(registers && { registers: structuredClone(registers) }),
    ...(policy && { policy: policy.slice() }),
    pinTags: structuredClone(Array.from(content.pinTags.values())),
    bindings: structuredClone(content.bindings),
    usages: structuredClone(Array.from(content.usages.values())),
    ...(content.matter && { matter: content.matter.slice() }),
    ...(newest && { newestEntry: { sequence: newestOf(disk), bytes: newest.slice() } }),
    ...(prunedThrough > 0 && { journalFrom: prunedThrough + 1 }),
  }
}

function apply(content: Content, write: StoreWrite): Content {
  switch (write.type) {
    case 'entry':
    case 'entriesPruned':
      return content
    case 'policy':
      return { ...content, policy: write.policy.slice() }
    case 'bindings':
      return { ...content, bindings: structuredClone(write.bindings) }
    case 'factoryReset': {
      const { registers } = content
      return { ...emptyContent(), ...(registers && { registers }), lifeEnded: true }
    }
    case 'registers':
      return { ...content, registers: copied(write.registers) }
    case 'matter':
      return { ...content, matter: write.database.slice() }
    case 'usage': {
      const { userId, usage } = structuredClone(write)
      const usages = new Map(content.usages)
      return { ...content, usages: usages.set(toHex(userId), { userId, usage }) }
    }
    case 'usageRemoved': {
      const usages = new Map(content.usages)
      usages.delete(toHex(write.userId))
      return { ...content, usages }
    }
    case 'pinTag': {
      const { credentialId, tag } = structuredClone(write)
      const pinTags = new Map(content.pinTags)
      return { ...content, pinTags: pinTags.set(toHex(credentialId), { credentialId, tag }) }
    }
    case 'pinTagRemoved': {
      const pinTags = new Map(content.pinTags)
      pinTags.delete(toHex(write.credentialId))
      return { ...content, pinTags }
    }
  }
}

/**
 * Every turn writes them, and a deep clone costs more than the rest of a commit. What is spread must
 * be flat: a new register that is not, and is not copied here, does not compile.
 */
function copied(registers: StoredRegisters): StoredRegisters {
  const { openIntent, operatingMode, tries, standingAlarms, battery, journalLoss, ...flat } =
    registers
  return {
    ...(flat satisfies Readonly<Record<string, number>>),
    ...(openIntent && { openIntent: { ...openIntent } }),
    ...(operatingMode && { operatingMode: { ...operatingMode } }),
    tries: copiedTries(tries),
    ...(standingAlarms && { standingAlarms: [...standingAlarms] }),
    ...(battery && { battery: [...battery] }),
    ...(journalLoss && { journalLoss: { ...journalLoss, hash: journalLoss.hash.slice() } }),
  }
}

function copiedTries(tries: StoredRegisters['tries']): StoredRegisters['tries'] {
  const copies: Partial<Record<LockoutSource, StoredTries>> = {}
  for (const source of lockoutSources) {
    const of = tries[source]
    if (of !== undefined) copies[source] = { ...of }
  }
  return copies
}
