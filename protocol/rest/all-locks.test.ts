import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listAllLocks } from './all-locks.ts'
import type { RouteAnswer } from './client.ts'
import { lockPageMax } from './routes.ts'

type Lock = RouteAnswer<'getLock'>

const lockAt = (index: number): Lock => {
  const id = index.toString(16).padStart(64, '0')
  const lockKey = new Uint8Array(32)
  return {
    lockId: id,
    claimed: false,
    lockKey,
    sealingKey: lockKey,
    online: true,
    sinceMs: 0,
    policyVersion: 0,
  }
}

/** A hub with locks 0 to `count` - 1, that counts how often it was asked. */
function hubOf(count: number, isRound = false) {
  const all = Array.from({ length: count }, (_, index) => lockAt(index))
  const asked: (string | undefined)[] = []
  const listLocks = ({ after }: { after?: string | undefined } = {}) => {
    asked.push(after)
    const rest = all.filter(({ lockId }) => after === undefined || lockId > after)
    const locks = rest.slice(0, lockPageMax)
    const next = isRound
      ? lockAt(0).lockId
      : locks.length < rest.length
        ? locks.at(-1)?.lockId
        : undefined
    return Promise.resolve({ locks, ...(next === undefined ? {} : { next }) })
  }
  return { all, asked, client: { listLocks } }
}

test('every lock of an account comes, page by page, each once', async () => {
  for (const count of [0, 1, 99, 100, 101, 200, 250]) {
    const { all, client } = hubOf(count)
    assert.deepEqual(await listAllLocks(client), all, `${count} locks`)
    assert.deepEqual(await listAllLocks(client, all.slice(0, lockPageMax)), all, `${count} locks`)
  }
})

test('a session with all of them asks no more', async () => {
  const { all, asked, client } = hubOf(99)
  await listAllLocks(client, all)
  assert.deepEqual(asked, [])
})

test('a hub that goes round in circles keeps nobody for ever', async () => {
  const { asked, client } = hubOf(3, true)
  await listAllLocks(client)
  assert.equal(asked.length, 2)
})
