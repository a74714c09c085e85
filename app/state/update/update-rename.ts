import { judgeRename } from '#app/state/model/access/rename-form.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { openPerson, personOf, propose, withStep } from '#app/state/update/update-access.ts'

type RenameActions = 'renamePressed' | 'renameFormChanged' | 'renameReviewPressed'

export const renameHandlers: Handlers<RenameActions> = {
  renamePressed: (state, { userId, credentialId }) => {
    const name = nameOf(state, userId, credentialId)
    if (name === null) return step(state)
    const form = { name, tried: false }
    return step(withStep(state, { kind: 'rename', userId, credentialId, form }))
  },
  renameFormChanged: (state, { name }) => {
    const { step: now } = state.access
    if (now.kind !== 'rename') return step(state)
    return step(withStep(state, { ...now, form: { ...now.form, name } }))
  },
  renameReviewPressed: (state) => review(state),
}

function review(state: AppState): Step {
  const { step: now } = state.access
  if (now.kind !== 'rename') return step(state)
  const { userId, credentialId, form } = now
  const before = nameOf(state, userId, credentialId)
  if (before === null) return step(withStep(state, { kind: 'list' }))
  if (judgeRename(form) !== null) {
    return step(withStep(state, { ...now, form: { ...form, tried: true } }))
  }
  const name = form.name.trim()
  // Nothing to sign: a signature is not asked for nothing.
  if (name === before) return openPerson(state, userId)
  return propose(state, { kind: 'renameCredential', userId, credentialId, name })
}

/** `null` for what is not there any more, and for what has no name. */
function nameOf(state: AppState, userId: string, credentialId: string): string | null {
  const ways = personOf(state, userId)?.credentials ?? []
  return ways.find(({ id }) => id === credentialId)?.name ?? null
}
