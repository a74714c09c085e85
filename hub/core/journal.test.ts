import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { appendEntry, genesisHead } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import { signStatement } from '@mortise/protocol/seal'
import { testSeed } from '@mortise/protocol/testing'
import { lockIdOf } from '@mortise/protocol/verify'
import { bytesEqual, headMessage } from '@mortise/protocol/wire'
import { takeIn, uploadRange } from '#core/journal.ts'
import type { CopyEnd, Intake } from '#core/journal.ts'

const crypto = nodeSealCrypto
const seed = new Uint8Array(randomBytes(32))
const lockKey = crypto.ed25519PublicKey(seed)
const lockId = lockIdOf(crypto, lockKey)

interface Chain {
  readonly entries: readonly Uint8Array[]
  /** By sequence; 0 is the genesis. */
  readonly heads: readonly ChainHead[]
}

/** `text`: one character for each entry; different characters are different entries. */
function chain(text: string): Chain {
  const heads = [genesisHead(crypto, lockId)]
  const entries: Uint8Array[] = []
  for (const character of text) {
    const head = heads.at(-1) ?? genesisHead(crypto, lockId)
    const timeMs = character.codePointAt(0) ?? 0
    const next = appendEntry(crypto, head, { boot: 1, timeMs, type: 'started' })
    entries.push(next.bytes)
    heads.push(next.head)
  }
  return { entries, heads }
}

const sign = (head: ChainHead): Uint8Array =>
  signStatement(crypto, 'head', seed, headMessage.encode({ v: 1, lockId, ...head, timeMs: 1 }))

/** What intake makes of `from` to `to` of one chain, for a hub that holds the first entries of another. */
function judge(stored: string, sent: string, from: number, to: number, headAt = to): Intake {
  const copy = chain(stored)
  const source = chain(sent)
  const end: CopyEnd | undefined = stored === '' ? undefined : copy.heads.at(-1)
  return takeIn(
    crypto,
    { lockKey, end, storedAt: (sequence) => copy.entries[sequence - 1] },
    {
      entries: source.entries.slice(from - 1, to),
      signedHead: sign(source.heads[headAt] ?? genesisHead(crypto, lockId)),
    },
  )
}

/** stored, sent, from, to, head at, verdict. */
const table: readonly (readonly [string, string, number, number, number, string])[] = [
  ['', 'abc', 1, 3, 3, 'store 1-3 missing 0'],
  ['ab', 'abc', 3, 3, 3, 'store 3-3 missing 0'],
  ['ab', 'abcd', 1, 4, 4, 'store 3-4 missing 0'],
  ['abc', 'abc', 1, 3, 3, 'known'],
  ['abc', 'abc', 2, 2, 2, 'known'],
  ['abc', 'abc', 4, 3, 3, 'known'],
  ['abc', 'abcde', 4, 3, 5, 'known'],
  ['', 'abc', 4, 3, 3, 'known'],
  ['', 'abcde', 3, 5, 5, 'store 3-5 missing 2'],
  ['ab', 'abcdef', 5, 6, 6, 'store 5-6 missing 2'],
  ['ab', 'abcdef', 3, 4, 6, 'wait'],
  ['abc', 'axc', 2, 3, 3, 'conflict 2'],
  ['abc', 'axcd', 4, 4, 4, 'conflict 4'],
  ['abc', 'axc', 4, 3, 3, 'conflict 3'],
  ['abc', 'abcd', 4, 4, 3, 'refused headTooOld'],
]
for (const [stored, sent, from, to, headAt, expected] of table) {
  test(`a copy "${stored}" takes ${from} to ${to} of "${sent}" under head ${headAt}: ${expected}`, () => {
    assert.equal(shown(judge(stored, sent, from, to, headAt)), expected)
  })
}

