import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import type { Binding } from '@mortise/protocol/words'
import type { Store, StoreWrite, StoredRegisters } from './store.ts'

export interface StoreSubject {
  readonly store: Store
  /** Opens the same store a second time. */
  readonly openAgain: () => Store
}

export type MakeStoreSubject = () => StoreSubject

const REGISTERS: StoredRegisters = {
  boots: 3,
  timeFloorMs: 1_800_000_000_000,
  policyVersionFloor: 7,
  tries: { keypad: { wrongCodes: 2, lockouts: 1, lockedUntilMs: 1_800_000_030_000 } },
}

const BINDING: Binding = {
  userId: filled(16, 1),
  invitationId: filled(16, 2),
  credential: {
    type: 'deviceKey',
    id: filled(16, 3),
    createdAtMs: 1_800_000_000_000,
    name: 'Häuschen',
    publicKey: filled(32, 4),
  },
}

const EMPTY = { pinTags: [], bindings: [], usages: [] }

function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value)
}

/** Distinguishable bytes for a journal entry; a store does not look inside. */
function entryBytes(sequence: number): Uint8Array {
  return Uint8Array.of(sequence >>> 8, sequence & 255, 0xee)
}

function entry(sequence: number): StoreWrite {
  return { type: 'entry', sequence, bytes: entryBytes(sequence) }
}

function entries(first: number, last: number): readonly StoreWrite[] {
  return Array.from({ length: last - first + 1 }, (_, index) => entry(first + index))
}

function pinTag(id: number, tag: number): StoreWrite {
  return { type: 'pinTag', credentialId: filled(16, id), tag: filled(32, tag) }
}

function registers(changed: Partial<StoredRegisters> = {}): StoreWrite {
  return { type: 'registers', registers: { ...REGISTERS, ...changed } }
}

function hasCode(blame: string, code: string): (error: unknown) => boolean {
  return (error) => error instanceof MortiseError && error.blame === blame && error.code === code
}

/** The contract of `Store`, sentence by sentence; see the comment on the interface. */
export function storeContract(name: string, makeSubject: MakeStoreSubject): void {
  describe(`${name} keeps the store contract`, () => {
    describeWriting(makeSubject)
    describeRefusing(makeSubject)
    describePruning(makeSubject)
    describeOutbox(makeSubject)
    describeOpening(makeSubject)
    describeReset(makeSubject)
  })
}

function describeReset(makeSubject: MakeStoreSubject): void {
  const life = (): readonly StoreWrite[] => [
    ...entries(1, 3),
    { type: 'policy', policy: filled(70_000, 9) },
    pinTag(1, 10),
    { type: 'bindings', bindings: [BINDING] },
    { type: 'usage', userId: filled(16, 5), usage: { uses: 1 } },
    { type: 'matter', database: filled(4, 1) },
    registers(),
  ]

  test('a factory reset leaves the journal for whom the lock still tells, and nobody who could open', () => {
    const { store } = makeSubject()
    store.commit(life())
    store.commit([entry(4), { type: 'factoryReset' }, registers({ boots: 4 })])
    assert.deepEqual(store.load(), {
      ...EMPTY,
      registers: { ...REGISTERS, boots: 4 },
      newestEntry: { sequence: 4, bytes: entryBytes(4) },
    })
    assert.deepEqual(store.entriesFrom(3, 10), [entryBytes(3), entryBytes(4)])
    store.commit([entry(5), registers({ boots: 4 })])
    store.close()
  })

  test('opened again after a factory reset it is a store that never ran', () => {
    const { store, openAgain } = makeSubject()
    store.commit(life())
    store.acknowledged(2)
    store.commit([entry(4), { type: 'factoryReset' }])
    store.close()
    const again = openAgain()
    assert.deepEqual(again.load(), EMPTY)
    assert.deepEqual(again.entriesFrom(1, 10), [])
    assert.equal(again.acknowledgedSequence(), 0)
    again.commit([entry(1), registers({ boots: 1, policyVersionFloor: 0 })])
    again.close()
    const third = openAgain()
    assert.equal(third.load().registers?.boots, 1)
    third.close()
  })
}

