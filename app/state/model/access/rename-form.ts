import type { RenameForm, RenameProblem } from '#app/state/model/access/rename.ts'
import { isNameTooLong } from '#app/state/model/access/visit-form.ts'

/** The first thing that is wrong with a name. */
export function judgeRename({ name }: Pick<RenameForm, 'name'>): RenameProblem | null {
  const typed = name.trim()
  if (typed === '') return 'whichMissing'
  return isNameTooLong(typed) ? 'whichTooLong' : null
}
