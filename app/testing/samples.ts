import type { HistoryEntry, HistoryReport, Sighting } from '@mortise/keyholder'
import { sampleState } from '@mortise/protocol/testing'
import type { Entry, State } from '@mortise/protocol/words'
import type { PeopleReading, Person } from '#app/state/model/access/access-state.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { initialState } from '#app/state/app/initial.ts'
import { plainSettings } from '#app/gallery/sample.ts'

/** Thursday 6 November 2025, 18:42 in Berlin. */
export const nowMs = Date.parse('2025-11-06T17:42:00Z')
export const lockId = 'a1'.repeat(32)
export const otherLockId = 'b2'.repeat(32)

export function lockState(change: Partial<State> = {}): State {
  return sampleState({ timeMs: nowMs, ...change })
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
    ownHours: null,
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

/** A guest without limits in the list. */
export function person(id: string, change: Partial<Person> = {}): Person {
  return {
    id,
    name: id,
    role: 'guest',
    isYou: false,
    disabled: false,
    verbs: ['lock', 'unlock'],
    credentials: [],
    terms: { ...noTerms, more: false },
    delegation: null,
    ...change,
  }
}

export function reading(change: Partial<PeopleReading> = {}): PeopleReading {
  return {
    version: 7,
    standing: 'inForce',
    timeZone: 'Europe/Berlin',
    settings: plainSettings,
    holidays: [],
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
