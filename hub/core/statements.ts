import type { VerifyCrypto } from '@mortise/protocol/verify'
import { lockIdOf, verifyStatement } from '@mortise/protocol/verify'
import type { PolicyReport } from '@mortise/protocol/wire'
import { WireError, bytesEqual, policyReportMessage, stateMessage } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import type { Projection } from '#core/membership.ts'
import { projectReport } from '#core/membership.ts'

/** Why a lock's statement is not believed. */
export type StatementFault = 'malformed' | 'badSignature' | 'wrongLock' | 'notNewer'

export type Opened<Value> =
  | { readonly value: Value; readonly fault?: undefined }
  | { readonly fault: StatementFault; readonly value?: undefined }

/**
 * How far the lock's publications went: its boots, then the states within one, then the time at
 * which it said the same again.
 */
export interface StateOrder {
  readonly boot: number
  readonly counter: number
  readonly timeMs: number
}

/** Checks a signed state against the lock's key and the newest one known. */
export function openState(
  crypto: VerifyCrypto,
  lockKey: Uint8Array,
  known: StateOrder | undefined,
  signed: Uint8Array,
): Opened<State> {
  return guardWire(() => {
    const body = verifyStatement(crypto, 'state', lockKey, signed)
    if (body === undefined) return { fault: 'badSignature' }
    const state = stateMessage.decode(body)
    if (!bytesEqual(state.lockId, lockIdOf(crypto, lockKey))) return { fault: 'wrongLock' }
    return isNewerState(known, state) ? { value: state } : { fault: 'notNewer' }
  })
}

/** First by what the lock counts; lock time never moves back, and tells repetitions apart. */
export function isNewerState(known: StateOrder | undefined, arrived: StateOrder): boolean {
  if (known === undefined) return true
  if (arrived.boot !== known.boot) return arrived.boot > known.boot
  if (arrived.counter !== known.counter) return arrived.counter > known.counter
  return arrived.timeMs > known.timeMs
}

/** The order of reports: a version may be reported anew when the lock attached a credential itself. */
export interface ReportOrder {
  readonly version: number
  readonly timeMs: number
}

/** Checks a signed policy report against the lock's key and the newest one known; versions never go back. */
export function openReport(
  crypto: VerifyCrypto,
  lockKey: Uint8Array,
  known: ReportOrder | undefined,
  signed: Uint8Array,
): Opened<{ readonly report: PolicyReport; readonly projection: Projection }> {
  return guardWire(() => {
    const body = verifyStatement(crypto, 'policyReport', lockKey, signed)
    if (body === undefined) return { fault: 'badSignature' }
    const report = policyReportMessage.decode(body)
    if (!bytesEqual(report.lockId, lockIdOf(crypto, lockKey))) return { fault: 'wrongLock' }
    if (!isNewerReport(known, report)) return { fault: 'notNewer' }
    const projection = projectReport(report)
    return projection === undefined ? { fault: 'malformed' } : { value: { report, projection } }
  })
}

/** Equal ones are not newer: a repeated report changes nothing. */
export function isNewerReport(known: ReportOrder | undefined, arrived: ReportOrder): boolean {
  if (known === undefined) return true
  if (arrived.version !== known.version) return arrived.version > known.version
  return arrived.timeMs > known.timeMs
}

function guardWire<Value>(open: () => Opened<Value>): Opened<Value> {
  try {
    return open()
  } catch (error) {
    if (error instanceof WireError) return { fault: 'malformed' }
    throw error
  }
}
