import { judgeEnrol } from '#app/state/model/access/enrol-form.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { personOf, propose, withStep } from '#app/state/update/update-access.ts'
import { withSighting } from '#app/state/update/update-door.ts'

type EnrolActions =
  | 'enrolPressed'
  | 'enrolFormChanged'
  | 'enrolReviewPressed'
  | 'enrolBegan'
  | 'enrolAgainPressed'
  | 'enrolStopPressed'
  | 'enrolResumePressed'

export const enrolHandlers: Handlers<EnrolActions> = {
  enrolPressed: (state, { userId, credentialType: type }) => {
    const form = { type, name: '', duress: false, tried: false }
    return step(withStep(state, { kind: 'enrol', userId, form }))
  },
  enrolFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'enrol') return step(state)
    return step(withStep(state, { ...now, form: { ...now.form, ...change } }))
  },
  enrolReviewPressed: (state) => review(state),
  enrolBegan: (state, { lockId, credentialId, sighting }) => {
    const { step: now } = state.access
    const seen = withSighting(state, lockId, sighting)
    if (now.kind !== 'review' || now.wish.kind !== 'enrol') return step(seen)
    const wish = { ...now.wish, credentialId }
    return step(withStep(seen, { ...now, wish, step: { kind: 'reader' } }))
  },
  enrolAgainPressed: (state) => {
    const { step: now } = state.access
    if (now.kind !== 'review' || now.wish.kind !== 'enrol') return step(state)
    return propose(state, { ...now.wish, credentialId: null })
  },
  enrolStopPressed: (state) => step(withStep(state, { kind: 'list' })),
  enrolResumePressed: (state) => {
    const { aside } = state.access
    if (aside === null) return step(state)
    const after = withStep(state, aside)
    return step({ ...after, access: { ...after.access, aside: null } })
  },
}

function review(state: AppState): Step {
  const { step: now } = state.access
  if (now.kind !== 'enrol') return step(state)
  const { form, userId } = now
  const person = personOf(state, userId)
  if (person === undefined) return step(withStep(state, { kind: 'list' }))
  if (judgeEnrol(form, person.credentials.length) !== null) {
    return step(withStep(state, { ...now, form: { ...form, tried: true } }))
  }
  const { type, duress } = form
  const wish = { kind: 'enrol', userId, who: person.name, type, duress } as const
  return propose(state, { ...wish, name: form.name.trim(), credentialId: null })
}
