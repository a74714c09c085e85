import { bytesEqual } from '@mortise/protocol/wire'

/** Whether two values of a policy say the same. The order of a list means nothing. */
export function sameContent(left: unknown, right: unknown): boolean {
  if (left instanceof Uint8Array) return right instanceof Uint8Array && bytesEqual(left, right)
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right)
  if (isRecord(left)) return isRecord(right) && sameFields(left, right)
  return left === right
}

/** Each item finds one of the other list that says the same, mostly in its own place. */
function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false
  const unmatched = [...right]
  for (const item of left) {
    const match = unmatched.findIndex((other) => sameContent(item, other))
    if (match < 0) return false
    unmatched.splice(match, 1)
  }
  return true
}

type Fields = Readonly<Record<string, unknown>>

/** A field without a value is as good as none. */
function sameFields(left: Fields, right: Fields): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => sameContent(left[name], right[name]))
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value)
}

function isList(value: object): boolean {
  return Array.isArray(value) || value instanceof Uint8Array
}
