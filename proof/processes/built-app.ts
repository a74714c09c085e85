import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { repositoryRoot } from './program.ts'

/**
 * The folder of the built app: `MORTISE_APP_DIST`, or where the build puts it.
 * @throws MortiseError `appNotBuilt` (caller)
 */
export function builtApp(): string {
  const wanted = process.env['MORTISE_APP_DIST']
  const folder = wanted === undefined ? join(repositoryRoot, 'app', 'dist') : resolve(wanted)
  if (existsSync(join(folder, 'index.html'))) return folder
  throw new MortiseError('caller', 'appNotBuilt', `there is no built app in ${folder}`, {
    nextStep: 'Run the tests as "npm test -- --only e2e", which builds it.',
  })
}
