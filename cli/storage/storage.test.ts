import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { KnownLock } from '@mortise/keyholder'
import { CliError } from '#cli/errors.ts'
import { deviceKeyPath, loadDeviceKey, obtainDeviceKey } from './device-key.ts'
import { openKnownLocks } from './known-locks.ts'
import { placesOf } from './places.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'
import { loadSessionToken, saveSessionToken } from './session.ts'

function places(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-storage-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return placesOf(join(folder, 'home'), {}, folder)
}

const modeOf = (path: string) => statSync(path).mode & 0o777

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error instanceof CliError ? error.code : String(error)),
  )
}

suite('private files', () => {
  test('are made for their owner alone, with their folder, whatever the umask', async (context) => {
    const { dataFolder } = places(context)
    const path = join(dataFolder, 'secret')
    const umask = process.umask(0)
    context.after(() => process.umask(umask))
    await writePrivateFile(path, 'one')
    assert.equal(modeOf(path), 0o600)
    assert.equal(modeOf(dataFolder), 0o700)
    assert.equal(await readPrivateFile(path), 'one')
  })

  test('are replaced as a whole, and nothing is left beside them', async (context) => {
    const { dataFolder } = places(context)
    const path = join(dataFolder, 'secret')
    await writePrivateFile(path, 'one')
    await writePrivateFile(path, 'two')
    assert.equal(await readPrivateFile(path), 'two')
    assert.deepEqual(readdirSync(dataFolder), ['secret'])
  })

  for (const mode of [0o604, 0o620, 0o640, 0o644, 0o666, 0o601]) {
    test(`are refused with mode ${mode.toString(8)}`, async (context) => {
      const { dataFolder } = places(context)
      const path = join(dataFolder, 'secret')
      await writePrivateFile(path, 'one')
      chmodSync(path, mode)
      assert.equal(await codeOf(readPrivateFile(path)), 'looseFileMode')
    })
  }

  test('that are missing are undefined, and folders in their place are refused', async (context) => {
    const { dataFolder } = places(context)
    assert.equal(await readPrivateFile(join(dataFolder, 'none')), undefined)
    await writePrivateFile(join(dataFolder, 'sub', 'file'), 'x')
    assert.notEqual(await codeOf(readPrivateFile(join(dataFolder, 'sub'))), undefined)
    assert.equal(await codeOf(writePrivateFile(join(dataFolder, 'sub'), 'x')), 'unreadableFile')
    assert.deepEqual(readdirSync(dataFolder), ['sub'], 'nothing is left over')
  })
})

suite('the device key', () => {
  test('is one, although two command lines make it at once', async (context) => {
    const home = places(context)
    const names = ['a', 'b', 'c', 'd']
    const made = await Promise.all(names.map((name) => obtainDeviceKey(nodeSealCrypto, home, name)))
    const kept = await loadDeviceKey(nodeSealCrypto, home)
    for (const each of made) assert.deepEqual(each, kept)
    assert.deepEqual(readdirSync(home.dataFolder), ['device-key.json'])
  })

  test('is made once and stays', async (context) => {
    const home = places(context)
    assert.equal(await loadDeviceKey(nodeSealCrypto, home), undefined)
    const made = await obtainDeviceKey(nodeSealCrypto, home, 'laptop')
    assert.equal(modeOf(deviceKeyPath(home)), 0o600)
    assert.deepEqual(await obtainDeviceKey(nodeSealCrypto, home, 'other'), made)
    assert.equal(made.name, 'laptop')
  })

  for (const [name, text] of Object.entries({
    'no JSON': '{',
    'a short seed': '{"v":1,"seed":"AA","name":"x"}',
    'another version': '{"v":2,"seed":"AA","name":"x"}',
    'an unknown member': `{"v":1,"seed":"${'A'.repeat(43)}","name":"x","more":1}`,
  })) {
    test(`is not made anew over a file with ${name}`, async (context) => {
      const home = places(context)
      await writePrivateFile(deviceKeyPath(home), text)
      assert.equal(await codeOf(obtainDeviceKey(nodeSealCrypto, home, 'x')), 'unreadableFile')
      assert.equal(readFileSync(deviceKeyPath(home), 'utf8'), text)
    })
  }
})

