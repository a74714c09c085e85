import { limits } from '@mortise/protocol/limits'
import type { EnrolForm, EnrolProblem } from '#app/state/model/access/enrol.ts'
import { judgeRename } from '#app/state/model/access/rename-form.ts'

/** The first thing that is wrong with a form. @param ways how many ways in the person has already */
export function judgeEnrol(form: EnrolForm, ways: number): EnrolProblem | null {
  return judgeRename(form) ?? (ways >= limits.credentialsPerUserMax ? 'tooMany' : null)
}
