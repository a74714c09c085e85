import type { HistoryEntry, HistoryReport, Sighting } from '@mortise/keyholder'
import type { Entry, State } from '@mortise/protocol/words'
import type { PeopleReading } from '#app/state/model/access/access-state.ts'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { initialState } from '#app/state/app/initial.ts'

/** Thursday 6 November 2025, 18:42 in Berlin. */
export const nowMs = Date.parse('2025-11-06T17:42:00Z')
export const lockId = 'a1'.repeat(32)
export const otherLockId = 'b2'.repeat(32)

export function lockState(change: Partial<State> = {}): State {
  return {
    v: 1,
    lockId: new Uint8Array(32),
    boot: 1,
    counter: 1,
    timeMs: nowMs,
    timeCertain: true,
    claimed: true,
    policyVersion: 1,
    policyHash: new Uint8Array(32),
    sequence: 1,
    lockState: 'locked',
    doorState: 'doorClosed',
    moving: false,
    alarms: [],
    softwareVersion: '0.1.0',
    ...change,
  }
}

export function sighting(change: Partial<State> = {}, ageMs = 0): Sighting {
  return { state: lockState(change), confirmedAtMs: nowMs - ageMs }
}

export function door(change: Partial<Door> = {}): Door {
  return {
    lockId,
    name: 'Front door',
    linked: true,
    role: 'owner',
    ownUserId: null,
    ownTime: null,
    sighting: sighting(),
    asking: false,
    askedAtMs: nowMs,
    operation: null,
    refusal: null,
    trouble: null,
    metBy: 'claim',
    claimedAtMs: null,
    safetyCode: '',
    ...change,
  }
}

/** Signed in, with one locked door on the screen. */
export function atTheDoor(
  change: Partial<AppState> = {},
  doorChange: Partial<Door> = {},
): AppState {
  return {
    ...initialState,
    nowMs,
    hubReached: true,
    stage: 'doors',
    account: { name: 'Ada' },
    doors: [door(doorChange)],
    here: lockId,
    ...change,
  }
}

export function reading(change: Partial<PeopleReading> = {}): PeopleReading {
  return {
    version: 7,
    standing: 'inForce',
    timeZone: 'Europe/Berlin',
    doorName: 'Front door',
    reportedAtMs: nowMs,
    keptAtMs: null,
    yourRole: 'owner',
    people: [],
    invitations: [],
    ...change,
  }
}

export function entry(sequence: number, change: Partial<Entry> = {}): HistoryEntry {
  return {
    verified: true,
    entry: {
      v: 1,
      sequence,
      boot: 1,
      timeMs: nowMs + sequence * 1000,
      previous: new Uint8Array(32),
      type: 'started',
      ...change,
    },
  }
}

export function report(change: Partial<HistoryReport> = {}): HistoryReport {
  return {
    head: { sequence: 3, hash: new Uint8Array(32) },
    verified: 3,
    firstLook: true,
    gaps: [],
    missingAtEnd: 0,
    complete: true,
    ...change,
  }
}
