import assert from 'node:assert/strict'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { verifyNewestPolicy } from '@mortise/protocol/verify'
import { decodeHubText, stateMessage } from '@mortise/protocol/wire'
import { eventually } from '#hub/testing/eventually.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock, fakeUser } from '#hub/testing/fake-lock.ts'
import type { FakeLock } from '#hub/testing/fake-lock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

async function openLinked(context: TestContext) {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  /** Writes are made in order: once a new entry is acknowledged, all before it are done. */
  const settle = async (): Promise<void> => {
    lock.append(1)
    link.send(lock.upload())
    await link.next('acknowledge')
  }
  const record = async () => {
    await settle()
    return hub.services.store.findLock(lock.id)
  }
  return { hub, lock, link, record }
}

test('keeps the newest state, by boot and counter and not by arrival', async (context) => {
  const { lock, link, record } = await openLinked(context)
  const states = [
    [1, 5, true],
    [1, 4, false],
    [1, 5, false],
    [2, 1, true],
    [1, 9, false],
    [2, 2, true],
  ] as const
  for (const [boot, counter, isNewer] of states) {
    const signed = lock.signedState({ boot, counter })
    link.send({ type: 'state', signed })
    const state = (await record())?.state
    assert.equal(state?.boot === boot && state.counter === counter && isNewer, isNewer)
  }
})

test('a state that is still being stored holds up no entries', async (context) => {
  const written = Promise.withResolvers<void>()
  const hub = await openTestHub(context, {
    wrapStore: (store) => ({ ...store, saveState: () => written.promise }),
  })
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  lock.append(2)
  link.send({ type: 'state', signed: lock.signedState() })
  link.send(lock.upload())
  assert.equal((await link.next('acknowledge')).sequence, 2)
  written.resolve()
})

const badStates: readonly (readonly [string, (lock: FakeLock) => Uint8Array])[] = [
  ['signed by another lock', () => createFakeLock().signedState()],
  ['of another lock under this key', (lock) => lock.signedState({ lockId: new Uint8Array(32) })],
  ['signed as something else', (lock) => lock.sign('head', stateBody(lock))],
  ['that is none', (lock) => lock.sign('state', new Uint8Array([1]))],
  ['of loose bytes', () => new Uint8Array(40)],
]

function stateBody(lock: FakeLock): Uint8Array {
  return stateMessage.encode({
    v: 1,
    lockId: lock.lockId,
    boot: 1,
    counter: 1,
    timeMs: 1,
    timeCertain: true,
    claimed: false,
    policyVersion: 0,
    policyHash: new Uint8Array(32),
    sequence: 0,
    lockState: 'unlocked',
    doorState: 'doorOpen',
    moving: false,
    alarms: [],
    softwareVersion: '1',
  })
}

for (const [name, make] of badStates) {
  test(`never shows a state ${name}, and keeps the connection`, async (context) => {
    const { hub, lock, link, record } = await openLinked(context)
    link.send({ type: 'state', signed: make(lock) })
    assert.equal((await record())?.state, undefined)
    assert.ok(hub.logLines.some((line) => line.includes('stateRefused')))
    link.send({ type: 'state', signed: lock.signedState() })
    assert.notEqual((await record())?.state, undefined)
  })
}

test('never goes back to an older policy', async (context) => {
  const { lock, link, record } = await openLinked(context)
  const old = lock.signedReport({ version: 1, doorName: 'Old' })
  link.send({ type: 'policy', signed: old })
  link.send({ type: 'policy', signed: lock.signedReport({ version: 3, doorName: 'New' }) })
  link.send({ type: 'policy', signed: old })
  link.send({ type: 'policy', signed: lock.signedReport({ version: 2, doorName: 'Middle' }) })
  const found = await record()
  assert.deepEqual([found?.report?.version, found?.doorName], [3, 'New'])
})

test('takes a newer report of the same version, as after an accepted invitation', async (context) => {
  const { hub, lock, link, record } = await openLinked(context)
  const user = fakeUser('guest', [])
  const credential = {
    type: 'deviceKey',
    id: new Uint8Array(16).fill(3),
    createdAtMs: 1,
    name: 'Phone',
    publicKey: new Uint8Array(32).fill(4),
  } as const
  const binding = { userId: user.id, invitationId: new Uint8Array(16), credential }
  const before = lock.signedReport({ users: [user] })
  link.send({ type: 'policy', signed: before })
  link.send({ type: 'policy', signed: lock.signedReport({ users: [user] }, [binding]) })
  link.send({ type: 'policy', signed: before })
  await record()
  const [member] = await hub.services.store.findMembersByKey(credential.publicKey, 0, 2)
  assert.deepEqual(member?.userId, user.id)
})

const badReports: readonly (readonly [string, (lock: FakeLock) => Uint8Array])[] = [
  ['signed by another lock', () => createFakeLock().signedReport({})],
  ['with the policy of another lock', (lock) => lock.signedReport({ lockId: new Uint8Array(32) })],
  ['that is none', (lock) => lock.sign('policyReport', new Uint8Array([1]))],
]
for (const [name, make] of badReports) {
  test(`believes no policy report ${name}`, async (context) => {
    const { hub, lock, link, record } = await openLinked(context)
    link.send({ type: 'policy', signed: make(lock) })
    const found = await record()
    assert.deepEqual([found?.report, found?.doorName], [undefined, undefined])
    assert.ok(hub.logLines.some((line) => line.includes('policyRefused')))
  })
}

test('a lock that said goodbye or died is away, since the moment that the hub noticed', async (context) => {
  const { hub, lock, link } = await openLinked(context)
  await eventually(() => hub.services.links.find(lock.id))
  hub.clock.set(hub.clock.nowMs() + 5_000)
  await link.close()
  await eventually(async () => {
    const found = await hub.services.store.findLock(lock.id)
    return found?.sinceMs === hub.clock.nowMs()
  })
})

test('vouches for the newest policy that it knows, for one question of that lock', async (context) => {
  const { hub, lock, link, record } = await openLinked(context)
  const nonce = new Uint8Array(32).fill(7)
  link.send({ type: 'askNewest', nonce })
  await record()
  assert.ok(!link.received.some(({ type }) => type === 'newest'), 'it knows no policy yet')
  link.send({ type: 'policy', signed: lock.signedReport({ version: 5 }) })
  link.send({ type: 'askNewest', nonce })
  const { version, signature, nonce: answered } = await link.next('newest')
  assert.deepEqual(answered, nonce)
  const { hubKey } = decodeHubText((...parts) => nodeVerifyCrypto.sha256(...parts), hub.hubText)
  const word = { lockId: lock.lockId, version, nonce }
  assert.equal(verifyNewestPolicy(nodeVerifyCrypto, hubKey, word, signature), true)
  const later = { ...word, version: version + 1 }
  assert.equal(verifyNewestPolicy(nodeVerifyCrypto, hubKey, later, signature), false)
})
