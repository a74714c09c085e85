import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { MortiseError } from '@mortise/protocol/errors'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import { openDatabase } from './database.ts'
import { STORE_FILE, openDisk } from './index.ts'
import { SECRETS_FILE } from './secrets.ts'
import { COMMITS } from './testing/scenario.ts'

const root = mkdtempSync(join(tmpdir(), 'mortise-open-'))
after(() => rmSync(root, { recursive: true }))
let count = 0

function open(folder: string) {
  return openDisk({ folder, random: createSystemRandom() })
}

function openAndLoad(folder: string): void {
  const { store } = open(folder)
  try {
    store.load()
  } finally {
    store.close()
  }
}

/** The folder of a lock that has lived and is closed. */
function livedFolder(): string {
  count += 1
  const folder = join(root, 'deep', String(count))
  const { store } = open(folder)
  for (const writes of COMMITS) store.commit(writes)
  store.close()
  return folder
}

function editStore(folder: string, statement: string): void {
  const database = new DatabaseSync(join(folder, STORE_FILE))
  database.exec(statement)
  database.close()
}

function flipByte(path: string, offset: number): void {
  const bytes = readFileSync(path)
  bytes[offset] = (bytes[offset] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

test('folder and files are for their owner only', () => {
  const folder = livedFolder()
  const { store } = open(folder)
  store.commit([{ type: 'policy', policy: new Uint8Array(1) }])
  const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777
  assert.equal(modeOf('.'), 0o700)
  for (const name of [SECRETS_FILE, STORE_FILE, `${STORE_FILE}-wal`])
    assert.equal(modeOf(name), 0o600)
  store.close()
})

test('the store of an older lock is brought up to date, and what it held stays', () => {
  const folder = livedFolder()
  const { store: before } = open(folder)
  const { registers, ...rest } = before.load()
  before.close()
  editStore(
    folder,
    `drop table life_ended;
     alter table registers drop column journal_loss_after;
     alter table registers drop column journal_loss_hash;
     alter table registers drop column tries;
     alter table registers drop column battery;
     alter table registers rename column standing_alarms to lasting_alarms;
     alter table registers add column wrong_codes integer not null default 2;
     alter table registers add column keypad_lockouts integer not null default 1;
     alter table registers add column keypad_locked_until_ms integer not null default 7;
     alter table registers add column matter_wrong_codes integer default 3;
     alter table registers add column matter_lockouts integer default 4;
     alter table registers add column matter_locked_until_ms integer default 0;
     update registers set lasting_alarms = 'lockJammed doorForcedOpen';
     pragma user_version = 4`,
  )
  const standingAlarms = ['lockJammed', 'doorForcedOpen'] as const
  const tries = {
    keypad: { wrongCodes: 2, lockouts: 1, lockedUntilMs: 7 },
    matter: { wrongCodes: 3, lockouts: 4, lockedUntilMs: 0 },
  }
  for (const attempt of [1, 2]) {
    const { store } = open(folder)
    const { battery: _, journalLoss: __, ...kept } = registers ?? assert.fail('it has lived')
    assert.deepEqual(
      store.load(),
      { ...rest, registers: { ...kept, standingAlarms, tries } },
      `start ${attempt}`,
    )
    store.close()
  }
})

test('a store that came back from a backup, open to others, is closed again', () => {
  const folder = livedFolder()
  chmodSync(join(folder, STORE_FILE), 0o644)
  const { store } = open(folder)
  store.commit([{ type: 'policy', policy: new Uint8Array(1) }])
  for (const name of [STORE_FILE, `${STORE_FILE}-wal`])
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
  store.close()
})

test('every commit waits for the disk', () => {
  const folder = livedFolder()
  const database = openDatabase(join(folder, STORE_FILE))
  const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
  // https://sqlite.org/pragma.html#pragma_synchronous: 2 is FULL.
  assert.equal(pragma('synchronous'), 2)
  assert.equal(pragma('journal_mode'), 'wal')
  assert.equal(pragma('locking_mode'), 'exclusive')
  database.close()
})

test('opening again gives the same secrets', () => {
  const folder = livedFolder()
  const first = open(folder)
  first.store.close()
  const second = open(folder)
  second.store.close()
  assert.deepEqual(second.secrets, first.secrets)
})

interface Fault {
  readonly what: string
  readonly code: string
  readonly make: (folder: string) => void
}

const FAULTS: readonly Fault[] = [
  {
    what: 'a store that is gone',
    code: 'storeMissing',
    make: (folder) => rmSync(join(folder, STORE_FILE)),
  },
  {
    what: 'a store that is empty',
    code: 'storeCorrupt',
    make: (folder) => truncateSync(join(folder, STORE_FILE)),
  },
  {
    what: 'a store that is no database',
    code: 'storeCorrupt',
    make: (folder) => writeFileSync(join(folder, STORE_FILE), 'x'.repeat(9_000)),
  },
  {
    what: 'a store that was cut in half',
    code: 'storeCorrupt',
    make: (folder) => truncateSync(join(folder, STORE_FILE), 12_288),
  },
  {
    what: "another program's database",
    code: 'storeCorrupt',
    make: (folder) => editStore(folder, 'pragma application_id = 1'),
  },
  {
    what: 'a policy with a flipped bit',
    code: 'storeCorrupt',
    make: (folder) =>
      editStore(folder, "update documents set bytes = zeroblob(30000) where name = 'policy'"),
  },
  {
    what: 'a store of newer software',
    code: 'storeTooNew',
    make: (folder) => editStore(folder, 'pragma user_version = 999'),
  },
  {
    what: 'the store of another lock',
    code: 'storeOfAnotherLock',
    make: (folder) =>
      writeFileSync(join(folder, STORE_FILE), readFileSync(join(livedFolder(), STORE_FILE))),
  },
  {
    what: 'secrets that are gone',
    code: 'secretsMissing',
    make: (folder) => rmSync(join(folder, SECRETS_FILE)),
  },
  {
    what: 'secrets with a flipped bit',
    code: 'secretsCorrupt',
    make: (folder) => flipByte(join(folder, SECRETS_FILE), 60),
  },
  {
    what: 'secrets that end early',
    code: 'secretsCorrupt',
    make: (folder) => truncateSync(join(folder, SECRETS_FILE), 100),
  },
  {
    what: 'secrets with a line more',
    code: 'secretsCorrupt',
    make: (folder) => writeFileSync(join(folder, SECRETS_FILE), 'more\n', { flag: 'a' }),
  },
  ...[0o640, 0o604, 0o620, 0o666].map((mode) => ({
    what: `secrets with mode ${mode.toString(8)}`,
    code: 'secretReadableByOthers',
    make: (folder: string) => chmodSync(join(folder, SECRETS_FILE), mode),
  })),
  ...[0o770, 0o702].map((mode) => ({
    what: `a folder with mode ${mode.toString(8)}`,
    code: 'folderOpenToOthers',
    make: (folder: string) => chmodSync(folder, mode),
  })),
]

describe('what does not fit is refused, with a next step, and nothing is made anew', () => {
  for (const { what, code, make } of FAULTS) {
    test(what, () => {
      const folder = livedFolder()
      make(folder)
      for (const attempt of [1, 2]) {
        assert.throws(
          () => openAndLoad(folder),
          (error) => {
            assert.ok(error instanceof MortiseError, String(error))
            assert.deepEqual([error.blame, error.code], ['world', code], `attempt ${attempt}`)
            return (error.nextStep ?? '').length > 0
          },
        )
      }
    })
  }

  test('a folder that is a file', () => {
    const path = join(root, 'file')
    writeFileSync(path, '')
    assert.throws(
      () => open(path),
      (error) => error instanceof MortiseError && error.code === 'folderUnwritable',
    )
  })

  test('a folder that others may look into is fine', () => {
    count += 1
    const folder = join(root, String(count))
    mkdirSync(folder, { mode: 0o755 })
    open(folder).store.close()
  })
})

test('a disk that fails in a write fails the commit, keeps what was before, and takes no other', () => {
  const folder = livedFolder()
  const script = fileURLToPath(new URL('testing/failing-disk-child.ts', import.meta.url))
  // A file size limit is the failing disk that a test can have without being root. Unit: 1 KiB.
  const command = `ulimit -f 400; exec "$0" "$1" "$2"`
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', command, process.execPath, script, folder],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  const [first, second, stillThere, acknowledged] = stdout.split(' ')
  assert.deepEqual([first, second], ['storeUnwritable', 'storeBroken'])
  assert.equal(stillThere, acknowledged)
  const { store } = open(folder)
  assert.equal(store.load().newestEntry?.sequence, Number(acknowledged))
  store.close()
})
