import assert from 'node:assert/strict'
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
} from '@mortise/protocol/testing'
import {
  bindingsMessage,
  bytesEqual,
  commandMessage,
  decodeCbor,
  encodeCbor,
  entryMessage,
  headMessage,
  linkFrameMessage,
  linkTranscriptMessage,
  policyMessage,
  policyReportMessage,
  replyMessage,
  requestMessage,
  signedStatementMessage,
  stateMessage,
} from '@mortise/protocol/wire'
import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { bytesIn, goldenCases, textIn } from '../corpus.ts'
import type { Target } from '../target.ts'
import { cborInputs } from '../target.ts'

/** A decoder with its encoder: what every CBOR message of the protocol has. */
export interface Codec<Value> {
  readonly encode: (value: Value) => Uint8Array
  readonly decode: (bytes: Uint8Array) => Value
}

const samplesPerKind = 200
const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const bytes = (max: number) => fc.uint8Array({ maxLength: max })

/** Accepts only what its own encoder would have written. */
export function decoderTarget<Value>(
  name: string,
  codec: Codec<Value>,
  seeds: readonly Uint8Array[],
  others: readonly Uint8Array[] = seeds,
): Target {
  return {
    name,
    cost: 'cheap',
    next: cborInputs(seeds, others),
    feed: (input) => {
      assert.ok(
        bytesEqual(codec.encode(codec.decode(input)), input),
        'two encodings of one meaning',
      )
      return 'accepted'
    },
  }
}

interface Kind {
  readonly name: string
  readonly target: (seed: number, others: readonly Uint8Array[]) => Target
}

/** @param name as the golden files call it */
function kind<Value>(name: string, codec: Codec<Value>, values: Arbitrary<Value>): Kind {
  const target = (seed: number, others: readonly Uint8Array[]): Target => {
    const samples = fc.sample(values, { seed, numRuns: samplesPerKind })
    const seeds = [...goldenOf(name), ...samples.map((value) => codec.encode(value))]
    return decoderTarget(name, codec, seeds, others)
  }
  return { name, target }
}

function goldenOf(name: string): readonly Uint8Array[] {
  return goldenCases('messages')
    .filter((each) => textIn(each, 'message') === name)
    .map((each) => bytesIn(each, 'bytes'))
}

const signedStatements = fc.record({
  body: bytes(300),
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
})
const transcripts = fc.record({
  hubKey: key32,
  hubNonce: key32,
  lockKey: key32,
  lockNonce: key32,
  sealingKey: key32,
})
const bindingLists = policyReports.map(({ bindings }) => ({ bindings }))

const kinds: readonly Kind[] = [
  kind('policy', policyMessage, policies),
  kind('policyReport', policyReportMessage, policyReports),
  kind('bindings', bindingsMessage, bindingLists),
  kind('command', commandMessage, commands),
  kind('request', requestMessage, requests),
  kind('state', stateMessage, states),
  kind('reply', replyMessage, replies),
  kind('signedStatement', signedStatementMessage, signedStatements),
  kind('entry', entryMessage, entries),
  kind('head', headMessage, heads),
  kind('linkFrame', linkFrameMessage, linkFrames),
  kind('linkTranscript', linkTranscriptMessage, transcripts),
]

/** Every message kind, and the strict CBOR below them. */
export function messageTargets(seed: number): readonly Target[] {
  const golden = goldenCases('messages').map((each) => bytesIn(each, 'bytes'))
  const plain = goldenCases('cbor').map((each) => bytesIn(each, 'bytes'))
  const cbor = { encode: encodeCbor, decode: (input: Uint8Array) => decodeCbor(input) }
  return [
    decoderTarget('cbor', cbor, [...plain, ...golden], golden),
    ...kinds.map(({ target }) => target(seed, golden)),
  ]
}
