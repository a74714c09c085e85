import type { Handlers } from '#app/state/app/step.ts'
import { editHandlers } from '#app/state/update/update-edit.ts'
import { enrolHandlers } from '#app/state/update/update-enrol.ts'
import { inviteHandlers } from '#app/state/update/update-invite.ts'
import { renameHandlers } from '#app/state/update/update-rename.ts'
import { rulesHandlers } from '#app/state/update/update-rules.ts'
import { visitHandlers } from '#app/state/update/update-visit.ts'

/** What people do with the forms about others and about the door; fetched with the page of these forms. */
export const formHandlers = {
  ...visitHandlers,
  ...inviteHandlers,
  ...editHandlers,
  ...enrolHandlers,
  ...renameHandlers,
  ...rulesHandlers,
}

export type FormActions = keyof typeof formHandlers

export type FormHandlers = Handlers<FormActions>
