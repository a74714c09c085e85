import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import type { MessageCodec } from '#protocol/wire/codec.ts'
import { WireError } from '#protocol/wire/errors.ts'
import {
  commandMessage,
  entryMessage,
  headMessage,
  linkFrameMessage,
  policyMessage,
  policyReportMessage,
  replyMessage,
  requestMessage,
  stateMessage,
} from '#protocol/wire/index.ts'
import {
  commands,
  entries,
  heads,
  linkFrames,
  policies,
  policyReports,
  replies,
  requests,
  states,
  testSeed,
} from '#protocol/testing/index.ts'

const seed = testSeed()

function checkMessage<Value>(
  name: string,
  codec: MessageCodec<Value>,
  values: Arbitrary<Value>,
): void {
  describe(`${name} (seed ${seed})`, () => {
    test('comes back from its bytes as it was', () => {
      fc.assert(
        fc.property(values, (value) => {
          assert.deepEqual(codec.decode(codec.encode(value)), value)
        }),
        { seed, numRuns: 200 },
      )
    })
    test('has one encoding only: what decodes encodes to the same bytes', () => {
      const mutated = fc.tuple(values, fc.nat(), fc.integer({ min: 1, max: 255 }))
      fc.assert(
        fc.property(mutated, ([value, position, flip]) => {
          const bytes = codec.encode(value)
          const at = position % bytes.length
          bytes[at] = (bytes[at] ?? 0) ^ flip
          const decoded = decodeOrWireError(codec, bytes)
          if (decoded !== undefined) assert.deepEqual(codec.encode(decoded), bytes)
        }),
        { seed, numRuns: 500 },
      )
    })
    test('refuses a field that it does not know', () => {
      fc.assert(
        fc.property(values, (value) => {
          const outer = decodeCbor(codec.encode(value))
          const body = Array.isArray(outer) ? outer[1] : outer
          assert.ok(body instanceof Map)
          body.set(99, 1)
          assert.throws(
            () => codec.decode(encodeCbor(outer)),
            (error) => error instanceof WireError && error.code === 'unknownField',
          )
        }),
        { seed, numRuns: 20 },
      )
    })
    test('refuses every proper beginning of itself', () => {
      fc.assert(
        fc.property(values, fc.nat(), (value, position) => {
          const bytes = codec.encode(value)
          const cut = bytes.subarray(0, position % bytes.length)
          assert.throws(
            () => codec.decode(cut),
            (error) => error instanceof WireError && error.code === 'truncated',
          )
        }),
        { seed, numRuns: 100 },
      )
    })
  })
}

function decodeOrWireError<Value>(
  codec: MessageCodec<Value>,
  bytes: Uint8Array,
): Value | undefined {
  try {
    return codec.decode(bytes)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

checkMessage('policy', policyMessage, policies)
checkMessage('policy report', policyReportMessage, policyReports)
checkMessage('command', commandMessage, commands)
checkMessage('request', requestMessage, requests)
checkMessage('state', stateMessage, states)
checkMessage('reply', replyMessage, replies)
checkMessage('journal entry', entryMessage, entries)
checkMessage('head', headMessage, heads)
checkMessage('link frame', linkFrameMessage, linkFrames)
