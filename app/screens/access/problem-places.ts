import type { VisitProblem } from '#app/state/model/access/access-view.ts'

/** The field that a problem of a form about a person is about. */
export type ProblemPlace =
  | 'name'
  | 'when'
  | 'week'
  | 'use'
  | 'rules'
  | 'guestsMax'
  | 'stayMax'
  | 'form'

export const problemPlaces: Readonly<Record<VisitProblem, ProblemPlace>> = {
  nameMissing: 'name',
  nameTooLong: 'name',
  nameTaken: 'name',
  endBeforeStart: 'when',
  endInPast: 'when',
  timeMissing: 'when',
  endNeeded: 'when',
  stayTooLong: 'when',
  daysMissing: 'week',
  hoursMissing: 'week',
  hoursSame: 'week',
  hoursTwice: 'week',
  timesMissing: 'use',
  scopeHours: 'rules',
  guestsMaxMissing: 'guestsMax',
  stayMaxMissing: 'stayMax',
  beyondYou: 'form',
  guestsFull: 'form',
}
