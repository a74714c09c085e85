import assert from 'node:assert/strict'
import test from 'node:test'
import { createRestClient } from '@mortise/protocol/rest'
import { listLocks } from './door.ts'

const key = 'A'.repeat(43)
const lockId = (digit: string) => digit.repeat(64)

function listed(digit: string) {
  const standing = { claimed: true, online: true, sinceMs: 1, policyVersion: 1 }
  return { lockId: lockId(digit), lockKey: key, sealingKey: key, ...standing }
}

/** A hub that answers `after` with a page of one lock and says where the next one begins. */
function hubWith(pages: Readonly<Record<string, string | undefined>>) {
  const asked: string[] = []
  const client = createRestClient(async (url) => {
    const after = new URL(url).searchParams.get('after')?.[0] ?? 'start'
    asked.push(after)
    const digit = pages[after]
    const next = digit === undefined ? {} : { next: lockId(digit) }
    const text = JSON.stringify({ locks: [listed(digit ?? 'f')], ...next })
    return { status: 200, text: async () => text }
  }, 'http://hub.test')
  return { client, asked }
}

test('reads every page of locks', async () => {
  const { client, asked } = hubWith({ start: '1', 1: '2', 2: undefined })
  const ids = (await listLocks(client)).map((lock) => lock.lockId[0])
  assert.deepEqual(ids, ['1', '2', 'f'])
  assert.deepEqual(asked, ['start', '1', '2'])
})

const circles = {
  'repeats itself': { start: '1', 1: '1' },
  'goes round': { start: '1', 1: '2', 2: '3', 3: '1' },
  'goes back': { start: '2', 2: '1', 1: '2' },
}
for (const [what, pages] of Object.entries(circles)) {
  test(`leaves a hub that ${what}`, { timeout: 5_000 }, async () => {
    const { client, asked } = hubWith(pages)
    await listLocks(client)
    assert.ok(asked.length <= 4)
  })
}
