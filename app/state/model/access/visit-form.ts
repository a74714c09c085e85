import { limits } from '@mortise/protocol/limits'
import type { VisitForm } from '#app/state/model/access/access-state.ts'
import type { UseChoice, VisitProblem } from '#app/state/model/access/access-view.ts'
import type { VisitTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { customFields, presetWindow } from '#app/state/model/access/visit-window.ts'
import { judgeWeek, usualRow } from '#app/state/model/access/week.ts'
import { instantOf } from '#app/time/wall-time.ts'

export type JudgedVisit =
  | { readonly terms: VisitTerms; readonly problem: null }
  | { readonly terms: null; readonly problem: VisitProblem }

/** What the fields about times hold at first. */
export function timeFields(nowMs: number, timeZone: string) {
  const custom = customFields(nowMs, timeZone)
  return { ...custom, week: [usualRow], use: 'any', firstUseHours: 2, tried: false } as const
}

/** What the form means now, and the first thing that is wrong with it. */
export function judgeVisit(
  form: VisitForm,
  list: { readonly timeZone: string; readonly people: readonly { readonly name: string }[] },
  nowMs: number,
): JudgedVisit {
  const timed = judgeTime(form, list.timeZone, nowMs)
  const problem = judgeName(form.name, list.people)
  return problem === null ? timed : { terms: null, problem }
}

/** What the fields about times mean, whoever it is for. */
export function judgeTime(form: VisitForm, timeZone: string, nowMs: number): JudgedVisit {
  const use = useOf(form)
  switch (form.preset) {
    case 'always':
      return { terms: { ...noTerms, use }, problem: null }
    case 'weekly': {
      const weekly = judgeWeek(form.week)
      return typeof weekly === 'string'
        ? { terms: null, problem: weekly }
        : { terms: { window: null, weekly, use }, problem: null }
    }
    case 'custom':
      return judgeCustom(form, timeZone, nowMs)
    case 'hour':
    case 'today':
    case 'weekend': {
      const window = presetWindow(form.preset, nowMs, timeZone)
      return { terms: { window, weekly: [], use }, problem: null }
    }
  }
}

function judgeCustom(form: VisitForm, timeZone: string, nowMs: number): JudgedVisit {
  const fromMs = instantOf(form.customFrom, timeZone)
  const untilMs = instantOf(form.customUntil, timeZone)
  if (fromMs === null || untilMs === null) return { terms: null, problem: 'timeMissing' }
  if (untilMs <= fromMs) return { terms: null, problem: 'endBeforeStart' }
  if (untilMs <= nowMs) return { terms: null, problem: 'endInPast' }
  return { terms: { window: { fromMs, untilMs }, weekly: [], use: useOf(form) }, problem: null }
}

/** Counting from the first use and hours of the week do not go together in a lock. */
export function usesOffered(preset: VisitPreset): readonly UseChoice[] {
  return preset === 'weekly' ? ['any', 'once'] : ['any', 'once', 'firstUse']
}

function useOf({ use, preset, firstUseHours }: VisitForm): VisitUse {
  if (use === 'once') return { kind: 'times', count: 1 }
  if (use === 'any' || !usesOffered(preset).includes(use)) return { kind: 'any' }
  return { kind: 'firstUse', minutes: firstUseHours * 60 }
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