function describeWriting(makeSubject: MakeStoreSubject): void {
  test('a new store knows nothing', () => {
    const { store } = makeSubject()
    assert.deepEqual(store.load(), EMPTY)
    assert.deepEqual(store.entriesFrom(1, 10), [])
    assert.equal(store.acknowledgedSequence(), 0)
    store.close()
  })

  test('everything that was committed is there, at once and after opening again', () => {
    const { store, openAgain } = makeSubject()
    const openIntent = { sequence: 2, verb: 'unlock' } as const
    store.commit([
      ...entries(1, 2),
      { type: 'policy', policy: filled(70_000, 9) },
      pinTag(1, 10),
      pinTag(2, 20),
      { type: 'bindings', bindings: [BINDING] },
      registers({ openIntent }),
    ])
    const expected = {
      registers: { ...REGISTERS, openIntent },
      policy: filled(70_000, 9),
      pinTags: [
        { credentialId: filled(16, 1), tag: filled(32, 10) },
        { credentialId: filled(16, 2), tag: filled(32, 20) },
      ],
      bindings: [BINDING],
      usages: [],
      newestEntry: { sequence: 2, bytes: entryBytes(2) },
    }
    assert.deepEqual(store.load(), expected)
    store.close()
    const again = openAgain()
    assert.deepEqual(again.load(), expected)
    again.close()
  })

  test('later writes take the place of earlier ones, also within one commit', () => {
    const { store } = makeSubject()
    store.commit([pinTag(1, 10), pinTag(2, 20), registers({ tries: {} })])
    store.commit([
      pinTag(1, 11),
      { type: 'pinTagRemoved', credentialId: filled(16, 2) },
      { type: 'bindings', bindings: [BINDING] },
      { type: 'bindings', bindings: [] },
      { type: 'policy', policy: filled(3, 1) },
      { type: 'policy', policy: filled(3, 2) },
      { type: 'usage', userId: filled(16, 5), usage: { uses: 1, firstUseMs: 7 } },
      { type: 'usage', userId: filled(16, 6), usage: { uses: 1, firstUseMs: 8 } },
      { type: 'usage', userId: filled(16, 6), usage: { uses: 2, firstUseMs: 8 } },
      { type: 'usageRemoved', userId: filled(16, 5) },
      { type: 'matter', database: filled(4, 1) },
      { type: 'matter', database: filled(4, 2) },
      registers({ openIntent: { sequence: 1, verb: 'lock' } }),
      registers(),
    ])
    assert.deepEqual(store.load(), {
      registers: REGISTERS,
      policy: filled(3, 2),
      pinTags: [{ credentialId: filled(16, 1), tag: filled(32, 11) }],
      bindings: [],
      usages: [{ userId: filled(16, 6), usage: { uses: 2, firstUseMs: 8 } }],
      matter: filled(4, 2),
    })
    store.close()
  })

  test('every register comes back as it was written', () => {
    const { store, openAgain } = makeSubject()
    const all = registers({
      openIntent: { sequence: 9, verb: 'unlatch' },
      operatingMode: { mode: 'lockdown', untilMs: 1_900_000_000_000 },
      householdOpenedMs: 1_800_000_000_001,
      policyConfirmedMs: 1_800_000_000_002,
      standingAlarms: ['lockJammed', 'doorForcedOpen'],
      battery: [274, 0, 1_790_000_000_000, 97, -12],
      tries: {
        keypad: { wrongCodes: 5, lockouts: 6, lockedUntilMs: 0 },
        matter: { wrongCodes: 1, lockouts: 2, lockedUntilMs: 1_800_000_000_003 },
        biometric: { wrongCodes: 3, lockouts: 4, lockedUntilMs: 1_800_000_000_004 },
        voice: { wrongCodes: 7, lockouts: 8, lockedUntilMs: 1_800_000_000_005 },
      },
      journalLoss: { after: 4, hash: filled(32, 6) },
    })
    store.commit([all])
    store.close()
    const again = openAgain()
    assert.ok(all.type === 'registers')
    assert.deepEqual(again.load().registers, all.registers)
    again.close()
  })

  test('it keeps no memory of the caller and gives none of its own away', () => {
    const { store } = makeSubject()
    const policy = filled(3, 1)
    const journalLoss = { after: 1, hash: filled(32, 6) }
    store.commit([{ type: 'policy', policy }, entry(1), registers({ journalLoss })])
    policy.fill(9)
    journalLoss.hash.fill(9)
    store.load().policy?.fill(8)
    store.load().registers?.journalLoss?.hash.fill(8)
    store.entriesFrom(1, 1)[0]?.fill(7)
    assert.deepEqual(store.load().policy, filled(3, 1))
    assert.deepEqual(store.load().registers?.journalLoss?.hash, filled(32, 6))
    assert.deepEqual(store.entriesFrom(1, 1), [entryBytes(1)])
    store.close()
  })

  test('an empty commit does nothing', () => {
    const { store } = makeSubject()
    store.commit([])
    assert.deepEqual(store.load(), EMPTY)
    store.close()
  })

  test('entries come oldest first, from the one asked for, at most as many as asked for', () => {
    const { store } = makeSubject()
    store.commit(entries(1, 300))
    assert.deepEqual(store.entriesFrom(299, 10), [entryBytes(299), entryBytes(300)])
    assert.deepEqual(store.entriesFrom(257, 2), [entryBytes(257), entryBytes(258)])
    assert.deepEqual(store.entriesFrom(301, 10), [])
    assert.equal(store.entriesFrom(1, 512).length, 300)
    store.close()
  })
}

