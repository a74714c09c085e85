import { judgeGiven, timeFields } from '#app/state/model/access/visit-form.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { propose, withStep } from '#app/state/update/update-access.ts'

type VisitActions = 'addVisitorPressed' | 'visitFormChanged' | 'reviewPressed'

export const visitHandlers: Handlers<VisitActions> = {
  addVisitorPressed: (state) => step(openForm(state)),
  visitFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'visit') return step(state)
    return step(withStep(state, { kind: 'visit', form: { ...now.form, ...change } }))
  },
  reviewPressed: (state) => reviewVisit(state),
}

function openForm(state: AppState): AppState {
  const { reading } = state.access
  if (reading === null) return state
  const form = { name: '', preset: 'hour', ...timeFields(state.nowMs, reading.timeZone) } as const
  return withStep(state, { kind: 'visit', form })
}

function reviewVisit(state: AppState): Step {
  const { step: now, reading } = state.access
  if (now.kind !== 'visit' || reading === null) return step(state)
  const judged = judgeGiven(now.form, reading, state.nowMs)
  if (judged.problem !== null) {
    return step(withStep(state, { kind: 'visit', form: { ...now.form, tried: true } }))
  }
  const name = now.form.name.trim()
  return propose(state, { kind: 'addVisitor', name, terms: judged.terms })
}
