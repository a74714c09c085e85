import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { toHex } from '@mortise/protocol/wire'
import { createMemoryDisk } from '#lock/adapters/memory/store.ts'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import type { Stored } from '#lock/ports/store.ts'
import { openDisk } from './index.ts'
import { COMMITS } from './testing/scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'mortise-crash-'))
after(() => rmSync(folder, { recursive: true }))
const child = fileURLToPath(new URL('testing/crash-child.ts', import.meta.url))

interface Life {
  readonly killed: boolean
  /** Names the secrets that the process went on with; undefined when it died before. */
  readonly seed: string | undefined
  /** Commits that had returned. */
  readonly committed: number
  readonly reached: number
}

function live(lockFolder: string, crashAt: number, deeds: 'live' | 'openOnly' = 'live'): Life {
  const { signal, status, stdout, stderr } = spawnSync(
    process.execPath,
    [child, lockFolder, String(crashAt), deeds],
    // Forty processes run the same code; compiling it once halves their time.
    { encoding: 'utf8', env: { NODE_COMPILE_CACHE: join(folder, 'code-cache') } },
  )
  assert.ok(signal === 'SIGKILL' || status === 0, stderr)
  const lines = stdout.split('\n')
  const value = (name: string) => lines.find((line) => line.startsWith(name))?.split(' ')[1]
  return {
    killed: signal === 'SIGKILL',
    seed: value('opened'),
    committed: lines.filter((line) => line === 'committed').length,
    reached: Number(value('reached') ?? 0),
  }
}

/** What the store must hold after that many commits, by the memory store. */
function expectedAfter(commits: number): Stored {
  const store = createMemoryDisk().open()
  for (const writes of COMMITS.slice(0, commits)) store.commit(writes)
  return store.load()
}

const whole = live(join(folder, 'whole'), 0)

test('the life without a crash passes every write point', () => {
  assert.equal(whole.committed, COMMITS.length)
  assert.ok(whole.reached > COMMITS.length * 4)
})

for (let crashAt = 1; crashAt <= whole.reached; crashAt += 1) {
  test(`kill -9 at write point ${crashAt} loses nothing and halves nothing`, () => {
    const lockFolder = join(folder, String(crashAt))
    const life = live(lockFolder, crashAt)
    assert.ok(life.killed)
    const { secrets, store } = openDisk({ folder: lockFolder, random: createSystemRandom() })
    const stored = store.load()
    store.close()
    if (life.seed !== undefined) assert.equal(toHex(secrets.identitySeed), life.seed)
    const possible = [life.committed, life.committed + 1].map(expectedAfter)
    const matches = possible.some((expected) => isDeepStrictEqual(stored, expected))
    assert.ok(matches, `after ${life.committed} commits the store holds something else`)
  })
}

/** The folder of a lock that was set back, whose process ended before it could begin anew. */
function endedLife(): { readonly folder: string; readonly seed: string } {
  const lockFolder = join(folder, 'ended')
  const { secrets, store } = openDisk({ folder: lockFolder, random: createSystemRandom() })
  for (const writes of COMMITS) store.commit(writes)
  store.commit([
    { type: 'entry', sequence: 6, bytes: new Uint8Array(90).fill(6) },
    { type: 'factoryReset' },
  ])
  store.close()
  return { folder: lockFolder, seed: toHex(secrets.identitySeed) }
}

/** What the life that ended had written: its policy, and an entry about somebody. */
const traces = [new Uint8Array(64).fill(2), new Uint8Array(64).fill(5)]

function tracesIn(lockFolder: string): number {
  const files = readdirSync(lockFolder).filter((name) => !name.endsWith('-reserve'))
  const contents = files.map((name) => readFileSync(join(lockFolder, name)))
  return contents.filter((content) => traces.some((trace) => content.includes(trace))).length
}

const ended = endedLife()

function copyOfEnded(name: string): string {
  const copy = join(folder, name)
  cpSync(ended.folder, copy, { recursive: true })
  return copy
}

const erased = live(copyOfEnded('erased'), 0, 'openOnly')

test('a life that has ended is there until the next opening, and then gone', () => {
  assert.ok(tracesIn(ended.folder) > 0)
  assert.ok(erased.reached > 6)
  assert.equal(tracesIn(join(folder, 'erased')), 0)
})

for (let crashAt = 1; crashAt <= erased.reached; crashAt += 1) {
  test(`kill -9 at write point ${crashAt} of erasing leaves a lock that never ran`, () => {
    const lockFolder = copyOfEnded(`erasing-${crashAt}`)
    assert.ok(live(lockFolder, crashAt, 'openOnly').killed)
    const { secrets, store } = openDisk({ folder: lockFolder, random: createSystemRandom() })
    assert.deepEqual(store.load(), createMemoryDisk().open().load())
    assert.deepEqual(store.entriesFrom(1, 10), [])
    assert.notEqual(toHex(secrets.identitySeed), ended.seed)
    assert.equal(tracesIn(lockFolder), 0)
    store.close()
    const again = openDisk({ folder: lockFolder, random: createSystemRandom() })
    assert.deepEqual(again.secrets, secrets)
    again.store.close()
  })
}
