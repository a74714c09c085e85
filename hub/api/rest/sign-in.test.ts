import assert from 'node:assert/strict'
import test from 'node:test'
import { RestError } from '@mortise/protocol/rest'
import { codeOf, openBrowser, setUpWith, signInWith } from '#hub/testing/browser.ts'
import { createFakeDevice } from '#hub/testing/fake-device.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import {
  createFakeLock,
  deviceCredential,
  fakeUser,
  passkeyCredential,
} from '#hub/testing/fake-lock.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import type { CeremonyBend } from '#hub/testing/fake-passkey.ts'
import { eventually } from '#hub/testing/eventually.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestHub } from '#hub/testing/test-hub.ts'
import type { Credential, User } from '@mortise/protocol/words'

async function hubWithAccount(context: Parameters<typeof openTestHub>[0]) {
  const hub = await openTestHub(context)
  const passkey = createFakePasskey(hub.origin, 'localhost')
  const first = await setUpWith(openBrowser(hub), passkey, await hub.makeSetupLink())
  return { hub, passkey, first }
}

/** A lock whose signed report names these credentials. */
async function addLock(
  hub: TestHub,
  credentials: readonly Credential[],
  change: Partial<User> = {},
  lock = createFakeLock(),
) {
  const link = await connectLock(hub, lock)
  // A few credentials to a user, as the protocol has it.
  const users = credentials.map((credential) =>
    fakeUser('owner', [credential], { name: 'Grace', ...change }),
  )
  link.send({ type: 'policy', signed: lock.signedReport({ users }) })
  await eventually(async () => (await hub.services.store.findLock(lock.id))?.report)
  return lock
}

test('signs in with the passkey of the account, each time into a new session', async (context) => {
  const { hub, passkey, first } = await hubWithAccount(context)
  const browser = openBrowser(hub)
  const signedIn = await signInWith(browser, passkey)
  assert.equal(signedIn.account.id, first.account.id)
  assert.notEqual(signedIn.session.id, first.session.id)
})

const bends: readonly (readonly [string, CeremonyBend])[] = [
  ['of another origin', { origin: 'https://evil.example' }],
  ['of another relying party', { relyingPartyId: 'evil.example' }],
  ['without user verification', { flags: 0x01 }],
  ['without user presence', { flags: 0x04 }],
  ['of a registration', { type: 'webauthn.create' }],
  ['over another challenge', { challenge: new Uint8Array(32) }],
  ['made inside a frame', { crossOrigin: true }],
]
for (const [name, bend] of bends) {
  test(`refuses an assertion ${name}`, async (context) => {
    const { hub, passkey } = await hubWithAccount(context)
    const { client } = openBrowser(hub)
    const { nonce } = await client.beginSignIn({})
    const proof = { nonce, ...passkey.assert(nonce, bend) }
    assert.equal(await codeOf(client.finishSignIn(proof)), 'signInFailed')
    assert.equal(await codeOf(client.finishSignIn(proof)), 'nonceUnusable')
  })
}

test('answers an unknown passkey and a wrong signature alike', async (context) => {
  const { hub, passkey } = await hubWithAccount(context)
  const answer = async (proof: (nonce: Uint8Array) => ReturnType<typeof passkey.assert>) => {
    const browser = openBrowser(hub)
    const { nonce } = await browser.client.beginSignIn({})
    try {
      await browser.client.finishSignIn({ nonce, ...proof(nonce) })
      return undefined
    } catch (error) {
      assert.ok(error instanceof RestError)
      const { code, status, message, nextStep } = error
      return { code, status, message, nextStep }
    }
  }
  const stranger = createFakePasskey(hub.origin, 'localhost')
  const unknown = await answer((nonce) => stranger.assert(nonce))
  const forged = await answer((nonce) => ({
    ...stranger.assert(nonce),
    passkeyId: passkey.passkeyId,
  }))
  assert.notEqual(unknown, undefined)
  assert.deepEqual(unknown, forged)
})

test('a nonce serves once, also for the right passkey', async (context) => {
  const { hub, passkey } = await hubWithAccount(context)
  const { client } = openBrowser(hub)
  const { nonce } = await client.beginSignIn({})
  assert.equal(await codeOf(client.finishSignIn({ nonce, ...passkey.assert(nonce) })), '')
  const again = client.finishSignIn({ nonce, ...passkey.assert(nonce) })
  assert.equal(await codeOf(again), 'nonceUnusable')
})

test('a nonce does not outlive the process that made it', async (context) => {
  const { hub, passkey } = await hubWithAccount(context)
  const { nonce } = await openBrowser(hub).client.beginSignIn({})
  const again = await hub.restart()
  const { client } = openBrowser(again)
  const finish = client.finishSignIn({ nonce, ...passkey.assert(nonce) })
  assert.equal(await codeOf(finish), 'nonceUnusable')
})

test('lets in whom a lock names, with an account of their own', async (context) => {
  const { hub, first } = await hubWithAccount(context)
  const phone = createFakePasskey(hub.origin, 'localhost')
  const lock = await addLock(hub, [passkeyCredential(phone)])
  const browser = openBrowser(hub)
  const signedIn = await signInWith(browser, phone)
  assert.equal(signedIn.account.name, 'Grace')
  assert.notEqual(signedIn.account.id, first.account.id)
  const again = await signInWith(openBrowser(hub), phone)
  assert.equal(again.account.id, signedIn.account.id)
  const { locks } = await browser.client.listLocks()
  assert.deepEqual(
    locks.map(({ lockId }) => lockId),
    [lock.id],
  )
})

