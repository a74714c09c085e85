import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { repositoryRoot } from '#tools/source/tree.ts'

/** Says that it is there, and then stays until somebody ends it. */
const STAY = `console.log('here'); setInterval(() => {}, 60_000)`
/** The same, deaf to the polite signal. */
const STAY_DEAF = `process.on('SIGTERM', () => {}); ${STAY}`
/** A child that starts a child of its own, as a test runner does. */
const familyOf = (grandchild: string): string =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' })
   setInterval(() => {}, 60_000)`

const runner = (program: string): string => `
  import { endChildrenOnInterrupt, run } from '#tools/run/child.ts'
  endChildrenOnInterrupt()
  await run(process.execPath, ['-e', ${JSON.stringify(program)}])`

for (const { name, program } of [
  { name: 'a child', program: STAY },
  { name: 'a grandchild', program: familyOf(STAY) },
  { name: 'a grandchild that ignores the polite signal', program: familyOf(STAY_DEAF) },
]) {
  test(`an interrupt ends ${name}`, async () => {
    const started = spawn(process.execPath, ['--input-type=module', '-e', runner(program)], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(started.stdout, 'data')
    started.kill('SIGTERM')
    // The pipe closes only when the last process that holds it has ended.
    const [code] = await once(started, 'close')
    assert.equal(code, 128 + 15)
  })
}

test('a program that does not exist is told apart from one that fails', () => {
  const script = `
    import { run } from '#tools/run/child.ts'
    const endings = [
      await run(process.execPath, ['-e', '']),
      await run(process.execPath, ['-e', 'process.exit(3)']),
      await run('mortise-no-such-program', []),
    ]
    process.stdout.write(endings.join())`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  assert.equal(output, 'ok,failed,missing')
})
