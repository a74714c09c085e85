/** As on the shelf: nothing of it is believed before its signatures are checked. */
export interface KeptReport {
  /** Encoded signed statement. */
  readonly signed: Uint8Array
  /** When this phone read it from the hub, by its own clock. */
  readonly readAtMs: number
}

export interface KeptHistory {
  readonly signedHead: Uint8Array
  /** Encoded entries from the head down, without a gap. */
  readonly entries: readonly Uint8Array[]
  readonly readAtMs: number
}

/** A record of another shape is of a version that is no more, and counts as none. */
export function keptReport(record: unknown): KeptReport | undefined {
  return isRecord(record) && isBytes(record['signed']) && isTime(record['readAtMs'])
    ? { signed: record['signed'], readAtMs: record['readAtMs'] }
    : undefined
}

export function keptHistory(record: unknown): KeptHistory | undefined {
  if (!isRecord(record)) return undefined
  const { signedHead, entries, readAtMs } = record
  if (!isBytes(signedHead) || !isTime(readAtMs) || !Array.isArray(entries)) return undefined
  return entries.every(isBytes) ? { signedHead, entries, readAtMs } : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

function isTime(value: unknown): value is number {
  return typeof value === 'number'
}
