import { toHex } from '#protocol/wire/bytes.ts'

/** A decoded message as JSON: byte strings become `hex:...`, so that any language can compare. */
export function jsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return `hex:${toHex(value)}`
  if (Array.isArray(value)) return value.map(jsonValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonValue(item)]))
}
