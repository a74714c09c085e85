import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { repositoryRoot } from '#tools/source/tree.ts'

const SCRIPT = `
  import { ensureChromium } from '#tools/run/chromium.ts'
  process.stdout.write(JSON.stringify(await ensureChromium()))`

/** What the search says when `CHROMIUM_PATH` has this value. */
const search = (path: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM_PATH: path },
  })

test('CHROMIUM_PATH is believed when it names a program', () => {
  assert.deepEqual(JSON.parse(search(process.execPath)), { path: process.execPath })
})

test('a wrong CHROMIUM_PATH is said, and not passed over', () => {
  assert.match(search('/no/such/chromium'), /CHROMIUM_PATH names \/no\/such\/chromium/)
})
