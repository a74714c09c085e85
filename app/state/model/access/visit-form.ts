import { limits } from '@mortise/protocol/limits'
import type { PeopleReading, VisitForm } from '#app/state/model/access/access-state.ts'
import type { UseChoice, VisitProblem } from '#app/state/model/access/access-view.ts'
import { beyondManager, managerLimits } from '#app/state/model/access/manager-limits.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
import type { VisitTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import type { VisitPreset, VisitWindow } from '#app/state/model/access/visit-window.ts'
import { customFields, presetWindow, spanFields } from '#app/state/model/access/visit-window.ts'
import { judgeWeek, usualRow } from '#app/state/model/access/week.ts'
import { instantOf } from '#app/time/wall-time.ts'

export type JudgedVisit =
  | { readonly terms: VisitTerms; readonly problem: null }
  | { readonly terms: null; readonly problem: VisitProblem }

/** What the fields about times and rules hold at first. */
export function timeFields(nowMs: number, timeZone: string) {
  return {
    ...customFields(nowMs, timeZone),
    ...spanFields(nowMs, timeZone),
    week: [usualRow],
    spanned: false,
    use: 'any',
    times: '5',
    firstUseHours: 2,
    rules: usualRules,
    tried: false,
  } as const
}

/** What the form for somebody new means, and the first thing that is wrong with it or too much. */
export function judgeGiven(form: VisitForm, reading: PeopleReading, nowMs: number): JudgedVisit {
  const yours = managerLimits(reading)
  const asked = yours === null ? form : { ...form, spanned: true }
  const judged = judgeVisit(asked, reading, nowMs)
  if (judged.problem !== null) return judged
  return givenOr(judged, beyondManager(judged.terms, yours, true))
}

/** The same, unless something is the matter with it. */
export function givenOr(judged: JudgedVisit, problem: VisitProblem | null): JudgedVisit {
  return problem === null ? judged : { terms: null, problem }
}

/** What the form means now, and the first thing that is wrong with it. */
export function judgeVisit(
  form: VisitForm,
  list: { readonly timeZone: string; readonly people: readonly { readonly name: string }[] },
  nowMs: number,
): JudgedVisit {
  return givenOr(judgeTime(form, list.timeZone, nowMs), judgeName(form.name, list.people))
}

/** What the fields about times and rules mean, whoever it is for. */
export function judgeTime(form: VisitForm, timeZone: string, nowMs: number): JudgedVisit {
  const use = useOf(form)
  if (use === null) return { terms: null, problem: 'timesMissing' }
  const window = judgeWindow(form, timeZone, nowMs)
  if (typeof window === 'string') return { terms: null, problem: window }
  const weekly = form.preset === 'weekly' ? judgeWeek(form.week) : []
  if (typeof weekly === 'string') return { terms: null, problem: weekly }
  const { rules } = form
  const terms = { window, weekly, use, rules }
  return givenOr({ terms, problem: null }, judgeScope(terms))
}

/** A lock has no hours of the week, nor an end after the first use, for those who never open at the door. */
export function judgeScope({ weekly, use, rules }: VisitTerms): VisitProblem | null {
  const isOpening = rules.scope === 'opens' || rules.scope === 'locksOnly'
  return isOpening || (weekly.length === 0 && use.kind !== 'firstUse') ? null : 'scopeHours'
}

function judgeWindow(
  form: VisitForm,
  timeZone: string,
  nowMs: number,
): VisitWindow | VisitProblem | null {
  switch (form.preset) {
    case 'always':
      return null
    case 'weekly':
      return form.spanned ? judgeSpan(form.spanFrom, form.spanUntil, timeZone, nowMs) : null
    case 'custom':
      return judgeSpan(form.customFrom, form.customUntil, timeZone, nowMs)
    case 'hour':
    case 'today':
    case 'weekend':
      return presetWindow(form.preset, nowMs, timeZone)
  }
}

function judgeSpan(
  from: string,
  until: string,
  timeZone: string,
  nowMs: number,
): VisitWindow | VisitProblem {
  const [fromMs, untilMs] = [instantOf(from, timeZone), instantOf(until, timeZone)]
  if (fromMs === null || untilMs === null) return 'timeMissing'
  if (untilMs <= fromMs) return 'endBeforeStart'
  return untilMs <= nowMs ? 'endInPast' : { fromMs, untilMs }
}

/** Counting from the first use and hours of the week do not go together in a lock. */
export function usesOffered(preset: VisitPreset): readonly UseChoice[] {
  return preset === 'weekly' ? ['any', 'once', 'times'] : ['any', 'once', 'times', 'firstUse']
}

/** A lock counts at most two days from the first use. */
const usualFirstUseHours = [1, 2, 4, 24, 48]

/** The hours to choose from; those that hold are among them. */
export function firstUseOptions(hours: number): readonly number[] {
  return [...new Set([...usualFirstUseHours, hours])].toSorted((one, other) => one - other)
}

function useOf({ use, preset, firstUseHours, times }: VisitForm): VisitUse | null {
  if (use === 'once') return { kind: 'times', count: 1 }
  if (use === 'any' || !usesOffered(preset).includes(use)) return { kind: 'any' }
  if (use === 'firstUse') return { kind: 'firstUse', minutes: firstUseHours * 60 }
  const count = /^[1-9]\d{0,6}$/.test(times.trim()) ? Number(times) : Infinity
  return count > limits.useLimitMax ? null : { kind: 'times', count }
}

function judgeName(
  text: string,
  people: readonly { readonly name: string }[],
): VisitProblem | null {
  const name = text.trim()
  if (name === '') return 'nameMissing'
  if (isNameTooLong(name)) return 'nameTooLong'
  const taken = people.some((person) => person.name.toLowerCase() === name.toLowerCase())
  return taken ? 'nameTaken' : null
}

/** What fits into the list. */
export function isNameTooLong(name: string): boolean {
  const bytes = new TextEncoder().encode(name).length
  return name.length > limits.nameCharactersMax || bytes > limits.nameBytesMax
}
