import { limits } from '@mortise/protocol/limits'
import type { EnrolForm, EnrolProblem } from '#app/state/model/access/enrol.ts'
import { isNameTooLong } from '#app/state/model/access/visit-form.ts'

/** The first thing that is wrong with a form. @param ways how many ways in the person has already */
export function judgeEnrol(form: EnrolForm, ways: number): EnrolProblem | null {
  const name = form.name.trim()
  if (name === '') return 'whichMissing'
  if (isNameTooLong(name)) return 'whichTooLong'
  return ways >= limits.credentialsPerUserMax ? 'tooMany' : null
}
