import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { readStartRequest } from './config.ts'

const defaults = {
  data: './data',
  hubPort: 8080,
  doorPort: 8091,
  hostName: 'localhost',
  fresh: false,
}

function settingsFile(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-start-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'settings.json')
  writeFileSync(path, text)
  return path
}

interface Source {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly file?: object
}

function read(context: TestContext, { args = [], environment = {}, file = {} }: Source) {
  const path = settingsFile(context, JSON.stringify(file))
  return readStartRequest([...args, '--config', path], environment)
}

const good: readonly (readonly [string, Source, object])[] = [
  ['nothing', {}, {}],
  [
    'flags',
    {
      args: '--data /d --hub-port 1 --door-port 65535 --host-name home.test --fresh'.split(' '),
    },
    { data: '/d', hubPort: 1, doorPort: 65_535, hostName: 'home.test', fresh: true },
  ],
  ['an origin', { args: ['--origin', 'https://home.test'] }, { origin: 'https://home.test' }],
  [
    'the environment',
    {
      environment: {
        MORTISE_DATA: '/e',
        MORTISE_HUB_PORT: '2',
        MORTISE_DOOR_PORT: '3',
        MORTISE_HOST_NAME: 'e.test',
        MORTISE_ORIGIN: 'https://e.test',
      },
    },
    { data: '/e', hubPort: 2, doorPort: 3, hostName: 'e.test', origin: 'https://e.test' },
  ],
  ['a file', { file: { data: '/f', hubPort: 4 } }, { data: '/f', hubPort: 4 }],
  [
    'flags before the environment before the file',
    {
      args: ['--hub-port', '5'],
      environment: { MORTISE_HUB_PORT: '6', MORTISE_DOOR_PORT: '7' },
      file: { hubPort: 8, doorPort: 9, data: '/f' },
    },
    { hubPort: 5, doorPort: 7, data: '/f' },
  ],
  ['variables of other programs', { environment: { MORTISE_HUB: 'http://x', HOME: '/' } }, {}],
  ['an environment that cannot start over', { environment: { MORTISE_FRESH: '1' } }, {}],
]
for (const [name, source, expected] of good) {
  test(`reads ${name}`, (context) => {
    const request = read(context, source)
    assert.deepEqual(request, { type: 'start', config: { ...defaults, ...expected } })
  })
}

const bad: readonly (readonly [string, Source])[] = [
  ['an unknown flag', { args: ['--prot', '1'] }],
  ['a word', { args: ['fresh'] }],
  ['a flag without its value', { args: ['--data'] }],
  ['an unknown member of the file', { file: { hubPrt: 1 } }],
  ['an unknown member that would start over', { file: { fresh: true } }],
  ['a file that is a list', { file: [] }],
  ['port 0', { args: ['--hub-port', '0'] }],
  ['a port that is too high', { environment: { MORTISE_DOOR_PORT: '65536' } }],
  ['a port that is no number', { args: ['--hub-port', '80a'] }],
  ['an empty port', { environment: { MORTISE_HUB_PORT: '' } }],
  ['a fraction of a port', { file: { hubPort: 80.5 } }],
  ['a port that is nothing', { file: { hubPort: null } }],
  ['a port that is true', { file: { hubPort: true } }],
  ['the same port for hub and door', { args: ['--hub-port', '9', '--door-port', '9'] }],
  ['an empty data folder', { args: ['--data', ''] }],
  ['an origin that is no address', { args: ['--origin', 'home.test'] }],
  ['an origin with a path', { args: ['--origin', 'https://home.test/app'] }],
]
for (const [name, source] of bad) {
  test(`refuses ${name}`, (context) => {
    assert.throws(() => read(context, source), { code: 'badSettings', blame: 'caller' })
  })
}

test('refuses a file that is not there, or is no JSON', (context) => {
  const missing = ['--config', join(tmpdir(), 'mortise-not-there.json')]
  assert.throws(() => readStartRequest(missing, {}), { code: 'badSettings' })
  const broken = ['--config', settingsFile(context, '{')]
  assert.throws(() => readStartRequest(broken, {}), { code: 'badSettings' })
})

test('help comes first, whatever else is wrong', () => {
  assert.deepEqual(readStartRequest(['--help'], { MORTISE_HUB_PORT: 'x' }), { type: 'help' })
})
