import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testSeed } from '@mortise/protocol/testing'
import { WireError, concatBytes } from '@mortise/protocol/wire'
import { boastfulHeads } from './mutate-bytes.ts'
import { messageTargets } from './targets/messages.ts'

/** A decoder may keep a few copies of what it was given, and nothing that it was only promised. */
const allocatedBytesMax = 1024 * 1024

/** Off-heap bytes that live now; what a decoder just dropped still counts until it is collected. */
function offHeapBytes(): number {
  return process.memoryUsage().arrayBuffers
}

function isRefused(feed: () => void): boolean {
  try {
    feed()
    return false
  } catch (error) {
    assert.ok(error instanceof WireError, String(error))
    return true
  }
}

for (const target of messageTargets(testSeed())) {
  test(`${target.name} allocates nothing for a length that is only claimed`, () => {
    for (const head of boastfulHeads) {
      for (const before of [[], [0x81], [0x82, 0x00], [0xa1, 0x00], [0xa2, 0x00, 0x01, 0x01]]) {
        const input = concatBytes(Uint8Array.from(before), head, new Uint8Array(64))
        const earlier = offHeapBytes()
        assert.ok(isRefused(() => target.feed(input)))
        assert.ok(offHeapBytes() - earlier < allocatedBytesMax)
      }
    }
  })
}

test('the measure sees an allocation', () => {
  const earlier = offHeapBytes()
  const kept = new Uint8Array(16 * 1024 * 1024)
  assert.ok(offHeapBytes() - earlier >= kept.length)
})
