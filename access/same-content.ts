import { toHex } from '@mortise/protocol/wire'

/** Whether two values of a policy say the same. The order of a list means nothing. */
export function sameContent(left: unknown, right: unknown): boolean {
  return contentOf(left) === contentOf(right)
}

function contentOf(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes ${toHex(value)}`
  if (Array.isArray(value)) return `[${value.map(contentOf).toSorted().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing'
  const fields = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${fields
    .map(([name, item]) => `${name}:${contentOf(item)}`)
    .toSorted()
    .join()}}`
}
