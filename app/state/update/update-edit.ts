import { editFormOf, judgeEdit } from '#app/state/model/access/edit-form.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { openPerson, personOf, propose, withStep } from '#app/state/update/update-access.ts'

type EditActions = 'editPressed' | 'editFormChanged' | 'editReviewPressed'

export const editHandlers: Handlers<EditActions> = {
  editPressed: (state, { userId }) => {
    const person = personOf(state, userId)
    const { reading } = state.access
    if (person === undefined || reading === null) return step(state)
    const form = editFormOf(person, reading.timeZone, state.nowMs)
    return step(withStep(state, { kind: 'edit', userId, form }))
  },
  editFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'edit') return step(state)
    return step(withStep(state, { ...now, form: { ...now.form, ...change } }))
  },
  editReviewPressed: (state) => review(state),
}

function review(state: AppState): Step {
  const { step: now, reading } = state.access
  if (now.kind !== 'edit' || reading === null) return step(state)
  const { form, userId } = now
  const person = personOf(state, userId)
  if (person === undefined) return step(withStep(state, { kind: 'list' }))
  const { changes, problem } = judgeEdit(form, person, reading, state.nowMs)
  if (problem !== null) return step(withStep(state, { ...now, form: { ...form, tried: true } }))
  // Nothing to sign: a signature is not asked for nothing.
  if (Object.keys(changes).length === 0) return openPerson(state, userId)
  return propose(state, { kind: 'changePerson', userId, changes })
}
