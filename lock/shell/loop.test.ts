import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import type { Effect, KeypadKey } from '@mortise/lock-core'
import { createMemoryDisk } from '#lock/adapters/memory/store.ts'
import { createManualTime } from '#lock/adapters/virtual/manual-time.ts'
import { createLoop } from './loop.ts'
import type { Loop } from './loop.ts'
import { coreStored } from './stored.ts'

const sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: false } as const

function start(perform: (effect: Effect, loop: Loop) => void) {
  const store = createMemoryDisk().open()
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
