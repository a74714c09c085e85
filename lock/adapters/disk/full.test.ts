import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import type { Store, StoreWrite } from '#lock/ports/store.ts'
import { RESERVE_SUFFIX, openDiskStore } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'mortise-full-'))
after(() => rmSync(folder, { recursive: true }))

const reserveBytes = 300 * 1024
const bytesMax = 300 * 1024
let count = 0

function openSmall() {
  count += 1
  const path = join(folder, `${count}.db`)
  const open = () => openDiskStore({ path, mayBeNew: true, bytesMax, reserveBytes })
  return { path, reserve: path + RESERVE_SUFFIX, open, store: open() }
}

const entry = (sequence: number): StoreWrite => ({
  type: 'entry',
  sequence,
  bytes: new Uint8Array(1800).fill(sequence),
})
const newestOf = (store: Store): number => store.load().newestEntry?.sequence ?? 0

/** Writes until there is no room; returns the error of it. */
function fill(store: Store): unknown {
  for (let sequence = newestOf(store) + 1; ; sequence += 1) {
    try {
      store.commit([entry(sequence)])
    } catch (error) {
      return error
    }
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof MortiseError && error.blame === 'world' && error.code === 'storeFull'

function tendUntil(store: Store, reserve: string): void {
  for (let step = 0; step < 10 && store.room().reserve !== reserve; step += 1) store.tendReserve()
  assert.equal(store.room().reserve, reserve)
}

describe('a store without room', () => {
  test('is full only after its reserve is gone, keeps all it took, and stays open', () => {
    const { store, reserve, open } = openSmall()
    tendUntil(store, 'whole')
    assert.equal(statSync(reserve).size, reserveBytes)
    assert.ok(isFull(fill(store)))
    assert.equal(store.room().reserve, 'exhausted')
    assert.equal(existsSync(reserve), false)
    const newest = newestOf(store)
    assert.equal(store.entriesFrom(1, 10_000).length, newest)
    assert.ok(isFull(fill(store)), 'and full it is again')
    store.close()
    const again = open()
    assert.equal(newestOf(again), newest)
    again.close()
  })

  test('takes entries for ever where as many go', () => {
    const { store } = openSmall()
    assert.ok(isFull(fill(store)))
    for (let turn = 0; turn < 40; turn += 1) {
      const newest = newestOf(store)
      const throughSequence = (store.load().journalFrom ?? 1) + 7
      const fresh = Array.from({ length: 8 }, (_, index) => entry(newest + 1 + index))
      store.commit([...fresh, { type: 'entriesPruned', throughSequence }])
    }
    store.close()
  })

  test('has its reserve back when enough is gone, and not before', () => {
    const { store } = openSmall()
    assert.ok(isFull(fill(store)))
    store.tendReserve()
    store.tendReserve()
    assert.equal(store.room().reserve, 'exhausted')
    store.commit([{ type: 'entriesPruned', throughSequence: newestOf(store) - 50 }])
    tendUntil(store, 'whole')
    store.close()
  })

  test('loses no acknowledged mark with the commit that found no room', () => {
    const { store, open } = openSmall()
    store.commit([entry(1), entry(2), entry(3)])
    store.acknowledged(2)
    const large: StoreWrite = { type: 'policy', policy: new Uint8Array(2 * bytesMax) }
    assert.throws(() => store.commit([large]), isFull)
    store.commit([entry(4)])
    store.close()
    const again = open()
    assert.equal(again.acknowledgedSequence(), 2)
    again.close()
  })
})
