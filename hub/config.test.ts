import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { helpText, readConfig } from '#hub/config.ts'
import { temporaryFolder } from '#hub/testing/test-hub.ts'

const folders = { current: '/srv/mortise', builtApp: '/srv/mortise/app/dist' }
const read = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  readConfig(args, environment, folders)

test('has a default for everything', () => {
  assert.deepEqual(read([]), {
    command: 'run',
    data: '/srv/mortise/data',
    host: '127.0.0.1',
    port: 8_080,
    appOrigins: [],
    appFolder: '/srv/mortise/app/dist',
    trustedProxies: 0,
    logLevel: 'info',
  })
})

test('takes flags before the environment before the file', (context) => {
  const folder = temporaryFolder(context)
  const file = join(folder, 'hub.json')
  writeFileSync(
    file,
    JSON.stringify({ port: 1, host: 'file', data: 'file', appOrigin: ['https://file.example'] }),
  )
  const environment = {
    MORTISE_HUB_PORT: '2',
    MORTISE_HUB_HOST: 'environment',
    MORTISE_HUB_CONFIG: 'hub.json',
    MORTISE_HUB_TRUSTED_PROXY: '1',
    UNRELATED: 'x',
  }
  const config = readConfig(['--port', '3'], environment, { ...folders, current: folder })
  assert.deepEqual(
    [config.port, config.host, config.data, config.appOrigins, config.trustedProxies],
    [3, 'environment', 'file', ['https://file.example'], 1],
  )
})

test('takes several app origins, by flags or with commas', () => {
  const origins = ['https://app.example.org', 'https://app2.example.org']
  const asFlags = origins.flatMap((origin) => ['--app-origin', origin])
  assert.deepEqual(read(asFlags).appOrigins, origins)
  assert.deepEqual(read([], { MORTISE_HUB_APP_ORIGIN: origins.join(',') }).appOrigins, origins)
})

test('serves no app when told so', () => {
  assert.equal(read(['--app-dir', 'none']).appFolder, undefined)
  assert.equal(read(['--app-dir', 'elsewhere']).appFolder, 'elsewhere')
})

test('knows its second command', () => {
  assert.equal(read(['setup-link', '--port', '9000']).command, 'setup-link')
})

const refused: readonly (readonly [
  string,
  readonly string[],
  Readonly<Record<string, string>>?,
])[] = [
  ['an unknown flag', ['--prot', '1']],
  ['a flag without a value', ['--port']],
  ['an unknown command', ['reset']],
  ['two commands', ['setup-link', 'run']],
  ['an unknown variable', [], { MORTISE_HUB_PROT: '1' }],
  ['a port that is none', ['--port', 'http']],
  ['a port out of range', ['--port', '70000']],
  ['a level that is none', ['--log-level', 'loud']],
  ['a file that is not there', ['--config', 'gone.json']],
  ['an origin with a path', ['--origin', 'https://hub.example/app']],
  ['an origin without a scheme', ['--origin', 'hub.example']],
  ['plain http away from localhost', ['--origin', 'http://hub.example']],
  ['plain http to an address', ['--origin', 'http://192.168.1.5:8080']],
  ['an app over plain http', ['--app-origin', 'http://app.example']],
  ['a relying party that is an address', ['--relying-party', '127.0.0.1']],
  [
    'a relying party elsewhere',
    ['--origin', 'https://hub.example', '--relying-party', 'other.example'],
  ],
  [
    'an app outside of the relying party',
    [
      '--origin',
      'https://hub.a.example',
      '--app-origin',
      'https://b.example',
      '--relying-party',
      'a.example',
    ],
  ],
]
for (const [name, args, environment] of refused) {
  test(`refuses ${name}, and says what to do`, () => {
    assert.throws(
      () => read(args, environment),
      (error: unknown) =>
        error instanceof Error &&
        'code' in error &&
        error.code === 'badConfiguration' &&
        'nextStep' in error &&
        typeof error.nextStep === 'string',
    )
  })
}

test('refuses unknown members of the file', (context) => {
  const folder = temporaryFolder(context)
  writeFileSync(join(folder, 'hub.json'), '{"prot":1}')
  const call = () => readConfig(['--config', 'hub.json'], {}, { ...folders, current: folder })
  assert.throws(call, { code: 'badConfiguration' })
})

const good: readonly (readonly string[])[] = [
  ['--origin', 'https://hub.example'],
  ['--origin', 'http://localhost:9000'],
  ['--origin', 'http://hub.localhost:9000'],
  ['--origin', 'https://hub.example', '--relying-party', 'hub.example'],
  [
    '--origin',
    'https://hub.a.example',
    '--app-origin',
    'https://app.a.example',
    '--relying-party',
    'a.example',
  ],
]
for (const args of good) {
  test(`takes ${args.join(' ')}`, () => {
    assert.equal(read(args).origin, args[1])
  })
}

test('explains every flag', () => {
  for (const flag of [
    '--data',
    '--port',
    '--host',
    '--origin',
    '--relying-party',
    '--app-origin',
    '--app-dir',
    '--trusted-proxy',
    '--log-level',
    '--config',
    'setup-link',
  ]) {
    assert.ok(helpText().includes(flag), flag)
  }
})
