import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { RestErrorCode } from '@mortise/protocol/rest'
import { createRestClient, restErrorStatus } from '@mortise/protocol/rest'
import type { KeyholderErrorCode } from './error-codes.ts'
import { hubPortOver } from './hub-port.ts'
import { rejectsWith } from './testing/expect.ts'

const lockId = new Uint8Array(32)

function hubAnswering(status: number, body: string) {
  const asked: string[] = []
  const client = createRestClient((url) => {
    asked.push(url)
    return Promise.resolve({ status, text: () => Promise.resolve(body) })
  }, 'https://hub.example')
  return { port: hubPortOver(client), asked }
}

const expected: Partial<Record<RestErrorCode, KeyholderErrorCode>> = {
  notSignedIn: 'signedOut',
  rateLimited: 'tooManyRequests',
  notAllowed: 'notAllowedByHub',
  notYetValid: 'notAllowedByHub',
  notFound: 'notAllowedByHub',
  invitationUnknown: 'invitationUnknown',
  invitationUsed: 'invitationUsed',
  invitationExpired: 'invitationOver',
  lockOffline: 'lockOffline',
  lockTimeout: 'noAnswer',
  lockBusy: 'lockBusy',
  lockCannotRead: 'requestUndeliverable',
  internal: 'hubUnreachable',
}

suite('hubPortOver', () => {
  for (const [code, meaning] of Object.entries(expected)) {
    test(`${code} means ${meaning}`, async () => {
      const status = Object.entries(restErrorStatus).find(([name]) => name === code)?.[1] ?? 500
      const { port } = hubAnswering(status, JSON.stringify({ code, message: 'm' }))
      await rejectsWith(port.relay(lockId, new Uint8Array(1)), meaning)
    })
  }

  test('a proxy that answers in the place of the hub is no answer', async () => {
    const { port } = hubAnswering(502, '<html>')
    await rejectsWith(port.relay(lockId, new Uint8Array(1)), 'hubUnreachable')
  })

  test('reads pages below a sequence', async () => {
    const { port, asked } = hubAnswering(200, JSON.stringify({ entries: ['AQ'], next: 4 }))
    assert.deepEqual(await port.historyPage(lockId, 5), { entries: [Uint8Array.of(1)], more: true })
    assert.match(asked[0] ?? '', /\/events\?before=5$/)
  })
})
