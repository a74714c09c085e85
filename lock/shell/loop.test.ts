import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { alarmsOf } from '@mortise/lock-core'
import type { Effect, KeypadKey } from '@mortise/lock-core'
import { MortiseError } from '@mortise/protocol/errors'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import { limits } from '@mortise/protocol/limits'
import { entryMessage } from '@mortise/protocol/wire'
import { createMemoryDisk } from '#lock/adapters/memory/store.ts'
import { createManualTime } from '#lock/adapters/virtual/manual-time.ts'
import type { Store, StoreWrite } from '#lock/ports/store.ts'
import { createLoop } from './loop.ts'
import type { Loop } from './loop.ts'
import { coreStored } from './stored.ts'

const sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: false } as const

function start(
  perform: (effect: Effect, loop: Loop) => void,
  store: Store = createMemoryDisk().open(),
) {
  const fatal: unknown[] = []
  const loop: Loop = createLoop({
    context: { crypto, softwareVersion: 'test', challengeSecret: new Uint8Array(32) },
    store,
    clock: createManualTime().clock,
    perform: (effect) => perform(effect, loop),
    journalGrew: () => {},
    onFatal: (error) => fatal.push(error),
  })
  loop.start(coreStored(crypto, new Uint8Array(32), store.load()), sensors)
  return { loop, fatal }
}

test('what an effect feeds back waits for the end of its turn', () => {
  const seen: string[] = []
  let fed = false
  const { loop } = start((effect, self) => {
    if (effect.type !== 'signal' || effect.signal.type !== 'digit') return
    seen.push(`begin ${effect.signal.digits}`)
    if (!fed) {
      fed = true
      self.feed({ type: 'key', key: '2' })
    }
    seen.push('end')
  })
  loop.feed({ type: 'key', key: '1' })
  assert.deepEqual(seen, ['begin 1', 'end', 'begin 2', 'end'])
})

test('an effect that throws ends the loop once, and what waited is dropped', () => {
  let performed = 0
  const { loop, fatal } = start((effect, self) => {
    if (effect.type !== 'signal' || effect.signal.type !== 'digit') return
    performed += 1
    self.feed({ type: 'key', key: '2' })
    throw new Error('the hardware broke')
  })
  const keys: readonly KeypadKey[] = ['1', '2', '3']
  for (const key of keys) loop.feed({ type: 'key', key })
  assert.equal(performed, 1)
  assert.equal(fatal.length, 1)
})

test('a stopped loop takes no input', () => {
  let performed = 0
  const { loop } = start(() => {
    performed += 1
  })
  const before = performed
  loop.stop()
  loop.feed({ type: 'key', key: '1' })
  assert.equal(performed, before)
})

/** A store that has no room for more than so many entries; a commit goes whole or not at all. */
function tightStore(entriesMax: number) {
  const store = createMemoryDisk().open()
  const refused: (readonly StoreWrite[])[] = []
  const tight: Store = {
    ...store,
    commit(writes) {
      const through = writes.reduce(
        (most, write) =>
          write.type === 'entriesPruned' ? Math.max(most, write.throughSequence) : most,
        (store.load().journalFrom ?? 1) - 1,
      )
      const newest = store.load().newestEntry?.sequence ?? 0
      const fresh = writes.filter(({ type }) => type === 'entry').length
      if (newest + fresh - through > entriesMax) {
        refused.push(writes)
        throw new MortiseError('world', 'storeFull', 'no room')
      }
      store.commit(writes)
    },
  }
  return { store, tight, refused }
}

const { journalEntriesKeptMin } = limits

test('a turn that finds no room is committed together with what makes room for it', () => {
  const { store, tight, refused } = tightStore(journalEntriesKeptMin + 24)
  const { loop, fatal } = start(() => {}, tight)
  for (let turn = 0; turn < 100; turn += 1) {
    const position = turn % 2 === 0 ? 'closed' : 'open'
    loop.feed({ type: 'leafMoved', position })
  }
  assert.deepEqual(fatal, [])
  assert.ok(refused.length > 1, 'there was no room, more than once')
  assert.ok(alarmsOf(loop.state()).includes('storageNearlyFull'))
  const from = store.load().journalFrom ?? 1
  assert.equal(loop.state().journalFrom, from)
  const entries = store.entriesFrom(from, 1_000).map((bytes) => entryMessage.decode(bytes))
  const marks = entries.filter(({ type }) => type === 'journalPruned')
  assert.equal(marks.at(-1)?.throughSequence, from - 1)
  assert.equal(marks.at(-1)?.lostFrom, 1)
  assert.deepEqual(marks.at(-1)?.lostAfter, genesisHead(crypto, new Uint8Array(32)).hash)
  const before = { sequence: from - 1, hash: entries[0]?.previous ?? new Uint8Array() }
  const { head, fault } = verifyForward(crypto, before, store.entriesFrom(from, 1_000))
  assert.equal(fault, undefined)
  assert.deepEqual(head, loop.state().chain)
})

test('a store that is nearly at its end is made room in before the next turn needs it', () => {
  const { store, tight, refused } = tightStore(journalEntriesKeptMin + 40)
  const kept = () => (store.load().newestEntry?.sequence ?? 0) - (store.load().journalFrom ?? 1) + 1
  const nearlyFull: Store = {
    ...tight,
    room: () => ({ reserve: kept() > journalEntriesKeptMin + 20 ? 'exhausted' : 'spent' }),
  }
  const { loop, fatal } = start(() => {}, nearlyFull)
  for (let turn = 0; turn < 200; turn += 1) {
    loop.feed({ type: 'leafMoved', position: turn % 2 === 0 ? 'open' : 'closed' })
  }
  assert.deepEqual([fatal, refused], [[], []])
  assert.ok(loop.state().journalFrom > 1)
})

test('a store that has no room for the least ends the loop, with nothing performed', () => {
  // Its first entry fits, and what the door does next does not.
  const { tight } = tightStore(1)
  const performed: string[] = []
  const { loop, fatal } = start((effect) => performed.push(effect.type), tight)
  performed.length = 0
  loop.feed({ type: 'leafMoved', position: 'open' })
  assert.equal(fatal.length, 1)
  assert.ok(fatal[0] instanceof MortiseError && fatal[0].code === 'storeFull')
  assert.deepEqual(performed, [])
})