const REFUSALS = [
  { what: 'an entry that leaves a gap', code: 'entrySequence', bad: entry(7) },
  { what: 'an entry that comes twice', code: 'entrySequence', bad: entry(5) },
  {
    what: 'the end of the journal among what is removed',
    code: 'prunedTooFar',
    bad: { type: 'entriesPruned', throughSequence: 5 },
  },
  { what: 'fewer boots', code: 'registerFell', bad: registers({ boots: 2 }) },
  { what: 'an earlier time floor', code: 'registerFell', bad: registers({ timeFloorMs: 1 }) },
  {
    what: 'a lower version floor',
    code: 'registerFell',
    bad: registers({ policyVersionFloor: 6 }),
  },
] as const

function describeRefusing(makeSubject: MakeStoreSubject): void {
  for (const { what, code, bad } of REFUSALS) {
    test(`${what} is refused as a bug, nothing of the commit stays, and it goes no further`, () => {
      const { store, openAgain } = makeSubject()
      store.commit([...entries(1, 5), registers()])
      const before = store.load()
      const writes = [{ type: 'policy', policy: filled(3, 3) } as const, pinTag(1, 1), bad]
      assert.throws(() => store.commit(writes), hasCode('bug', code))
      assert.deepEqual(store.load(), before)
      assert.throws(() => store.commit([entry(6)]), MortiseError)
      store.close()
      const again = openAgain()
      assert.deepEqual(again.load(), before)
      again.commit([entry(6)])
      again.close()
    })
  }

  test('counters that may fall do fall', () => {
    const { store } = makeSubject()
    store.commit([registers()])
    const calm = { tries: { keypad: { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 } } }
    store.commit([registers(calm)])
    assert.deepEqual(store.load().registers, { ...REGISTERS, ...calm })
    store.close()
  })
}

function describePruning(makeSubject: MakeStoreSubject): void {
  const pruned = (throughSequence: number): StoreWrite => ({
    type: 'entriesPruned',
    throughSequence,
  })

  test('removed entries are gone, at once and after opening again, and the rest goes on', () => {
    const { store, openAgain } = makeSubject()
    store.commit([...entries(1, 6), registers()])
    // Removals come first, wherever they stand.
    store.commit([entry(7), pruned(4)])
    const check = (subject: Store): void => {
      assert.equal(subject.load().journalFrom, 5)
      assert.deepEqual(subject.load().newestEntry, { sequence: 7, bytes: entryBytes(7) })
      assert.deepEqual(subject.entriesFrom(1, 2), [entryBytes(5), entryBytes(6)])
      assert.deepEqual(subject.entriesFrom(6, 9), [entryBytes(6), entryBytes(7)])
    }
    check(store)
    store.close()
    const again = openAgain()
    check(again)
    again.commit([entry(8), pruned(6)])
    assert.deepEqual(again.entriesFrom(1, 9), [entryBytes(7), entryBytes(8)])
    again.close()
  })

  test('what was removed before stays removed', () => {
    const { store } = makeSubject()
    store.commit(entries(1, 6))
    store.commit([pruned(4)])
    store.commit([pruned(2)])
    assert.equal(store.load().journalFrom, 5)
    assert.equal(store.entriesFrom(1, 9).length, 2)
    store.close()
  })

  test('a commit that fails removes nothing', () => {
    const { store } = makeSubject()
    store.commit(entries(1, 6))
    assert.throws(() => store.commit([pruned(4), entry(9)]), MortiseError)
    assert.equal(store.load().journalFrom, undefined)
    assert.equal(store.entriesFrom(1, 9).length, 6)
    store.close()
  })

  test('a reserve that is whole stays whole', () => {
    const { store } = makeSubject()
    for (let step = 0; step < 100 && store.room().reserve === 'growing'; step += 1) {
      store.tendReserve()
    }
    assert.equal(store.room().reserve, 'whole')
    store.commit([entry(1)])
    assert.equal(store.room().reserve, 'whole')
    store.close()
  })
}

function describeOutbox(makeSubject: MakeStoreSubject): void {
  test('the acknowledged mark rises only, and never past the newest entry', () => {
    const { store } = makeSubject()
    store.commit(entries(1, 4))
    store.acknowledged(3)
    store.acknowledged(2)
    assert.equal(store.acknowledgedSequence(), 3)
    store.acknowledged(1_000)
    assert.equal(store.acknowledgedSequence(), 4)
    store.close()
  })

  test('the acknowledged mark is kept by close', () => {
    const { store, openAgain } = makeSubject()
    store.commit(entries(1, 4))
    store.acknowledged(3)
    store.close()
    const again = openAgain()
    assert.equal(again.acknowledgedSequence(), 3)
    again.close()
  })
}

function describeOpening(makeSubject: MakeStoreSubject): void {
  test('a second opener is refused while the first is alive', () => {
    const { store, openAgain } = makeSubject()
    assert.throws(openAgain, hasCode('world', 'storeInUse'))
    store.commit([entry(1)])
    store.close()
    store.close()
    const again = openAgain()
    assert.deepEqual(again.entriesFrom(1, 1), [entryBytes(1)])
    again.close()
  })
}
