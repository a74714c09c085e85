import type { CredentialType } from '@mortise/protocol/words'
import type { EnrolProblem } from '#app/state/model/access/enrol.ts'

/** Another name for a way in: what the list and the history call it. */
export interface RenameForm {
  readonly name: string
  /** Problems are shown only after the first try. */
  readonly tried: boolean
}

export type RenameProblem = Exclude<EnrolProblem, 'tooMany'>

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
