import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { lockHelp, readLockRequest } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'mortise-config-'))
after(() => rmSync(folder, { recursive: true }))
let count = 0

function file(content: string): string {
  count += 1
  const path = join(folder, `${count}.json`)
  writeFileSync(path, content)
  return path
}

const DEFAULTS = {
  data: './data/lock',
  hubFile: undefined,
  door: 'virtual',
  doorPort: 8091,
  doorTravelMs: 650,
  requestsPerSecondMax: 200,
  factoryResetWaitSeconds: undefined,
}

interface Case {
  readonly what: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly json?: string
  readonly expected: object
}

const GOOD: readonly Case[] = [
  { what: 'nothing', expected: {} },
  { what: 'a flag', args: ['--data', 'd'], expected: { data: 'd' } },
  { what: 'a flag with =', args: ['--data=a=b'], expected: { data: 'a=b' } },
  { what: 'a variable', environment: { MORTISE_LOCK_DATA: 'e' }, expected: { data: 'e' } },
  { what: 'the file', json: '{"data":"f","doorPort":0}', expected: { data: 'f', doorPort: 0 } },
  {
    what: 'flag before variable before file',
    args: ['--data', 'd'],
    environment: { MORTISE_LOCK_DATA: 'e', MORTISE_LOCK_HUB_FILE: 'e', OTHER: 'x' },
    json: '{"data":"f","hubFile":"f","doorPort":"9000"}',
    expected: { data: 'd', hubFile: 'e', doorPort: 9000 },
  },
  {
    what: 'everything',
    args: [
      '--door',
      'virtual',
      '--door-port',
      '1',
      '--door-travel-ms',
      '0',
      '--requests-per-second-max',
      '9',
    ],
    expected: { doorPort: 1, doorTravelMs: 0, requestsPerSecondMax: 9 },
  },
]

const BAD: readonly (Omit<Case, 'expected'> & { readonly says: RegExp })[] = [
  { what: 'an unknown flag', args: ['--date', 'd'], says: /argument 1 is no setting/ },
  { what: 'a flag of the hub', args: ['--data', 'd', '--port', '1'], says: /argument 3/ },
  { what: 'a bare word', args: ['data'], says: /argument 1/ },
  { what: 'a short flag', args: ['-d', 'x'], says: /argument 1/ },
  { what: 'a flag twice', args: ['--data', 'a', '--data=b'], says: /--data is given twice/ },
  { what: 'a flag without value', args: ['--data'], says: /--data needs a value/ },
  { what: 'an empty value', args: ['--data='], says: /--data is not usable/ },
  { what: 'no number', args: ['--door-port', 'x'], says: /--door-port .* 0 to 65535/ },
  { what: 'too large a number', args: ['--door-port', '65536'], says: /--door-port/ },
  { what: 'a fraction', args: ['--door-port', '1.5'], says: /--door-port/ },
  { what: 'a sign', args: ['--door-port', '+1'], says: /--door-port/ },
  { what: 'another door', args: ['--door', 'gpio'], says: /only door so far/ },
  {
    what: 'a bad variable',
    environment: { MORTISE_LOCK_DOOR_PORT: '' },
    says: /MORTISE_LOCK_DOOR_PORT is not usable/,
  },
  { what: 'no JSON', json: '{', says: /cannot be read as JSON/ },
  { what: 'a list', json: '[]', says: /is no JSON object/ },
  { what: 'an unknown name', json: '{"dataa":"x"}', says: /unknown setting "dataa"/ },
  { what: 'an inherited name', json: '{"constructor":"x"}', says: /unknown setting/ },
  { what: 'the file in the file', json: '{"config":"x"}', says: /unknown setting "config"/ },
  { what: 'a truth in the file', json: '{"data":true}', says: /neither a text nor a number/ },
]

function read({ args = [], environment = {}, json }: Omit<Case, 'what' | 'expected'>) {
  const more = json === undefined ? [] : ['--config', file(json)]
  return readLockRequest([...args, ...more], environment)
}

describe('settings', () => {
  for (const { what, expected, ...given } of GOOD) {
    test(what, () => {
      assert.deepEqual(read(given), { type: 'run', config: { ...DEFAULTS, ...expected } })
    })
  }

  for (const { what, says, ...given } of BAD) {
    test(`${what} is refused`, () => {
      assert.throws(
        () => read(given),
        (error) => {
          assert.ok(error instanceof MortiseError)
          assert.deepEqual([error.blame, error.code], ['caller', 'badSettings'])
          assert.match(error.message, says)
          return error.nextStep !== undefined
        },
      )
    })
  }

  test('a secret that was pasted as an argument is not repeated', () => {
    assert.throws(
      () => readLockRequest(['mortise-hub1.secret'], {}),
      (error) => error instanceof MortiseError && !error.message.includes('secret'),
    )
  })

  test('the file may be named by the environment', () => {
    const environment = { MORTISE_LOCK_CONFIG: file('{"data":"f"}') }
    assert.deepEqual(readLockRequest([], environment), {
      type: 'run',
      config: { ...DEFAULTS, data: 'f' },
    })
  })

  test('help wins, and names every setting', () => {
    assert.deepEqual(readLockRequest(['--help'], {}), { type: 'help' })
    for (const name of ['--data', '--hub-file', '--door-port', 'MORTISE_LOCK_HUB_FILE']) {
      assert.ok(lockHelp().includes(name))
    }
  })
})