function shown(verdict: Intake): string {
  switch (verdict.kind) {
    case 'store': {
      const sequences = verdict.entries.map(({ sequence }) => sequence)
      return `store ${sequences[0]}-${sequences.at(-1)} missing ${verdict.missing}`
    }
    case 'conflict':
      return `conflict ${verdict.sequence}`
    case 'refused':
      return `refused ${verdict.fault}`
    case 'known':
    case 'wait':
      return verdict.kind
  }
}

test('an entry that is not from this lock begins no chain of it', () => {
  const other = genesisHead(crypto, new Uint8Array(32))
  const entry = appendEntry(crypto, other, { boot: 1, timeMs: 1, type: 'started' })
  const verdict = takeIn(
    crypto,
    { lockKey, end: undefined, storedAt: () => undefined },
    { entries: [entry.bytes], signedHead: sign(entry.head) },
  )
  assert.equal(shown(verdict), 'conflict 1')
})

test('uploadRange names what an upload claims to hold', () => {
  const { entries } = chain('abcd')
  const signedHead = new Uint8Array()
  assert.deepEqual(uploadRange({ entries: entries.slice(1), signedHead }), { from: 2, to: 4 })
  assert.equal(uploadRange({ entries: [], signedHead }), undefined)
  assert.equal(uploadRange({ entries: [new Uint8Array(3)], signedHead }), undefined)
})

/** The slowest thing that could be right: apply verdicts to an array. */
function apply(copy: Uint8Array[], verdict: Intake): void {
  if (verdict.kind !== 'store') return
  for (const { sequence, bytes } of verdict.entries) copy[sequence - 1] = bytes
}

test('whatever is resent, reordered or cut, the copy is a prefix of the truth', () => {
  const seedOfRun = testSeed()
  const truth = chain('the whole truth of one lock')
  const length = truth.entries.length
  const uploads = fc.array(
    fc.record({ from: fc.integer({ min: 1, max: length }), size: fc.integer({ min: 0, max: 9 }) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(uploads, (steps) => {
      const copy: Uint8Array[] = []
      for (const { from, size } of steps) {
        // An honest lock sends on from where the copy ends, or something older again.
        const start = Math.min(from, copy.length + 1)
        const to = Math.min(length, start + size)
        const end = copy.length === 0 ? undefined : truth.heads[copy.length]
        const storedAt = (sequence: number) => copy[sequence - 1]
        const entries = truth.entries.slice(start - 1, to)
        const signedHead = sign(truth.heads[to] ?? genesisHead(crypto, lockId))
        const verdict = takeIn(crypto, { lockKey, end, storedAt }, { entries, signedHead })
        assert.ok(verdict.kind === 'store' || verdict.kind === 'known')
        apply(copy, verdict)
        for (const [index, bytes] of copy.entries()) {
          assert.ok(bytesEqual(bytes, truth.entries[index] ?? new Uint8Array()))
        }
      }
    }),
    { seed: seedOfRun, numRuns: 60 },
  )
})

test('no single changed byte of an upload is ever stored', () => {
  const seedOfRun = testSeed()
  const truth = chain('abcd')
  const signedHead = sign(truth.heads[4] ?? genesisHead(crypto, lockId))
  const change = fc.record({
    entry: fc.integer({ min: 0, max: 4 }),
    at: fc.nat(),
    to: fc.integer({ min: 1, max: 255 }),
  })
  fc.assert(
    fc.property(change, ({ entry, at, to }) => {
      const bend = (bytes: Uint8Array): Uint8Array => {
        const index = at % bytes.length
        return bytes.with(index, (bytes[index] ?? 0) ^ to)
      }
      const entries = truth.entries.map((bytes, index) => (index === entry ? bend(bytes) : bytes))
      const upload = { entries, signedHead: entry === 4 ? bend(signedHead) : signedHead }
      const facts = { lockKey, end: undefined, storedAt: () => undefined }
      assert.notEqual(takeIn(crypto, facts, upload).kind, 'store')
    }),
    { seed: seedOfRun, numRuns: 400 },
  )
})
