import { readFileSync } from 'node:fs'
import { assertInvariant } from '@mortise/protocol/errors'
import { fromHex } from '@mortise/protocol/wire'

/** One case of a golden file; the files' own tests check their shape. */
export type GoldenCase = Readonly<Record<string, unknown>>

const golden = new URL('../../protocol/vectors/golden/', import.meta.url)

/** The cases of a golden file, bad ones included: they are good places to dig. */
export function goldenCases(name: string): readonly GoldenCase[] {
  const file: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, golden), 'utf8'))
  assertInvariant(isRecord(file) && Array.isArray(file['cases']), 'a golden file has cases')
  return file['cases'].filter(isRecord)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** A byte string of a golden case. */
export function bytesIn(each: GoldenCase, field: string): Uint8Array {
  const bytes = fromHex(textIn(each, field))
  assertInvariant(bytes !== undefined, 'a golden file holds byte strings as hexadecimal')
  return bytes
}

export function textIn(each: GoldenCase, field: string): string {
  const text = each[field]
  assertInvariant(typeof text === 'string', `a golden case has a text ${field}`)
  return text
}
