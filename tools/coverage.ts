import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { exceptions } from '#tools/coverage/exceptions.ts'
import type { Counted, Unreached } from '#tools/coverage/reporter.ts'
import { matching, testFiles } from '#tools/run/files.ts'
import { repositoryRoot } from '#tools/source/tree.ts'

const HELP = `npm run coverage [-- path ...]

Runs the tests of the pure cores that decide (access, lock/core) and lists every branch and every function
that none of them has reached. A path keeps the files, and the test files, whose path contains it.
Fails when there is one (exceptions, each with its reason: tools/coverage/exceptions.ts).
`

const CORES = ['access', 'lock/core'] as const
/** The specification that `decide` is held against, and what tests are made of. */
const NOT_COUNTED = ['**/*.test.ts', '**/testing/**', 'access/spec.ts']
/** A branch is taken or not: the searches need no million requests for that. */
const SEARCH_SHARE = '0.04'
/** So few meet a rare case by luck alone, and the count must be the same each time. */
const SEED = '1'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

function count(files: readonly string[]): Counted | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'mortise-coverage-'))
  const destination = join(scratch, 'counted.json')
  try {
    const args = [
      '--test',
      '--experimental-test-coverage',
      ...CORES.map((core) => `--test-coverage-include=${core}/**/*.ts`),
      ...NOT_COUNTED.map((pattern) => `--test-coverage-exclude=${pattern}`),
      `--test-reporter=${join(import.meta.dirname, 'coverage', 'reporter.ts')}`,
      `--test-reporter-destination=${destination}`,
      ...files,
    ]
    spawnSync(process.execPath, args, {
      cwd: repositoryRoot,
      env: { MORTISE_SEED: SEED, ...process.env, MORTISE_SHARE: SEARCH_SHARE },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const content: unknown = JSON.parse(readFileSync(destination, 'utf8'))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what our own reporter wrote
    return content as Counted
  } catch {
    return undefined
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function isExcepted({ line, what }: Unreached, lines: readonly string[]): boolean {
  const text = lines[line - 1] ?? ''
  return what === 'branch' && exceptions.some((exception) => exception.line.test(text))
}

function main(): number {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help) {
    say(HELP)
    return 0
  }
  const tests = testFiles().filter((file) => CORES.some((core) => file.startsWith(`${core}/`)))
  const counted = count(matching(tests, positionals))
  if (counted === undefined || counted.failed.length > 0) {
    say(`The tests fail: ${counted?.failed.join(', ') ?? 'they wrote nothing'}`)
    return 1
  }
  const found = counted.unreached.flatMap((place) => {
    const lines = readFileSync(place.file, 'utf8').split('\n')
    if (isExcepted(place, lines)) return []
    const file = relative(repositoryRoot, place.file)
    return [{ ...place, file, text: (lines[place.line - 1] ?? '').trim() }]
  })
  const asked = found.filter(({ file }) => matching([file], positionals).length > 0)
  for (const { file, line, what, text } of asked)
    say(`${file}:${line}: no test has reached this ${what}: ${text}`)
  say(`${counted.branches} branches, ${asked.length} places that no test has reached`)
  return asked.length === 0 ? 0 : 1
}

process.exitCode = main()
