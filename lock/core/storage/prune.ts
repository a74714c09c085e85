import { limits } from '@mortise/protocol/limits'
import { alarmEdges } from '#core/alarm/edges.ts'
import type { StorageReading } from '#core/inputs.ts'
import { record } from '#core/journal/record.ts'
import type { JournalLoss } from '#core/outputs.ts'
import { act, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A disk fills in days; the start of the lock has other things to do. */
export const storageLookMs = 6 * 3_600_000
export const storageFirstLookMs = 60_000
/** While there is too little room, so that the end of it is seen. */
export const storageAlarmLookMs = 600_000
/** Between two steps of building the reserve. */
export const storageGrowthLookMs = 5_000

/** The store says how much room there is and what of the journal is held elsewhere. */
export function storageRead(turn: Turn, reading: StorageReading): void {
  const isShort = isRoomShort(turn, reading)
  update(turn, { storageShort: isShort })
  const throughSequence = dueThrough(turn, reading, isShort)
  if (throughSequence !== undefined) prune(turn, reading, throughSequence)
  awaitNextLook(turn, reading, isShort)
}

/** A boot looks at the store once people at the door have been served. */
export function awaitStorage(turn: Turn): void {
  waitForLook(turn, turn.now.monotonicMs + storageFirstLookMs)
}

/** The time for a look has come. */
export function storageDue(turn: Turn): void {
  update(turn, { storageLookMonotonicMs: undefined })
  act(turn, { type: 'readStorage' })
}

function awaitNextLook(turn: Turn, { reserve }: StorageReading, isShort: boolean): void {
  const shortMs = isShort ? storageAlarmLookMs : storageLookMs
  const delayMs = reserve === 'growing' ? storageGrowthLookMs : shortMs
  const next = turn.now.monotonicMs + delayMs
  // A reading may also come of a hub that has taken more, and one that takes more with every visit
  // must not put off the look at which the reserve grows.
  if (next < (turn.state.storageLookMonotonicMs ?? Infinity)) waitForLook(turn, next)
}

function waitForLook(turn: Turn, atMonotonicMs: number): void {
  update(turn, { storageLookMonotonicMs: atMonotonicMs })
  setTimer(turn, 'storage', atMonotonicMs)
}

function isRoomShort(turn: Turn, { reserve, freeBytes = Infinity }: StorageReading): boolean {
  const { storageShort, chain, journalFrom } = turn.state
  const edges = alarmEdges.storageNearlyFull
  const edge = storageShort ? 1 : 0
  const kept = chain.sequence - journalFrom + 1
  if (reserve === 'spent' || reserve === 'exhausted') return true
  return freeBytes < edges.freeBytes[edge] || kept > edges.entries[edge]
}

/** The last entry that goes now; undefined when too little would. */
function dueThrough(turn: Turn, reading: StorageReading, isShort: boolean): number | undefined {
  const { chain, journalFrom } = turn.before
  const newestBut = (kept: number): number => chain.sequence - kept
  const kept = isShort ? limits.journalEntriesKeptShort : limits.journalEntriesKept
  const handedOver = Math.min(reading.acknowledgedSequence, newestBut(kept))
  const isFull = reading.reserve === 'exhausted'
  const unheard = newestBut(isFull ? limits.journalEntriesKeptMin : limits.journalEntriesMax)
  const due = Math.max(handedOver, unheard)
  // A mark is an entry as well, so what it replaces must be worth it.
  const least = isFull ? limits.journalPrunedWhenFullMin : limits.journalPrunedAtOnceMax
  if (due - journalFrom + 1 < least) return undefined
  const most = isFull ? limits.journalPrunedWhenFullMax : limits.journalPrunedAtOnceMax
  return Math.min(due, journalFrom - 1 + most)
}

function prune(turn: Turn, reading: StorageReading, throughSequence: number): void {
  const loss = lossThrough(turn, reading, throughSequence)
  keepLoss(turn, loss)
  turn.writes.push({ type: 'entriesPruned', throughSequence })
  update(turn, { journalFrom: throughSequence + 1 })
  const lostFrom = Math.max(reading.acknowledgedSequence, loss?.after ?? 0) + 1
  record(turn, {
    type: 'journalPruned',
    throughSequence,
    ...(lostFrom <= throughSequence ? { lostFrom } : {}),
    ...(loss === undefined ? {} : { lostAfter: loss.hash }),
  })
}

/**
 * What the mark says about entries that nobody else has: where the copy of a hub ends, so that what
 * stands below the hole stays proven. Later marks repeat it until a hub has heard of the hole,
 * because an earlier mark may itself have gone unheard.
 */
function lossThrough(
  turn: Turn,
  { acknowledgedSequence: after, acknowledgedHash: hash }: StorageReading,
  throughSequence: number,
): JournalLoss | undefined {
  if (throughSequence <= after) return undefined
  const { journalLoss } = turn.state.registers
  if (journalLoss?.after === after) return journalLoss
  return hash === undefined ? undefined : { after, hash }
}

function keepLoss(turn: Turn, loss: JournalLoss | undefined): void {
  const { journalLoss, ...others } = turn.state.registers
  if (loss === journalLoss) return
  if (loss === undefined) update(turn, { registers: others })
  else updateRegisters(turn, { journalLoss: loss })
}
