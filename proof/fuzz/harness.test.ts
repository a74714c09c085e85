import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { commands, testSeed } from '@mortise/protocol/testing'
import { commandMessage, decodeCbor, encodeCbor } from '@mortise/protocol/wire'
import type { CborValue } from '@mortise/protocol/wire'
import * as fc from 'fast-check'
import { fuzz } from './run.ts'
import type { Codec } from './targets/messages.ts'
import { decoderTarget } from './targets/messages.ts'

/** Positive controls: a judge who never convicts proves nothing. */

const seed = testSeed()
const count = 20_000
const seeds = fc.sample(commands, { seed, numRuns: 50 }).map((each) => commandMessage.encode(each))
const strict: Codec<CborValue> = { encode: encodeCbor, decode: (bytes) => decodeCbor(bytes) }

const weakDecoders: Readonly<Record<string, Codec<CborValue>>> = {
  'ignores trailing bytes': {
    ...strict,
    decode: (bytes) => {
      for (let end = bytes.length; end > 0; end -= 1) {
        try {
          return decodeCbor(bytes.subarray(0, end))
        } catch {
          // One byte less, then.
        }
      }
      return decodeCbor(bytes)
    },
  },
  'trusts that a command is a map': {
    ...strict,
    decode: (bytes) => {
      const value = decodeCbor(bytes)
      assert.ok(value instanceof Map)
      return value
    },
  },
  'forgets a field that it does not know': {
    ...strict,
    decode: (bytes) => {
      const value = decodeCbor(bytes)
      if (!(value instanceof Map)) return value
      return new Map([...value].filter(([key]) => key < 5))
    },
  },
  'allocates what it is promised': {
    ...strict,
    decode: (bytes) => {
      if (bytes[0] === 0x9a && bytes.length > 4) {
        return [new Uint8Array(new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) * 2 ** 40)]
      }
      return decodeCbor(bytes)
    },
  },
}

for (const [weakness, codec] of Object.entries(weakDecoders)) {
  test(`a decoder that ${weakness} is convicted, MORTISE_SEED=${seed}`, () => {
    assert.throws(
      () => fuzz(decoderTarget('weak', codec, seeds), { seed, count }),
      (error) => error instanceof MortiseError && error.code === 'fuzzFinding',
    )
  })
}

test(`the strict decoder is not, MORTISE_SEED=${seed}`, () => {
  assert.equal(fuzz(decoderTarget('strict', strict, seeds), { seed, count }).count, count)
})

test('the same seed gives the same verdicts', () => {
  const run = () => [...fuzz(decoderTarget('strict', strict, seeds), { seed, count }).verdicts]
  assert.deepEqual(run(), run())
})
