import { limits } from '@mortise/protocol/limits'
import type { VisitForm } from '#app/state/model/access/access-state.ts'
import type { VisitProblem } from '#app/state/model/access/access-view.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import { presetWindow } from '#app/state/model/access/visit-window.ts'
import { instantOf } from '#app/time/wall-time.ts'

export interface JudgedVisit {
  /** `null`: no end, or (with a problem) no window. */
  readonly window: VisitWindow | null
  readonly problem: VisitProblem | null
}

/** What the form means now, and the first thing that is wrong with it. */
export function judgeVisit(
  form: VisitForm,
  list: { readonly timeZone: string; readonly people: readonly { readonly name: string }[] },
  nowMs: number,
): JudgedVisit {
  const timed = judgeTime(form, list.timeZone, nowMs)
  const problem = judgeName(form.name, list.people) ?? timed.problem
  return { window: timed.window, problem }
}

function judgeName(
  text: string,
  people: readonly { readonly name: string }[],
): VisitProblem | null {
  const name = text.trim()
  if (name === '') return 'nameMissing'
  const bytes = new TextEncoder().encode(name).length
  if (name.length > limits.nameCharactersMax || bytes > limits.nameBytesMax) return 'nameTooLong'
  const taken = people.some((person) => person.name.toLowerCase() === name.toLowerCase())
  return taken ? 'nameTaken' : null
}

function judgeTime(form: VisitForm, timeZone: string, nowMs: number): JudgedVisit {
  if (form.preset === 'always') return { window: null, problem: null }
  if (form.preset !== 'custom') {
    return { window: presetWindow(form.preset, nowMs, timeZone), problem: null }
  }
  const fromMs = instantOf(form.customFrom, timeZone)
  const untilMs = instantOf(form.customUntil, timeZone)
  if (fromMs === null || untilMs === null) return { window: null, problem: 'timeMissing' }
  if (untilMs <= fromMs) return { window: null, problem: 'endBeforeStart' }
  if (untilMs <= nowMs) return { window: null, problem: 'endInPast' }
  return { window: { fromMs, untilMs }, problem: null }
}
