import type { ChainHead } from '@mortise/protocol/chain'
import type { Contact } from '#keyholder/contact/contact.ts'
import type { HistoryFault } from './continuity.ts'
import { headFault, openHead, rememberHead } from './continuity.ts'
import type { HistoryGap } from './removals.ts'
import type { HistoryEntry, Walk } from './walk.ts'
import { beginWalk, endWalk, reachedKnown, walkPage } from './walk.ts'

/** What is shown so far about a history, as data for a mark beside it. */
export interface HistoryReport {
  /** The end of the journal as the lock signed it. */
  readonly head: ChainHead
  /** Entries that an unbroken chain holds. */
  readonly verified: number
  /** Sequence of the last head that this device had seen, once the history is shown to continue it. */
  readonly continuesFrom?: number
  /** This device had never seen this lock's history. */
  readonly firstLook: boolean
  readonly gaps: readonly HistoryGap[]
  /** The history is not the lock's from there on. Always to be shown loudly. */
  readonly fault?: HistoryFault
  /** Entries that the lock has and the hub does not show, by the newest fresh state. 0: none, or the lock was not asked. */
  readonly missingAtEnd: number
  /** Everything down to the first entry has been looked at. */
  readonly complete: boolean
}

export interface HistoryResult {
  /** Newest first. What comes after a fault is left out. */
  readonly entries: readonly HistoryEntry[]
  readonly report: HistoryReport
}

/** Reads and checks a history page by page, newest first; each page costs only its own entries. */
export interface HistoryReader {
  /** The next older page. After the end or a fault: no entries, the same report. */
  next(): Promise<HistoryResult>
  readonly ended: boolean
}

interface Progress {
  readonly head: ChainHead
  readonly walk: Walk
  readonly ended: boolean
}

/**
 * Opens a reader at the newest entry. The head is remembered as soon as the walk has come down to
 * what this device had seen before, and never while there is a fault.
 * `next` throws KeyholderError of the hub port; what is wrong with the history itself is data.
 */
export function readHistory(contact: Contact): HistoryReader {
  let progress: Progress | undefined
  return {
    next: async () => {
      const { entries, progress: after } = await advance(contact, progress)
      progress = after
      return { entries, report: reportOf(contact, after) }
    },
    get ended() {
      return progress?.ended ?? false
    },
  }
}

async function advance(
  contact: Contact,
  before: Progress | undefined,
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly progress: Progress }> {
  if (before?.ended === true) return { entries: [], progress: before }
  const { device, lockId } = contact
  const beforeSequence = before === undefined ? undefined : before.walk.next.sequence + 1
  const page = await device.hub.historyPage(lockId, beforeSequence)
  const begun = before ?? begin(contact, page.signedHead)
  if (begun.ended) return { entries: [], progress: begun }
  const { entries, walk: walked } = walkPage(device.crypto, begun.walk, page.entries)
  const last = !page.more || page.entries.length === 0
  const walk = last ? endWalk(device.crypto, lockId, walked) : walked
  const ended = last || walk.fault !== undefined
  if (reachedKnown(walk)) await rememberHead(contact, begun.head)
  return { entries, progress: { head: begun.head, walk, ended } }
}

function begin(contact: Contact, signedHead: Uint8Array | undefined): Progress {
  const remembered = contact.known.head
  const head = openHead(contact, signedHead)
  if (head === undefined) {
    const nowhere = { sequence: 0, hash: new Uint8Array(32) }
    const fault = { code: 'headForged', sequence: 0 } as const
    return { head: nowhere, walk: { ...beginWalk(nowhere, undefined), fault }, ended: true }
  }
  const walk = beginWalk(head, remembered)
  const fault = headFault(head, remembered)
  return fault === undefined
    ? { head, walk, ended: false }
    : { head, walk: { ...walk, fault }, ended: true }
}

function reportOf(contact: Contact, progress: Progress): HistoryReport {
  const { head, walk, ended } = progress
  const latest = contact.sighting?.state.sequence ?? 0
  return {
    head,
    verified: walk.verified,
    ...(walk.continuesFrom === undefined ? {} : { continuesFrom: walk.continuesFrom }),
    firstLook: walk.remembered === undefined,
    gaps: walk.gaps,
    ...(walk.fault === undefined ? {} : { fault: walk.fault }),
    missingAtEnd: Math.max(0, latest - head.sequence),
    complete: ended && walk.fault === undefined,
  }
}
