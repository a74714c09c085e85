import type { ChainHead } from '@mortise/protocol/chain'
import { entryHash, genesisHead, verifyBackward } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { bytesEqual, entryMessage } from '@mortise/protocol/wire'
import type { Entry } from '@mortise/protocol/words'
import type { HistoryFault } from './continuity.ts'
import { gapsIn, hashBefore, nothingRemoved, withMark } from './removals.ts'
import type { HistoryGap, Removals } from './removals.ts'

/** A journal entry, and how far it is shown to be the lock's. */
export interface HistoryEntry {
  readonly entry: Entry
  /**
   * True: an unbroken chain leads down to it from a head that the lock signed or that this device
   * had checked before. False: entries between are missing, so the hub could have made it up.
   */
  readonly verified: boolean
}

/** How far a walk from the newest entry down has come; plain data. */
export interface Walk {
  /** What the next older entry must hash to. */
  readonly next: ChainHead
  /** Whether `next` follows from a trusted head without a gap. */
  readonly anchored: boolean
  /** What this device knew before the walk began. */
  readonly remembered: ChainHead | undefined
  /** The walk has come down to the remembered head, and it is the same there. */
  readonly continuesFrom?: number
  readonly gaps: readonly HistoryGap[]
  readonly fault?: HistoryFault
  /** Entries that were checked. */
  readonly verified: number
  readonly removals: Removals
}

export function beginWalk(head: ChainHead, remembered: ChainHead | undefined): Walk {
  const walk: Walk = {
    next: head,
    anchored: true,
    remembered,
    gaps: [],
    verified: 0,
    removals: nothingRemoved,
  }
  return meetRemembered(walk)
}

/** Checks one page, newest entry first, and returns its good entries with the walk after them. */
export function walkPage(
  crypto: VerifyCrypto,
  before: Walk,
  page: readonly Uint8Array[],
): { readonly entries: readonly HistoryEntry[]; readonly walk: Walk } {
  const entries: HistoryEntry[] = []
  let walk = before
  for (const bytes of page) {
    if (walk.fault !== undefined) break
    const step = walkEntry(crypto, walk, bytes)
    walk = step.walk
    if (step.entry !== undefined) entries.push(step.entry)
  }
  return { entries, walk }
}

interface Step {
  readonly walk: Walk
  readonly entry?: HistoryEntry
}

function walkEntry(crypto: VerifyCrypto, walk: Walk, bytes: Uint8Array): Step {
  const { entries, head, fault } = verifyBackward(crypto, walk.next, [bytes])
  const [entry] = entries
  if (entry !== undefined) {
    const verified = walk.verified + (walk.anchored ? 1 : 0)
    const removals = walk.anchored ? withMark(walk.removals, entry) : walk.removals
    const after = meetRemembered({ ...walk, next: head, verified, removals })
    return { entry: { entry, verified: walk.anchored }, walk: after }
  }
  if (fault?.code === 'gap') return afterJump(crypto, walk, bytes)
  return { walk: faulted(walk, fault?.code ?? 'malformed') }
}

/** An entry with another sequence than expected: older is a gap, newer is a hub that makes things up. */
function afterJump(crypto: VerifyCrypto, walk: Walk, bytes: Uint8Array): Step {
  const { sequence } = entryMessage.decode(bytes)
  if (sequence > walk.next.sequence) return { walk: faulted(walk, 'outOfOrder') }
  const jumped = skipTo(walk, { sequence, hash: entryHash(crypto, bytes) })
  return jumped.fault === undefined ? walkEntry(crypto, jumped, bytes) : { walk: jumped }
}

/**
 * Continues below a gap, at an entry that nothing vouches for unless the lock's own mark names it, or
 * this device remembers it.
 */
function skipTo(walk: Walk, landing: ChainHead): Walk {
  const [from, to] = [landing.sequence + 1, walk.next.sequence]
  const told = hashBefore(walk.removals, from, to)
  if (told !== undefined && !bytesEqual(told, landing.hash)) return faulted(walk, 'brokenLink')
  const anchored = walk.anchored && told !== undefined
  const gaps = [...walk.gaps, ...gapsIn(walk.removals, from, to)]
  return meetRemembered({ ...walk, next: landing, anchored, gaps })
}

/** Compares with what this device remembers when the walk stands exactly there. */
function meetRemembered(walk: Walk): Walk {
  const { remembered, next } = walk
  if (remembered === undefined || walk.fault !== undefined) return walk
  if (remembered.sequence !== next.sequence) return walk
  if (!bytesEqual(remembered.hash, next.hash)) return faulted(walk, 'forked')
  return { ...walk, anchored: true, continuesFrom: remembered.sequence }
}

function faulted(walk: Walk, code: HistoryFault['code']): Walk {
  return { ...walk, fault: { code, sequence: walk.next.sequence } }
}

/** The hub has nothing older: what is left down to the first entry is a gap, or the chain's begin. */
export function endWalk(crypto: VerifyCrypto, lockId: Uint8Array, walk: Walk): Walk {
  if (walk.fault !== undefined) return walk
  const { sequence, hash } = walk.next
  if (sequence > 0) {
    const genesis = genesisHead(crypto, lockId)
    return {
      ...walk,
      next: genesis,
      anchored: false,
      gaps: [...walk.gaps, ...gapsIn(walk.removals, 1, sequence)],
    }
  }
  const begun = bytesEqual(hash, genesisHead(crypto, lockId).hash)
  return begun ? walk : faulted(walk, 'brokenLink')
}

/** Whether the walk has come to, or past, all that this device had not seen. */
export function reachedKnown(walk: Walk): boolean {
  return walk.fault === undefined && walk.next.sequence <= (walk.remembered?.sequence ?? Infinity)
}
