import assert from 'node:assert/strict'
import test from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { openHub } from '#hub/index.ts'
import type { Store } from '#hub/ports/store.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock } from '#hub/testing/fake-lock.ts'
import { openTestHub, temporaryFolder } from '#hub/testing/test-hub.ts'

/** A store that takes some turns to say that a lock left, and tells in which order things ended. */
function slowStore(ended: string[]): (store: Store) => Store {
  return (store) => ({
    ...store,
    saveSince: async (lockId, online, sinceMs) => {
      for (let turns = 0; turns < 20; turns += 1) await turn()
      await store.saveSince(lockId, online, sinceMs)
      ended.push(online ? 'came' : 'left')
    },
    close: async () => {
      ended.push('closed')
      await store.close()
    },
  })
}

test('an orderly end waits until it is stored that the locks left', async (context) => {
  const ended: string[] = []
  const hub = await openTestHub(context, { wrapStore: slowStore(ended) })
  await connectLock(hub, createFakeLock())
  await hub.close()
  assert.deepEqual(ended, ['came', 'left', 'closed'])
  assert.deepEqual(
    hub.logLines.filter((line) => line.includes('linkFailed')),
    [],
  )
})

test('closing again waits for the same end', async (context) => {
  const ended: string[] = []
  const data = temporaryFolder(context)
  const hub = await openHub({ data, wrapStore: slowStore(ended) })
  await Promise.all([hub.close(), hub.close()])
  await hub.close()
  assert.deepEqual(ended, ['closed'])
})
