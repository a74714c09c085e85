import type { HistoryPage, Memory } from '@mortise/keyholder'
import type { ChainHead } from '@mortise/protocol/chain'
import { verifyBackward } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { verifyStatement } from '@mortise/protocol/verify'
import {
  bytesEqual,
  entryMessage,
  headMessage,
  policyReportMessage,
  toHex,
  WireError,
} from '@mortise/protocol/wire'
import type { Database } from '#app/shell/database.ts'
import type { KeptHistory, KeptReport } from '#app/shell/kept/records.ts'
import { keptHistory, keptReport } from '#app/shell/kept/records.ts'

export interface KeepParts {
  readonly database: Pick<Database, 'update'>
  readonly memory: Pick<Memory, 'read'>
  readonly crypto: VerifyCrypto
  readonly nowMs: () => number
}

/** Puts on the shelf what a hub has just handed over, if the lock signed it; else does nothing. */
export interface Keep {
  readonly report: (lockId: Uint8Array, signed: Uint8Array) => Promise<void>
  readonly page: (
    lockId: Uint8Array,
    beforeSequence: number | undefined,
    page: HistoryPage,
  ) => Promise<void>
}

/** Some weeks of a busy household, in about a tenth of a megabyte; what is older is read with a network. */
export const keptEntriesMax = 500

interface LockHere {
  readonly lockId: Uint8Array
  readonly lockKey: Uint8Array
  readonly crypto: VerifyCrypto
}

export function createKeep({ database, memory, crypto, nowMs }: KeepParts): Keep {
  const lockHere = async (lockId: Uint8Array): Promise<LockHere | undefined> => {
    const known = await memory.read(lockId)
    return known === undefined ? undefined : { lockId, lockKey: known.lockKey, crypto }
  }
  return {
    report: async (lockId, signed) => {
      const lock = await lockHere(lockId)
      const age = lock === undefined ? undefined : ageOfReport(lock, signed)
      if (lock === undefined || age === undefined) return
      const fresh: KeptReport = { signed, readAtMs: nowMs() }
      await database.update('reports', toHex(lockId), (before) => {
        const kept = keptReport(before)
        const keptAge = kept === undefined ? undefined : ageOfReport(lock, kept.signed)
        return kept !== undefined && keptAge !== undefined && isNewer(keptAge, age) ? kept : fresh
      })
    },
    page: async (lockId, beforeSequence, page) => {
      const lock = await lockHere(lockId)
      if (lock === undefined) return
      await database.update('histories', toHex(lockId), (before) =>
        beforeSequence === undefined
          ? withNewest(lock, keptHistory(before), page, nowMs())
          : withOlder(lock, keptHistory(before), page),
      )
    },
  }
}

interface ReportAge {
  readonly version: number
  readonly timeMs: number
}

/** Of a report that this lock signed; undefined for any other bytes. */
function ageOfReport({ crypto, lockKey, lockId }: LockHere, signed: Uint8Array) {
  return unlessMalformed((): ReportAge | undefined => {
    const body = verifyStatement(crypto, 'policyReport', lockKey, signed)
    if (body === undefined) return undefined
    const { version, timeMs, lockId: ofLock } = policyReportMessage.decode(body)
    return bytesEqual(ofLock, lockId) ? { version, timeMs } : undefined
  })
}

function isNewer(left: ReportAge, right: ReportAge): boolean {
  return left.version === right.version ? left.timeMs > right.timeMs : left.version > right.version
}

function headOf({ crypto, lockKey, lockId }: LockHere, signedHead: Uint8Array | undefined) {
  return unlessMalformed((): ChainHead | undefined => {
    if (signedHead === undefined) return undefined
    const body = verifyStatement(crypto, 'head', lockKey, signedHead)
    if (body === undefined) return undefined
    const { sequence, hash, lockId: ofLock } = headMessage.decode(body)
    return bytesEqual(ofLock, lockId) ? { sequence, hash } : undefined
  })
}

/** The newest page, with what was kept below it as far as the chain holds them together. */
function withNewest(
  lock: LockHere,
  kept: KeptHistory | undefined,
  page: HistoryPage,
  readAtMs: number,
): KeptHistory | undefined {
  const head = headOf(lock, page.signedHead)
  const keptHead = headOf(lock, kept?.signedHead)
  if (head === undefined || page.signedHead === undefined) return kept
  // A hub that fell back, or another tab that was faster: what the phone knows does not shrink.
  if (keptHead !== undefined && keptHead.sequence > head.sequence) return kept
  const { entries, next } = goodPart(lock.crypto, head, page.entries)
  const older = (kept?.entries ?? []).filter((bytes) => sequenceOf(bytes) <= next.sequence)
  const below = goodPart(lock.crypto, next, older).entries
  const all = [...entries, ...below].slice(0, keptEntriesMax)
  return { signedHead: page.signedHead, entries: all, readAtMs }
}

/** An older page, where it continues what is kept. */
function withOlder(
  lock: LockHere,
  kept: KeptHistory | undefined,
  page: HistoryPage,
): KeptHistory | undefined {
  const head = headOf(lock, kept?.signedHead)
  if (kept === undefined || head === undefined) return kept
  const { entries, next } = goodPart(lock.crypto, head, kept.entries)
  const below = goodPart(lock.crypto, next, page.entries).entries
  return { ...kept, entries: [...entries, ...below].slice(0, keptEntriesMax) }
}

function goodPart(crypto: VerifyCrypto, top: ChainHead, bytes: readonly Uint8Array[]) {
  const { entries, head } = verifyBackward(crypto, top, bytes)
  return { entries: bytes.slice(0, entries.length), next: head }
}

/** Bytes that are no entry belong to no chain. */
export function sequenceOf(bytes: Uint8Array): number {
  return unlessMalformed(() => entryMessage.decode(bytes).sequence) ?? Infinity
}

function unlessMalformed<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
