import type { CredentialType } from '@mortise/protocol/words'
import { isNameTooLong } from '#app/state/model/access/visit-form.ts'

/** Another name for a way in: what the list and the history call it. */
export interface RenameForm {
  readonly name: string
  /** Problems are shown only after the first try. */
  readonly tried: boolean
}

export type RenameProblem = 'whichMissing' | 'whichTooLong'

export interface RenameFormView {
  readonly who: string
  readonly type: CredentialType
  readonly name: string
  readonly problem: RenameProblem | null
}

export interface RenameCallbacks {
  readonly onRename: (userId: string, credentialId: string) => void
  readonly onRenameForm: (name: string) => void
  readonly onReviewRename: () => void
}

/** The first thing that is wrong with a name. */
export function judgeRename({ name }: Pick<RenameForm, 'name'>): RenameProblem | null {
  const typed = name.trim()
  if (typed === '') return 'whichMissing'
  return isNameTooLong(typed) ? 'whichTooLong' : null
}
