import assert from 'node:assert/strict'
import test from 'node:test'
import { createLastSeen } from '#hub/shell/last-seen.ts'
import { createManualClock } from '#hub/testing/manual-clock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestContext } from 'node:test'
import type { Session, Store } from '#hub/ports/store.ts'

async function open(context: TestContext, touch?: Store['touchSession']) {
  const written: [string, number][] = []
  const clock = createManualClock(0)
  const touchSession: Store['touchSession'] = async (id, atMs) => void written.push([id, atMs])
  const { store } = (await openTestHub(context)).services
  const logged: string[] = []
  const lastSeen = createLastSeen({
    store: { ...store, touchSession: touch ?? touchSession },
    clock,
    log: { write: (_level, event) => void logged.push(event) },
  })
  return { lastSeen, clock, written, logged }
}

const session: Session = {
  id: 'a',
  accountId: 'b',
  kind: 'device',
  createdAtMs: 0,
  lastSeenAtMs: 0,
}

test('is known at once and written later, as the instant of the use', async (context) => {
  const { lastSeen, clock, written } = await open(context)
  lastSeen.note('a', 5)
  assert.equal(lastSeen.overlay(session).lastSeenAtMs, 5)
  assert.deepEqual(written, [])
  clock.advance(60_000)
  await lastSeen.settled()
  assert.deepEqual(written, [['a', 5]])
  assert.equal(lastSeen.overlay(session).lastSeenAtMs, 0)
})

test('the end writes what is left, once, and the newest', async (context) => {
  const { lastSeen, clock, written } = await open(context)
  lastSeen.note('a', 5)
  lastSeen.note('a', 6)
  await lastSeen.settled()
  clock.advance(60_000)
  await lastSeen.settled()
  assert.deepEqual(written, [['a', 6]])
})

test('a store that does not take it is logged and harms nobody', async (context) => {
  const { lastSeen, logged } = await open(context, () => Promise.reject(new Error('full')))
  lastSeen.note('a', 5)
  await lastSeen.settled()
  assert.deepEqual(logged, ['lastSeenUnwritten'])
})
