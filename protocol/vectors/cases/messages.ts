import { WireError } from '#protocol/wire/errors.ts'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import type { CborMap, CborValue } from '#protocol/wire/cbor.ts'
import { toHex } from '#protocol/wire/bytes.ts'
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
import { messageKinds } from '#protocol/vectors/messages.ts'
import {
  sampleCommands,
  sampleEntries,
  sampleFrames,
  sampleHead,
  sampleOwnAnswers,
  samplePolicy,
  sampleReplies,
  sampleReport,
  sampleRequests,
  sampleState,
} from '#protocol/vectors/samples.ts'
import { jsonValue } from '#protocol/vectors/value.ts'

export interface MessageCase {
  readonly name: string
  readonly message: string
  readonly bytes: string
  readonly verdict: string
  readonly value?: unknown
}

export interface Sample {
  readonly name: string
  readonly message: string
  readonly bytes: Uint8Array
  readonly value: unknown
}

/** Samples of one kind of message, encoded, each with its name. */
export function named<Value>(
  message: string,
  values: Readonly<Record<string, Value>>,
  encode: (value: Value) => Uint8Array,
): Sample[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    message,
    bytes: encode(value),
    value,
  }))
}

function allSamples(): Sample[] {
  return [
    ...named('policy', { 'a policy': samplePolicy }, policyMessage.encode),
    ...named('policyReport', { 'a report': sampleReport }, policyReportMessage.encode),
    ...named('command', sampleCommands, commandMessage.encode),
    ...named('request', sampleRequests, requestMessage.encode),
    ...named('state', { 'a state': sampleState }, stateMessage.encode),
    ...named('reply', sampleReplies, replyMessage.encode),
    ...named('entry', sampleEntries, entryMessage.encode),
    ...named('head', { 'a head': sampleHead }, headMessage.encode),
    ...named('linkFrame', sampleFrames, linkFrameMessage.encode),
  ]
}

/** The record inside a message: the message itself, or what follows the word of a variant. */
function bodyOf(value: CborValue): CborMap {
  const body = Array.isArray(value) ? value[1] : value
  if (body instanceof Map) return body
  throw new WireError('wrongType')
}

type Spoil = (value: CborValue) => CborValue

function withBody(change: (body: CborMap) => void): Spoil {
  return (value) => {
    change(bodyOf(value))
    return value
  }
}

const spoils: Readonly<Record<string, Spoil>> = {
  'with an unknown field': withBody((body) => body.set(99, 1)),
  'without its first field': withBody((body) => body.delete([...body.keys()][0] ?? 0)),
  'with a first field of another type': withBody((body) =>
    body.set([...body.keys()][0] ?? 0, true),
  ),
  'in a list': (value) => [value],
}

function verdictOf(message: string, bytes: Uint8Array): string {
  try {
    messageKinds[message]?.decode(bytes)
    return 'accepted'
  } catch (error) {
    if (error instanceof WireError) return error.code
    throw error
  }
}

function spoilt(sample: Sample): MessageCase[] {
  return Object.entries(spoils).flatMap(([how, spoil]) => {
    const value = decodeCbor(sample.bytes)
    // A lone record without fields cannot lose one.
    if (bodyOf(value).size === 0 && how !== 'with an unknown field' && how !== 'in a list')
      return []
    const bytes = encodeCbor(spoil(value))
    const verdict = verdictOf(sample.message, bytes)
    return [
      { name: `${sample.name}, ${how}`, message: sample.message, bytes: toHex(bytes), verdict },
    ]
  })
}

/** Every sample, then every sample spoilt in each way. */
export function messageCases(): readonly MessageCase[] {
  return casesOf(allSamples())
}

/** Answers that tell somebody of their own access. */
export function ownAnswerCases(): readonly MessageCase[] {
  return casesOf(named('reply', sampleOwnAnswers, replyMessage.encode))
}

/** The samples, then each of them spoilt in every way. */
export function casesOf(samples: readonly Sample[]): readonly MessageCase[] {
  const good = samples.map(({ name, message, bytes, value }) => ({
    name,
    message,
    bytes: toHex(bytes),
    verdict: 'accepted',
    value: jsonValue(value),
  }))
  return [...good, ...samples.flatMap(spoilt)]
}
