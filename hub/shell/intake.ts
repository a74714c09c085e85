import { hubLimits, openReport, openState, takeIn, uploadRange } from '@mortise/hub-core'
import type { Intake as Verdict, StatementFault, Upload } from '@mortise/hub-core'
import { limits } from '@mortise/protocol/limits'
import { linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { LogLevel } from '#hub/ports/log.ts'
import type { LockRecord } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { Live } from '#hub/shell/live.ts'
import { createQueues } from '#hub/shell/queues.ts'

/** What one connection has sent that no signed head covers yet. */
export interface Uncovered {
  entries: readonly Uint8Array[]
}

/** Believes what a lock signed, stores it, and tells whoever follows. */
export interface Intake {
  readonly state: (lockId: string, signed: Uint8Array) => Promise<void>
  readonly policy: (lockId: string, signed: Uint8Array) => Promise<void>
  /** @returns up to where the journal is durable here, to be acknowledged; undefined for nothing new to say. */
  readonly events: (
    lockId: string,
    uncovered: Uncovered,
    upload: Upload,
  ) => Promise<number | undefined>
}

type Needs = Pick<HubDependencies, 'store' | 'crypto' | 'clock' | 'log'>

/** A copy that moved between reading and appending is read anew, so often and no more. */
const appendAttemptsMax = 3

export function createIntake(needs: Needs, live: Live): Intake {
  const states = createQueues()
  const queues = createQueues()
  return {
    // Beside the rest, so that the commit of both is one.
    state: (lockId, signed) => states.run(lockId, () => takeState(needs, live, lockId, signed)),
    policy: (lockId, signed) => queues.run(lockId, () => takePolicy(needs, live, lockId, signed)),
    events: (lockId, uncovered, upload) =>
      queues.run(lockId, () => takeEvents(needs, live, lockId, uncovered, upload)),
  }
}

async function takeState(
  { store, crypto, clock, log }: Needs,
  live: Live,
  lockId: string,
  signed: Uint8Array,
): Promise<void> {
  const lock = await store.findLock(lockId)
  if (lock === undefined) return
  const { value: state, fault } = openState(crypto, lock.lockKey, lock.state, signed)
  if (state === undefined) {
    log.write(levelOf(fault), 'stateRefused', { lockId: lockId.slice(0, 8), fault })
    return
  }
  const { boot, counter, timeMs, claimed } = state
  const receivedAtMs = clock.nowMs()
  await store.saveState(lockId, { signed, boot, counter, timeMs, claimed, receivedAtMs })
  live.tell(lockId, 'readState', { type: 'state', lockId, signed, receivedAtMs })
}

/** Every connection begins with state and report, so known ones are no news. */
function levelOf(fault: StatementFault | undefined): LogLevel {
  return fault === 'notNewer' ? 'debug' : 'warn'
}

async function takePolicy(
  { store, crypto, clock, log }: Needs,
  live: Live,
  lockId: string,
  signed: Uint8Array,
): Promise<void> {
  const lock = await store.findLock(lockId)
  if (lock === undefined) return
  const { value, fault } = openReport(crypto, lock.lockKey, lock.report, signed)
  if (value === undefined) {
    log.write(levelOf(fault), 'policyRefused', { lockId: lockId.slice(0, 8), fault })
    return
  }
  const { version, timeMs } = value.report
  const { doorName, members, tickets } = value.projection
  const before = await store.listAccountsOf(lockId)
  const report = { signed, version, timeMs, receivedAtMs: clock.nowMs() }
  await store.saveReport(lockId, report, doorName, members, tickets)
  const after = await store.listAccountsOf(lockId)
  log.write('info', 'policyStored', { lockId: lockId.slice(0, 8), version })
  live.tell(lockId, 'see', { type: 'policy', lockId, version })
  const changed = [...new Set([...before, ...after])].filter(
    (id) => before.includes(id) !== after.includes(id),
  )
  live.tellAccounts(changed, { type: 'locks' })
}

async function takeEvents(
  needs: Needs,
  live: Live,
  lockId: string,
  uncovered: Uncovered,
  upload: Upload,
): Promise<number | undefined> {
  for (let attempt = 0; attempt < appendAttemptsMax; attempt += 1) {
    const lock = await needs.store.findLock(lockId)
    if (lock === undefined) return undefined
    const { verdict, whole } = await judge(needs, lock, uncovered.entries, upload)
    uncovered.entries = keepUncovered(verdict, whole)
    if (verdict.kind !== 'store') return afterJudging(needs, live, lock, verdict, whole)
    const { entries, end, missing } = verdict
    const stored = await needs.store.appendEntries(lockId, {
      after: lock.journal?.lastSequence ?? 0,
      entries,
      lastHash: end.hash,
      signedHead: upload.signedHead,
      missing,
    })
    if (!stored) continue
    if (missing > 0) {
      needs.log.write('warn', 'journalGap', { lockId: lockId.slice(0, 8), missing })
    }
    live.tell(lockId, 'readJournal', { type: 'journal', lockId, lastSequence: end.sequence })
    return end.sequence
  }
  return undefined
}

/** First together with what waits for a head; alone when that does not fit, as after a resend. */
async function judge(
  needs: Needs,
  lock: LockRecord,
  waiting: readonly Uint8Array[],
  upload: Upload,
): Promise<{ readonly verdict: Verdict; readonly whole: Upload }> {
  const whole = { ...upload, entries: [...waiting, ...upload.entries] }
  const verdict = await judgeWhole(needs, lock, whole)
  if (waiting.length === 0 || verdict.kind !== 'refused') return { verdict, whole }
  return { verdict: await judgeWhole(needs, lock, upload), whole: upload }
}

async function judgeWhole(
  { store, crypto }: Needs,
  lock: LockRecord,
  upload: Upload,
): Promise<Verdict> {
  const { journal, lockKey } = lock
  const end =
    journal === undefined ? undefined : { sequence: journal.lastSequence, hash: journal.lastHash }
  const range = uploadRange(upload)
  const overlaps = range !== undefined && end !== undefined && range.from <= end.sequence
  const stored = overlaps
    ? await store.readEntries(lock.lockId, range.from, Math.min(range.to, end.sequence))
    : []
  const bySequence = new Map(stored.map(({ sequence, bytes }) => [sequence, bytes]))
  const storedAt = (sequence: number): Uint8Array | undefined => bySequence.get(sequence)
  return takeIn(crypto, { lockKey, end, storedAt }, upload)
}

function keepUncovered(verdict: Verdict, whole: Upload): readonly Uint8Array[] {
  const keeps = verdict.kind === 'wait' && whole.entries.length <= hubLimits.uncoveredEntriesMax
  return keeps ? whole.entries : []
}

async function afterJudging(
  { store, clock, log }: Needs,
  live: Live,
  lock: LockRecord,
  verdict: Exclude<Verdict, { readonly kind: 'store' }>,
  whole: Upload,
): Promise<number | undefined> {
  const { lockId } = lock
  switch (verdict.kind) {
    case 'known':
      return lock.journal?.lastSequence
    case 'wait':
      return undefined
    case 'refused':
      log.write('warn', 'eventsRefused', { lockId: lockId.slice(0, 8), fault: verdict.fault })
      return undefined
    case 'conflict': {
      const { sequence } = verdict
      log.write('error', 'chainConflict', { lockId: lockId.slice(0, 8), sequence })
      if (lock.conflict === undefined) {
        await store.saveConflict(lockId, { sequence, seenAtMs: clock.nowMs() }, evidenceOf(whole))
        live.tellAccounts(await store.listAccountsOf(lockId), { type: 'locks' })
      }
      return nothingOf(whole)
    }
  }
}

/**
 * The acknowledgement that says "heard, and none of it taken", so that the lock keeps its entries
 * and stays connected: people can still reach a door whose history is in dispute.
 */
function nothingOf(whole: Upload): number | undefined {
  const range = uploadRange(whole)
  return range === undefined ? undefined : range.from - 1
}

/** The newest of what was sent, as a frame, so that an owner can show it to somebody. */
function evidenceOf(whole: Upload): Uint8Array {
  const entries = whole.entries.slice(-limits.entriesPerUploadMax)
  const frame: LinkFrame = { type: 'events', entries, signedHead: whole.signedHead }
  return linkFrameMessage.encode(frame)
}
