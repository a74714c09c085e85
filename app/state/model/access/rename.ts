import type { CredentialType } from '@mortise/protocol/words'

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
