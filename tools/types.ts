import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '#tools/source/tree.ts'

/** The projects of the compiler, each with what sets it apart. */
const PROJECTS = [
  { config: 'tsconfig.json', about: 'everything that runs in Node' },
  { config: 'app/tsconfig.json', about: 'the app, with the types of a browser' },
  { config: 'app/tsconfig.node.json', about: "the app's tests and its bundler" },
  { config: 'app/worker/tsconfig.json', about: "the app's service worker" },
  {
    config: 'lock/adapters/virtual/page/tsconfig.json',
    about: "the virtual door's page, with the types of a browser",
  },
]

/** The compiler's way to say that a project holds no file yet. */
const NO_INPUT = 'TS18003'

/** Type-checks one project; prints what the compiler says and tells whether it was content. */
function checkProject({ config, about }: (typeof PROJECTS)[number]): boolean {
  const compiler = join(repositoryRoot, 'node_modules', '.bin', 'tsc')
  const pretty = process.stdout.isTTY ? ['--pretty'] : []
  const { stdout, status, error } = spawnSync(
    compiler,
    ['--project', config, '--noEmit', ...pretty],
    { cwd: repositoryRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const fine = status === 0 || (stdout ?? '').includes(NO_INPUT)
  process.stdout.write(`${fine ? 'ok    ' : 'FAILED'} ${config} (${about})\n`)
  if (!fine) process.stdout.write(`${stdout ?? ''}${error ? `${error.message}\n` : ''}`)
  return fine
}

const results = PROJECTS.filter(({ config }) => existsSync(join(repositoryRoot, config))).map(
  checkProject,
)
process.exitCode = results.every(Boolean) ? 0 : 1
