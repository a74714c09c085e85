import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { CliError } from '#cli/errors.ts'
import { hubOrigin } from './address.ts'

suite('hubOrigin', () => {
  const table: readonly (readonly [address: string, origin: string | undefined])[] = [
    ['https://hub.example', 'https://hub.example'],
    ['https://hub.example:8443/app/', 'https://hub.example:8443'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://door.localhost', 'http://door.localhost'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://hub.example', undefined],
    ['http://127.0.0.1.example', undefined],
    ['http://localhost.example', undefined],
    ['https://user:secret@hub.example', undefined],
    ['ftp://hub.example', undefined],
    ['hub.example', undefined],
    ['', undefined],
  ]
  for (const [address, origin] of table) {
    test(`${address} is ${origin ?? 'refused'}`, () => {
      if (origin !== undefined) assert.equal(hubOrigin(address, false), origin)
      else {
        assert.throws(
          () => hubOrigin(address, false),
          (error) => error instanceof CliError && !error.message.includes('secret'),
        )
      }
    })
  }

  test('http to another machine is allowed by its own flag only', () => {
    assert.equal(hubOrigin('http://hub.example', true), 'http://hub.example')
  })
})
