import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { endChildrenOnInterrupt, isInterrupted } from '#tools/run/child.ts'
import { ensureChromium } from '#tools/run/chromium.ts'
import { isEndToEnd, matching, testFiles } from '#tools/run/files.ts'
import { STEPS, steps, type Plan, type StepName } from '#tools/run/steps.ts'
import { formatSummary, isGreen, type Row } from '#tools/run/summary.ts'

const HELP = `npm test -- [--only step,step] [path ...]

Steps, in their order: ${STEPS.join(', ')}.
A path keeps the test files whose path contains it, and without --only it skips the other checks:
  npm test -- lock/core            the tests of one room
  npm test -- --only types,lint    two checks
  npm test -- --only e2e claim     one end-to-end test

MORTISE_SEED repeats a randomised test, CHROMIUM_PATH names the browser.
`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The steps that the arguments ask for, or `undefined` for a step that does not exist. */
function chooseSteps(only: string | undefined, hasPaths: boolean): readonly StepName[] | undefined {
  if (only === undefined) return hasPaths ? ['unit', 'build', 'e2e'] : STEPS
  const names = only.split(',')
  if (!names.every((name) => STEPS.some((step) => step === name))) return undefined
  // End-to-end tests open the built app, so asking for them asks for it.
  if (names.includes('e2e')) names.push('build')
  return STEPS.filter((step) => names.includes(step))
}

async function runSteps(names: readonly StepName[], plan: Plan): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [index, name] of names.entries()) {
    if (isInterrupted()) break
    const step = steps[name]
    say(`\n[${index + 1}/${names.length}] ${step.title}`)
    const start = performance.now()
    const outcome = await step.start(plan)
    rows.push({ name, outcome, durationMs: performance.now() - start })
  }
  return rows
}

/** Runs the chosen steps one after the other; the exit code is 0 only where all are green. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  const names = chooseSteps(values.only, positionals.length > 0)
  if (values.help || !names) {
    say(HELP)
    return values.help ? 0 : 2
  }
  const files = matching(testFiles(), positionals)
  if (positionals.length > 0 && files.length === 0) {
    say(`No test file has ${positionals.join(' or ')} in its path.`)
    return 2
  }
  const endToEndFiles = names.includes('e2e') ? files.filter(isEndToEnd) : []
  const unitFiles = files.filter((file) => !isEndToEnd(file))
  const chromium = endToEndFiles.length > 0 ? await ensureChromium() : undefined
  if (chromium && 'missing' in chromium) {
    say(chromium.missing)
    return 1
  }
  const scratch = mkdtempSync(join(tmpdir(), 'mortise-test-'))
  try {
    const plan: Plan = { unitFiles, endToEndFiles, scratch, chromiumPath: chromium?.path }
    const rows = await runSteps(names, plan)
    say(`\n${formatSummary(rows)}`)
    return isGreen(rows) ? 0 : 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

endChildrenOnInterrupt()
const code = await main()
if (!isInterrupted()) process.exitCode = code
