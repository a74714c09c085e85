import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { isEndToEnd, matching } from '#tools/run/files.ts'
import type { Outcome } from '#tools/run/steps.ts'
import { formatSummary, isGreen, type Row } from '#tools/run/summary.ts'
import { NO_TESTS, readTotals } from '#tools/run/totals.ts'
import { repositoryRoot } from '#tools/source/tree.ts'

const row = (ending: Outcome['ending'], totals = NO_TESTS): Row => ({
  name: 'unit',
  outcome: { ending, totals },
  durationMs: 1_234,
})

describe('the end of a run', () => {
  test('the last line adds up the tests of all runs', () => {
    const rows = [
      row('ok'),
      row('failed', { passed: 3, failed: 1, skipped: 2 }),
      row('ok', { passed: 4, failed: 0, skipped: 0 }),
    ]
    assert.equal(formatSummary(rows).split('\n').at(-1), '7 passed, 1 failed, 2 skipped')
  })

  const greens: readonly (readonly [Outcome['ending'], boolean])[] = [
    ['ok', true],
    ['nothing', true],
    ['failed', false],
    ['missing', false],
  ]
  for (const [ending, green] of greens) {
    test(`a step that ended with "${ending}" is ${green ? 'green' : 'red'}`, () => {
      assert.equal(isGreen([row('ok'), row(ending)]), green)
    })
  }
})

describe('the totals of the test runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-totals-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('count every kind of ending', () => {
    const file = join(folder, 'sample.test.mjs')
    writeFileSync(
      file,
      `import { before, describe, test } from 'node:test'
       test('passes', () => {})
       test('fails', () => { throw 1 })
       test('is skipped', { skip: true }, () => {})
       describe('suite', () => { before(() => { throw 1 }); test('is cancelled', () => {}) })`,
    )
    const totals = join(folder, 'totals.json')
    const reporter = join(repositoryRoot, 'tools/run/totals.ts')
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env
    spawnSync(
      process.execPath,
      ['--test', `--test-reporter=${reporter}`, `--test-reporter-destination=${totals}`, file],
      { env: environment },
    )
    assert.deepEqual(
      readTotals(totals),
      { passed: 1, failed: 2, skipped: 1 },
      readFileSync(totals, 'utf8'),
    )
  })

  for (const [name, content] of [
    ['is missing', undefined],
    ['is cut off', '{"passed":1'],
    ['is something else', '{"passed":"many"}'],
  ] as const) {
    test(`a report that ${name} counts as a failure`, () => {
      const file = join(folder, `${name}.json`)
      if (content !== undefined) writeFileSync(file, content)
      assert.deepEqual(readTotals(file), { passed: 0, failed: 1, skipped: 0 })
    })
  }
})

describe('which tests run', () => {
  const files = ['lock/core/step.test.ts', 'hub/core/relay.test.ts', 'proof/e2e/story.test.ts']

  test('no filter keeps all', () => assert.deepEqual(matching(files, []), files))
  test('a filter keeps what contains it', () => {
    assert.deepEqual(matching(files, ['./lock/core', 'story']), [files[0], files[2]])
  })
  test('end to end is what stands in its room', () => {
    assert.deepEqual(files.filter(isEndToEnd), [files[2]])
  })
  test('a step that does not exist is refused', () => {
    const { status, stdout } = spawnSync(process.execPath, ['tools/test.ts', '--only', 'sing'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    })
    assert.equal(status, 2)
    assert.match(stdout, /Steps, in their order: types, lint/)
  })
  test('help is no failure', () => {
    const output = execFileSync(process.execPath, ['tools/test.ts', '--help'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    })
    assert.match(output, /npm test -- lock\/core/)
  })
})
