import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { appendEntry, genesisHead, verifyBackward, verifyForward } from '#protocol/chain/index.ts'
import type { ChainFaultCode, ChainHead } from '#protocol/chain/index.ts'
import { bytesEqual } from '#protocol/wire/bytes.ts'

const lockId = new Uint8Array(32).fill(1)
const genesis = genesisHead(nodeVerifyCrypto, lockId)

function chainOf(
  length: number,
  from: ChainHead = genesis,
  boot = 1,
): { bytes: Uint8Array[]; heads: ChainHead[] } {
  const bytes: Uint8Array[] = []
  const heads = [from]
  let head = from
  for (let index = 0; index < length; index += 1) {
    const appended = appendEntry(nodeVerifyCrypto, head, {
      boot,
      timeMs: 1000 * index,
      type: 'started',
    })
    bytes.push(appended.bytes)
    head = appended.head
    heads.push(head)
  }
  return { bytes, heads }
}

const good = chainOf(5)
const otherStory = chainOf(5, genesis, 2)
const otherLock = chainOf(5, genesisHead(nodeVerifyCrypto, new Uint8Array(32).fill(2)))

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  assert.ok(item !== undefined)
  return item
}

function pick(...indices: readonly number[]): Uint8Array[] {
  return indices.map((index) => at(good.bytes, index))
}

function altered(bytes: Uint8Array): Uint8Array {
  // The last byte belongs to the event type; with one bit flipped it is no word of the list.
  return bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)
}

/** What arrives, oldest first, after genesis; what is good of it; the fault. */
const forward: Record<
  string,
  readonly [entries: readonly Uint8Array[], good: number, code?: ChainFaultCode]
> = {
  nothing: [[], 0],
  'the whole story': [good.bytes, 5],
  'an entry left out': [pick(0, 1, 3, 4), 2, 'gap'],
  'the first left out': [pick(1, 2), 0, 'gap'],
  'an entry twice': [pick(0, 1, 1, 2), 2, 'gap'],
  'two entries swapped': [pick(0, 2, 1, 3), 1, 'gap'],
  'an entry of another story of the same lock': [
    [at(good.bytes, 0), at(otherStory.bytes, 1)],
    1,
    'brokenLink',
  ],
  'the story of another lock': [otherLock.bytes, 0, 'brokenLink'],
  garbage: [[at(good.bytes, 0), Uint8Array.of(1, 2, 3)], 1, 'malformed'],
  'an entry whose type is no word': [
    [at(good.bytes, 0), altered(at(good.bytes, 1))],
    1,
    'malformed',
  ],
}

for (const [what, [entries, count, code]] of Object.entries(forward)) {
  test(`verifyForward: ${what} gives ${count} good entries${code === undefined ? '' : ` and ${code}`}`, () => {
    const segment = verifyForward(nodeVerifyCrypto, genesis, entries)
    assert.equal(segment.entries.length, count)
    assert.equal(segment.fault?.code, code)
    assert.deepEqual(segment.head, at(good.heads, count))
    if (code !== undefined) assert.equal(segment.fault?.sequence, count + 1)
  })
}

const top = at(good.heads, 5)
const backward: Record<
  string,
  readonly [entries: readonly Uint8Array[], good: number, code?: ChainFaultCode]
> = {
  'the whole story, newest first': [good.bytes.toReversed(), 5],
  'one page': [pick(4, 3), 2],
  'the newest left out': [pick(3, 2), 0, 'gap'],
  'one in the middle left out': [pick(4, 2), 1, 'gap'],
  'another story of the same length': [otherStory.bytes.toReversed(), 0, 'brokenLink'],
  'an entry of another story in the middle': [
    [at(good.bytes, 4), at(otherStory.bytes, 3)],
    1,
    'brokenLink',
  ],
  'garbage at the top': [[Uint8Array.of(0xff)], 0, 'malformed'],
}

for (const [what, [entries, count, code]] of Object.entries(backward)) {
  test(`verifyBackward: ${what} gives ${count} good entries${code === undefined ? '' : ` and ${code}`}`, () => {
    const segment = verifyBackward(nodeVerifyCrypto, top, entries)
    assert.equal(segment.entries.length, count)
    assert.equal(segment.fault?.code, code)
    assert.deepEqual(segment.head, at(good.heads, 5 - count))
  })
}

test('a chain that is read to its beginning ends at the genesis of its lock', () => {
  const segment = verifyBackward(nodeVerifyCrypto, top, good.bytes.toReversed())
  assert.ok(bytesEqual(segment.head.hash, genesis.hash))
})