const shut: readonly (readonly [string, Partial<User>])[] = [
  ['disabled', { userStatus: 'occupiedDisabled' }],
  ['over', { validity: { notBeforeMs: 0, notAfterMs: 1 } }],
]
for (const [name, change] of shut) {
  test(`makes no account for whom a lock names as ${name}`, async (context) => {
    const { hub } = await hubWithAccount(context)
    const phone = createFakePasskey(hub.origin, 'localhost')
    await addLock(hub, [passkeyCredential(phone)], change)
    assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), 'signInFailed')
  })
}

test('an owner who writes the passkey id of somebody else gets no account of theirs', async (context) => {
  const { hub, passkey, first } = await hubWithAccount(context)
  const copy = createFakePasskey(hub.origin, 'localhost', passkey.passkeyId)
  await addLock(hub, [passkeyCredential(copy)])
  const intruder = await signInWith(openBrowser(hub), copy)
  assert.notEqual(intruder.account.id, first.account.id)
  const owner = await signInWith(openBrowser(hub), passkey)
  assert.equal(owner.account.id, first.account.id)
})

test('an owner who writes his key beside that of somebody else gets no account of theirs', async (context) => {
  const { hub, passkey, first } = await hubWithAccount(context)
  const intruder = createFakePasskey(hub.origin, 'localhost')
  await addLock(hub, [passkeyCredential(passkey), passkeyCredential(intruder)])
  const signedIn = await signInWith(openBrowser(hub), intruder)
  assert.notEqual(signedIn.account.id, first.account.id)
})

test('a program signs in with a device key that a lock names', async (context) => {
  const { hub } = await hubWithAccount(context)
  const device = createFakeDevice()
  const { client } = openBrowser(hub)
  const proof = async (label: 'signIn' | 'registration') => {
    const { nonce } = await client.beginSignIn({})
    return { nonce, publicKey: device.publicKey, signature: device.sign(label, nonce) }
  }
  assert.equal(await codeOf(client.signInDevice(await proof('signIn'))), 'signInFailed')
  await addLock(hub, [deviceCredential(device)])
  assert.equal(await codeOf(client.signInDevice(await proof('registration'))), 'signInFailed')
  const good = await proof('signIn')
  const { token, account } = await client.signInDevice(good)
  assert.equal(account.name, 'Grace')
  assert.equal(Buffer.from(token, 'base64url').length, 32)
  assert.equal(await codeOf(client.signInDevice(good)), 'nonceUnusable')
})

test('a hub that lost its database lets people back in once a lock has reported', async (context) => {
  const hub = await openTestHub(context)
  const phone = createFakePasskey(hub.origin, 'localhost')
  assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), 'signInFailed')
  await addLock(hub, [passkeyCredential(phone)])
  assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), '')
  assert.equal(await hub.makeSetupLink(), undefined)
})

/** Two locks in the order of their ids, which whoever makes a lock can choose. */
function locksInOrder() {
  return [createFakeLock(), createFakeLock()].toSorted((left, right) =>
    left.id < right.id ? -1 : 1,
  )
}

/** Many keys of somebody else, all under the passkey id of one person. */
function pretenders(hub: TestHub, passkeyId: Uint8Array) {
  return Array.from({ length: 40 }, () => createFakePasskey(hub.origin, 'localhost', passkeyId))
}

test('a lock that claims a passkey id many times keeps its holder out of nothing', async (context) => {
  const hub = await openTestHub(context)
  const phone = createFakePasskey(hub.origin, 'localhost')
  const crowd = pretenders(hub, phone.passkeyId).map((key) => passkeyCredential(key))
  const [early, late] = locksInOrder()
  await addLock(hub, crowd, {}, early)
  await addLock(hub, [passkeyCredential(phone)], {}, late)
  assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), '')
})

test('guests who claim the passkey id of an owner keep nobody out', async (context) => {
  const hub = await openTestHub(context)
  const phone = createFakePasskey(hub.origin, 'localhost')
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  const guests = pretenders(hub, phone.passkeyId).map((key) =>
    fakeUser('guest', [passkeyCredential(key)]),
  )
  const users = [...guests, fakeUser('owner', [passkeyCredential(phone)])]
  link.send({ type: 'policy', signed: lock.signedReport({ users }) })
  await eventually(async () => (await hub.services.store.findLock(lock.id))?.report)
  assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), '')
})

test('accounts made under the passkey id of somebody else keep nobody out', async (context) => {
  const { hub, passkey, first } = await hubWithAccount(context)
  hub.clock.advance(1)
  const crowd = pretenders(hub, passkey.passkeyId).slice(0, 20)
  for (const [index, key] of crowd.entries()) {
    // One at a time, as an owner does who changes the policy of his own lock again and again.
    const credentials = [passkeyCredential(key)]
    await addLock(hub, credentials)
    assert.equal(await codeOf(signInWith(openBrowser(hub), key)), '', `pretender ${index}`)
    hub.clock.advance(10_000)
  }
  const signedIn = await signInWith(openBrowser(hub), passkey)
  assert.equal(signedIn.account.id, first.account.id)
})

test('locks that name a key as disabled keep its holder out of nothing', async (context) => {
  const hub = await openTestHub(context)
  const phone = createFakePasskey(hub.origin, 'localhost')
  const copies = Array.from({ length: 20 }, () => passkeyCredential(phone))
  const [early, late] = locksInOrder()
  await addLock(hub, copies, { userStatus: 'occupiedDisabled' }, early)
  await addLock(hub, [passkeyCredential(phone)], {}, late)
  assert.equal(await codeOf(signInWith(openBrowser(hub), phone)), '')
})
