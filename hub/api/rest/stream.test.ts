import assert from 'node:assert/strict'
import test from 'node:test'
import { openBrowser, signInWith } from '#hub/testing/browser.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { fakeUser, passkeyCredential } from '#hub/testing/fake-lock.ts'
import { openStream } from '#hub/testing/stream-reader.ts'
import { openWorld } from '#hub/testing/world.ts'

test('tells members what happens, guests less, and strangers nothing', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  const owner = await openStream(browsers.owner)
  const guest = await openStream(browsers.guest)
  const others = await Promise.all(
    (['upcoming', 'ended', 'disabled', 'stranger', 'neighbour'] as const).map((person) =>
      openStream(browsers[person]),
    ),
  )
  const signed = new Uint8Array(lock.signedState({ lockState: 'unlocked' }))
  link.send({ type: 'state', signed })
  lock.append(2)
  link.send(lock.upload(6))
  assert.deepEqual((await owner.next('state')).signed, signed)
  assert.deepEqual((await guest.next('state')).signed, signed)
  assert.equal((await owner.next('journal')).lastSequence, 7)
  await link.close()
  assert.equal((await owner.next('presence')).online, false)
  assert.equal((await guest.next('presence')).lockId, lock.id)
  // Whoever hears of the end has heard everything before it.
  assert.deepEqual(guest.events, [])
  const [upcoming, ...rest] = others
  assert.equal((await upcoming?.next('presence'))?.online, false)
  assert.deepEqual(upcoming?.events, [])
  for (const other of rest) assert.deepEqual(other.events, [])
  for (const reader of [owner, guest, ...others]) reader.stop()
})

test('tells whoever gains or loses a lock', async (context) => {
  const { lock, link, browsers, passkeys } = await openWorld(context)
  const owner = await openStream(browsers.owner)
  const stranger = await openStream(browsers.stranger)
  const users = [fakeUser('owner', [passkeyCredential(passkeys.stranger)])]
  link.send({ type: 'policy', signed: lock.signedReport({ version: 3, users }) })
  await stranger.next('locks')
  await owner.next('locks')
  assert.equal((await stranger.next('policy')).version, 3)
  assert.deepEqual(owner.events, [])
  owner.stop()
  stranger.stop()
})

test('tells of a lock that comes back', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  const owner = await openStream(browsers.owner)
  await link.close()
  assert.equal((await owner.next('presence')).online, false)
  hub.clock.set(hub.clock.nowMs() + 5_000)
  await connectLock(hub, lock)
  const { online, sinceMs } = await owner.next('presence')
  assert.deepEqual([online, sinceMs], [true, hub.clock.nowMs()])
  owner.stop()
})

test('beats, and ends with the session', async (context) => {
  const { hub, browsers, passkeys } = await openWorld(context)
  const second = openBrowser(hub)
  await signInWith(second, passkeys.owner)
  const ending = await openStream(second)
  const staying = await openStream(browsers.owner)
  hub.clock.advance(20_000)
  await ending.next('heartbeat')
  await staying.next('heartbeat')
  await browsers.owner.client.endOtherSessions()
  await ending.ended()
  hub.clock.advance(20_000)
  await staying.next('heartbeat')
  await browsers.owner.client.signOut({})
  await staying.ended()
})

test('ends when the session has ended by time', async (context) => {
  const { hub, browsers } = await openWorld(context)
  const reader = await openStream(browsers.stranger)
  hub.clock.set(hub.clock.nowMs() + 91 * 24 * 3_600_000)
  hub.clock.advance(20_000)
  await reader.ended()
})

test('ends when the session made room for another, or ended before the stream had begun', async (context) => {
  const { hub, browsers } = await openWorld(context)
  const reader = await openStream(browsers.stranger)
  const { account, session } = await browsers.stranger.client.getSession()
  assert.ok(await hub.services.store.endSession(account.id, session.id))
  hub.clock.advance(20_000)
  await reader.ended()
})

test('an eleventh stream of an account ends its first', async (context) => {
  const { browsers } = await openWorld(context)
  const readers = []
  for (let index = 0; index < 11; index += 1) readers.push(await openStream(browsers.stranger))
  await readers[0]?.ended()
  for (const reader of readers) reader.stop()
})

test('ends when the hub closes', async (context) => {
  const { hub, browsers } = await openWorld(context)
  const reader = await openStream(browsers.owner)
  await hub.close()
  await reader.ended()
})
