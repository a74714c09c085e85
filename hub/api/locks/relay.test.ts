import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import { toBase64Url } from '@mortise/protocol/wire'
import { codeOf } from '#hub/testing/browser.ts'
import { openWorld } from '#hub/testing/world.ts'

test('hands sealed bytes through unchanged, both ways, the largest too', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  for (const size of [1, 300, 4 * 1024 * 1024]) {
    const sealed = new Uint8Array(size).fill(7)
    const answer = browsers.owner.client.relay({ lockId: lock.id, sealed })
    const request = await link.next('request')
    assert.deepEqual(request.sealed, sealed)
    const reply = new Uint8Array(randomBytes(500))
    link.send({ type: 'reply', id: request.id, sealed: reply })
    assert.deepEqual((await answer).sealed, reply)
  }
})

test('questions of several people get each their own answer', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  const people = ['owner', 'manager', 'resident', 'guest'] as const
  const answers = people.map((person, index) =>
    browsers[person].client.relay({ lockId: lock.id, sealed: Uint8Array.of(index) }),
  )
  const requests = []
  for (const _ of people) requests.push(await link.next('request'))
  for (const { id, sealed } of requests.toReversed()) link.send({ type: 'reply', id, sealed })
  for (const [index, answer] of answers.entries()) {
    assert.deepEqual((await answer).sealed, Uint8Array.of(index))
  }
})

const refusals = [
  ['unsealable', 'lockCannotRead'],
  ['malformed', 'lockCannotRead'],
  ['busy', 'lockBusy'],
] as const
for (const [reason, code] of refusals) {
  test(`says ${code} when the lock says ${reason}`, async (context) => {
    const { lock, link, browsers } = await openWorld(context)
    const answer = codeOf(
      browsers.owner.client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }),
    )
    const { id } = await link.next('request')
    link.send({ type: 'undeliverable', id, reason })
    assert.equal(await answer, code)
  })
}

test('nothing waits for a lock that is away', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  await link.close()
  const { client } = browsers.owner
  const relay = () => codeOf(client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }))
  while ((await client.getState({ lockId: lock.id })).online) continue
  assert.equal(await relay(), 'lockOffline')
  assert.equal((await client.getLock({ lockId: lock.id })).online, false)
  assert.equal(hub.services.links.find(lock.id), undefined)
})

test('a lock that goes while it is asked leaves no one waiting, and may have acted', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  const answer = codeOf(browsers.owner.client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }))
  await link.next('request')
  link.socket.terminate()
  assert.equal(await answer, 'lockTimeout')
})

test('gives up after twenty seconds, and drops an answer that comes later', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  const { client } = browsers.owner
  const answer = codeOf(client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }))
  const { id } = await link.next('request')
  hub.clock.advance(20_000)
  assert.equal(await answer, 'lockTimeout')
  link.send({ type: 'reply', id, sealed: Uint8Array.of(2) })
  link.answerRequests(Uint8Array.of(3))
  const next = await client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) })
  assert.deepEqual(next.sealed, Uint8Array.of(3))
})

test('one person cannot fill the queue of a lock', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  const ask = (person: 'owner' | 'manager') =>
    browsers[person].client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) })
  const first = Array.from({ length: 8 }, () => codeOf(ask('owner')))
  for (let index = 0; index < 8; index += 1) await link.next('request')
  assert.equal(await codeOf(ask('owner')), 'rateLimited')
  link.answerRequests(Uint8Array.of(2))
  assert.equal(await codeOf(ask('manager')), '')
  link.socket.terminate()
  assert.deepEqual(new Set(await Promise.all(first)), new Set(['lockTimeout']))
})

test('an answer of another lock to a question of this one is dropped', async (context) => {
  const { hub, lock, link, browsers, neighboursLock } = await openWorld(context)
  const answer = codeOf(browsers.owner.client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }))
  const { id } = await link.next('request')
  const other = hub.services.links.find(neighboursLock.id)
  assert.ok(other)
  hub.services.relay.answer(other, { type: 'reply', id, sealed: Uint8Array.of(66) })
  hub.clock.advance(20_000)
  assert.equal(await answer, 'lockTimeout')
})

test('neither log nor store sees what was sealed', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  const canary = new Uint8Array(randomBytes(64))
  link.answerRequests(canary)
  await browsers.owner.client.relay({ lockId: lock.id, sealed: canary })
  assert.ok(!hub.logLines.join('').includes(toBase64Url(canary)))
})
