import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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

function live(lockFolder: string, crashAt: number): Life {
  const { signal, status, stdout, stderr } = spawnSync(
    process.execPath,
    [child, lockFolder, String(crashAt)],
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
