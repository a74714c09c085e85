import assert from 'node:assert/strict'
import { openApiDocument, parseLiveEvent, routes } from '@mortise/protocol/rest'
import type { Route } from '@mortise/protocol/rest'
import { seededRandom } from '@mortise/protocol/testing'
import { utf8 } from '@mortise/protocol/wire'
import { mutateBytes } from '../mutate-bytes.ts'
import type { Random } from '../random.ts'
import { pick } from '../random.ts'
import type { Target } from '../target.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
interface Schema {
  readonly [name: string]: unknown
}

const samplesPerRoute = 20

/** JSON that fits a JSON Schema of ours, as far as types go; patterns are met for ids and bytes. */
function sampleOf(random: Random, schema: unknown): Json {
  if (!isSchema(schema)) return null
  if ('const' in schema) return isScalar(schema['const']) ? schema['const'] : null
  for (const choice of [schema['enum'], schema['anyOf'], schema['oneOf']]) {
    if (!Array.isArray(choice)) continue
    const chosen: unknown = pick<unknown>(random, choice)
    return isScalar(chosen) ? chosen : sampleOf(random, chosen)
  }
  return sampleOfType(random, schema)
}

function sampleOfType(random: Random, schema: Schema): Json {
  switch (schema['type']) {
    case 'object':
      return sampleOfObject(random, schema)
    case 'array':
      return Array.from({ length: random.next(3) }, () => sampleOf(random, schema['items']))
    case 'string':
      return sampleText(schema, numberIn(schema, 'minLength', 1))
    case 'integer':
    case 'number':
      return numberIn(schema, 'minimum', 0) + random.next(100)
    case 'boolean':
      return random.next(2) === 0
    default:
      return null
  }
}

/** Bytes are zeros in base64url, with no loose bits at the end; everything else is letters. */
function sampleText({ pattern }: Schema, lengthMin: number): string {
  const isBytes = typeof pattern === 'string' && pattern.includes('A-Z')
  return isBytes ? 'A'.repeat(Math.max(lengthMin, 4)) : 'a'.repeat(Math.max(lengthMin, 1))
}

function sampleOfObject(random: Random, schema: Schema): Json {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const members = Object.entries(properties)
    .filter(([name]) => required.includes(name) || random.next(2) === 0)
    .map(([name, property]) => [name, sampleOf(random, property)] as const)
  return Object.fromEntries(members)
}

function numberIn(schema: Schema, name: string, otherwise: number): number {
  const value = schema[name]
  return typeof value === 'number' ? value : otherwise
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** What JSON readers have tripped over. */
const nastyTexts: readonly string[] = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '['.repeat(5000),
  '{"a":'.repeat(2000),
  '1e400',
  '"\\ud800"',
  '{"name":"\\u202e"}',
  'null',
  '[]',
  '\u0000',
]

/** Changes one thing in a JSON value. */
function changed(random: Random, value: Json): Json {
  if (Array.isArray(value) && value.length > 0 && random.next(4) > 0) {
    const at = random.next(value.length)
    return value.with(at, changed(random, value[at] ?? null))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.next(4) > 0) {
    const names = Object.keys(value)
    if (names.length === 0) return { extra: 1 }
    const name = pick(random, names)
    if (random.next(5) === 0) return { ...value, [pick(random, ['extra', 'toString', ''])]: 1 }
    return { ...value, [name]: changed(random, value[name] ?? null) }
  }
  return pick<Json>(random, [
    null,
    -1,
    1.5,
    1e308,
    '',
    'x'.repeat(5000),
    '=',
    [],
    {},
    true,
    '-_',
    '/',
  ])
}

interface Shape {
  readonly safeParse: (value: unknown) => { readonly success: boolean }
}

function jsonTarget(
  name: string,
  schema: unknown,
  read: (text: string) => string,
  seed: number,
): Target {
  const random = seededRandom(seed)
  const samples = Array.from({ length: samplesPerRoute }, () => sampleOf(random, schema))
  const readText = new TextDecoder()
  return {
    name,
    cost: 'cheap',
    next: (chance) => {
      const sample = pick(chance, samples)
      const text = chance.next(16) === 0 ? pick(chance, nastyTexts) : undefined
      if (text !== undefined) return utf8(text)
      if (chance.next(2) === 0) return utf8(JSON.stringify(changed(chance, sample)))
      const bytes = utf8(JSON.stringify(sample))
      return chance.next(8) === 0 ? bytes : mutateBytes(chance, bytes, [bytes])
    },
    feed: (input) => {
      const verdict = read(readText.decode(input))
      assert.equal('polluted' in {}, false, 'a prototype was polluted')
      return verdict
    },
  }
}

function parsedBy(shape: Shape): (text: string) => string {
  return (text) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      assert.ok(error instanceof SyntaxError)
      return 'notJson'
    }
    return shape.safeParse(value).success ? 'accepted' : 'refused'
  }
}

/** Bodies that the hub takes, answers that the phone takes, and the live stream. */
export function restTargets(seed: number): readonly Target[] {
  const operations = operationsOf(openApiDocument('fuzz'))
  const targets = Object.entries(routes).flatMap(([name, route]: [string, Route]) => {
    const operation = operations.get(name)
    assert.ok(operation, `the document describes ${name}`)
    const answer = jsonTarget(`answer ${name}`, operation.answer, parsedBy(route.answer), seed)
    if (route.body === undefined) return [answer]
    return [jsonTarget(`body ${name}`, operation.body, parsedBy(route.body), seed), answer]
  })
  const readLive = (text: string): string =>
    parseLiveEvent(text) === undefined ? 'refused' : 'accepted'
  const live = operations.get('followEvents')?.answer
  return [...targets, jsonTarget('live event', live, readLive, seed)]
}

interface Operation {
  readonly body: unknown
  readonly answer: unknown
}

function operationsOf(document: unknown): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const methods of Object.values(memberOf(document, 'paths'))) {
    for (const operation of Object.values(isSchema(methods) ? methods : {})) {
      const id = isSchema(operation) ? operation['operationId'] : undefined
      if (typeof id !== 'string') continue
      const answers = memberOf(memberOf(operation, 'responses'), '200')
      operations.set(id, {
        body: schemaIn(memberOf(operation, 'requestBody')),
        answer: schemaIn(answers),
      })
    }
  }
  return operations
}

function schemaIn(message: Schema): unknown {
  const [media] = Object.values(memberOf(message, 'content'))
  return isSchema(media) ? media['schema'] : undefined
}

function memberOf(value: unknown, name: string): Schema {
  const member = isSchema(value) ? value[name] : undefined
  return isSchema(member) ? member : {}
}