suite('the session', () => {
  test('is never given to another hub', async (context) => {
    const home = places(context)
    await saveSessionToken(home, 'https://hub.example', 'token')
    assert.equal(await loadSessionToken(home, 'https://hub.example'), 'token')
    assert.equal(await loadSessionToken(home, 'https://hub.example.org'), undefined)
  })
})

const known: KnownLock = {
  lockId: new Uint8Array(32).fill(1),
  lockKey: new Uint8Array(32).fill(2),
  sealingKey: new Uint8Array(32).fill(3),
  metBy: 'claim',
  credential: {
    type: 'deviceKey',
    id: new Uint8Array(16).fill(4),
    createdAtMs: 5,
    name: 'laptop',
    publicKey: new Uint8Array(32).fill(6),
  },
  policy: { version: 7, hash: new Uint8Array(32).fill(8) },
  head: { sequence: 9, hash: new Uint8Array(32).fill(10) },
}

suite('known locks', () => {
  test('come back as they were, from another process, for their owner alone', async (context) => {
    const home = places(context)
    const memory = openKnownLocks(home)
    const { lockId, lockKey, sealingKey, metBy } = known
    const bare = { lockId: new Uint8Array(32).fill(99), lockKey, sealingKey, metBy }
    await memory.update(lockId, () => known)
    await memory.update(bare.lockId, () => bare)
    memory.close()
    assert.equal(modeOf(join(home.dataFolder, 'locks.sqlite')), 0o600)
    const again = openKnownLocks(home)
    context.after(() => again.close())
    assert.deepEqual(await again.read(lockId), known)
    assert.deepEqual(await again.list(), [known, bare])
  })

  test('a change that throws changes nothing', async (context) => {
    const home = places(context)
    const memory = openKnownLocks(home)
    context.after(() => memory.close())
    await memory.update(known.lockId, () => known)
    const failing = memory.update(known.lockId, () => {
      throw new CliError('usage', 'no', 'no')
    })
    assert.equal(await codeOf(failing), 'usage')
    assert.deepEqual(await memory.read(known.lockId), known)
  })

  test('two command lines at once lose nothing', async (context) => {
    const home = places(context)
    const [one, two] = [openKnownLocks(home), openKnownLocks(home)]
    context.after(() => {
      one.close()
      two.close()
    })
    const raise = (before: KnownLock | undefined): KnownLock => ({
      ...known,
      policy: { version: (before?.policy?.version ?? 0) + 1, hash: known.lockId },
    })
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([one.update(known.lockId, raise), two.update(known.lockId, raise)])
    }
    assert.equal((await one.read(known.lockId))?.policy?.version, 20)
  })

  test('a file that is no database is refused, and left alone', (context) => {
    const home = places(context)
    openKnownLocks(home).close()
    const path = join(home.dataFolder, 'locks.sqlite')
    writeFileSync(path, 'this is no database, it is a text that somebody put here')
    assert.throws(
      () => openKnownLocks(home),
      (error) => error instanceof CliError && error.code === 'unreadableFile',
    )
  })
})

suite('places', () => {
  const table: readonly (readonly [
    string,
    string | undefined,
    Record<string, string>,
    string,
    string,
  ])[] = [
    ['nothing said', undefined, {}, '/h/.config/mortise', '/h/.local/share/mortise'],
    ['XDG', undefined, { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }, '/c/mortise', '/d/mortise'],
    [
      'relative XDG',
      undefined,
      { XDG_DATA_HOME: 'd' },
      '/h/.config/mortise',
      '/h/.local/share/mortise',
    ],
    ['MORTISE_HOME', undefined, { MORTISE_HOME: '/m' }, '/m', '/m'],
    ['--home before all', '/o', { MORTISE_HOME: '/m', XDG_DATA_HOME: '/d' }, '/o', '/o'],
  ]
  for (const [name, home, variables, config, data] of table) {
    test(name, () => {
      assert.deepEqual(placesOf(home, variables, '/h'), { configFolder: config, dataFolder: data })
    })
  }
})
