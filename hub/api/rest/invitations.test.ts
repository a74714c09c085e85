import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { hubLimits } from '@mortise/hub-core'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { concatBytes, fromHex, labelled } from '@mortise/protocol/wire'
import type { Binding, Invitation, Policy } from '@mortise/protocol/words'
import { codeOf, openBrowser } from '#hub/testing/browser.ts'
import { eventually } from '#hub/testing/eventually.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock, deviceCredential, fakeUser } from '#hub/testing/fake-lock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

const hour = 3_600_000
const reply = Uint8Array.of(4)
const sealed = Uint8Array.of(1, 2, 3)

/** A hub with one lock that has one open invitation, and a browser of a stranger. */
async function openInvited(context: Pick<TestContext, 'after'>) {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  link.answerRequests(reply)
  const guest = fakeUser('guest', [])
  const seed = new Uint8Array(randomBytes(32))
  const invitation: Invitation = {
    id: new Uint8Array(randomBytes(16)),
    userId: guest.id,
    ticketPublicKey: nodeSealCrypto.ed25519PublicKey(seed),
    notAfterMs: hub.clock.nowMs() + hour,
  }
  const report = async (change: Partial<Policy>, bindings: readonly Binding[] = []) => {
    const policy = { users: [guest], invitations: [invitation], ...change }
    link.send({ type: 'policy', signed: lock.signedReport(policy, bindings) })
    await eventually(async () => {
      const found = await hub.services.store.findLock(lock.id)
      return found?.report?.version === (change.version ?? 1)
    })
  }
  await report({})
  const { client } = openBrowser(hub)
  return { hub, lock, link, guest, seed, invitation, report, client }
}

type Invited = Awaited<ReturnType<typeof openInvited>>
type Bend = { readonly lockId?: string; readonly seed?: Uint8Array; readonly input?: Uint8Array }

async function enter({ client, lock, seed, invitation }: Invited, bend: Bend = {}) {
  const { nonce } = await client.beginInvitation({})
  const lockId = bend.lockId ?? lock.id
  const input =
    bend.input ?? ticketEntryInput(nonce, fromHex(lockId) ?? new Uint8Array(), invitation.id)
  const signature = nodeSealCrypto.signEd25519(bend.seed ?? seed, input)
  return client.enterInvitation({ nonce, lockId, invitationId: invitation.id, signature })
}

test('the holder of a ticket reaches that lock, and nothing else', async (context) => {
  const invited = await openInvited(context)
  const { client, lock } = invited
  const { token } = await enter(invited)
  assert.deepEqual((await client.relayInvited({ token, sealed })).sealed, reply)
  const { request } = openBrowser(invited.hub)
  const { hub } = invited
  for (const path of ['', '/state', '/policy', '/events', '/../../session']) {
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { cookie: `__Host-session=${token}` },
    ]) {
      const answer = await request(`/api/v1/locks/${lock.id}${path}`, { headers })
      assert.equal(answer.status, 401, path)
    }
  }
  // The token is told to its holder alone.
  assert.ok(hub.logLines.every((line) => !line.includes(token)))
})

test('a nonce serves one entry', async (context) => {
  const invited = await openInvited(context)
  const { client, lock, seed, invitation } = invited
  const { nonce } = await client.beginInvitation({})
  const signature = nodeSealCrypto.signEd25519(
    seed,
    ticketEntryInput(nonce, lock.lockId, invitation.id),
  )
  const entry = { nonce, lockId: lock.id, invitationId: invitation.id, signature }
  assert.equal(await codeOf(client.enterInvitation(entry)), '')
  assert.equal(await codeOf(client.enterInvitation(entry)), 'nonceUnusable')
  const other = await client.beginSignIn({})
  const crossed = client.enterInvitation({ ...entry, nonce: other.nonce })
  assert.equal(await codeOf(crossed), 'nonceUnusable')
})

const wrong: readonly (readonly [string, (invited: Invited) => Bend])[] = [
  ['another key', () => ({ seed: new Uint8Array(randomBytes(32)) })],
  ['the label of a sign-in', () => ({ input: labelled('signIn', new Uint8Array(32)) })],
  ['the label of a command', () => ({ input: labelled('command', new Uint8Array(32)) })],
  ['a lock that is not here', () => ({ lockId: 'ab'.repeat(32) })],
  [
    'the signature without a label',
    ({ lock, invitation }) => ({ input: concatBytes(lock.lockId, invitation.id) }),
  ],
]
for (const [what, bend] of wrong) {
  test(`${what} lets nobody in, and tells nothing`, async (context) => {
    const invited = await openInvited(context)
    assert.equal(await codeOf(enter(invited, bend(invited))), 'invitationUnknown')
  })
}

const ends: readonly (readonly [string, string, (invited: Invited) => Promise<void> | void])[] = [
  [
    'used',
    'invitationUsed',
    async ({ report, guest, invitation, link }) => {
      const credential = deviceCredential({ publicKey: new Uint8Array(32).fill(3) })
      await report({ version: 2 }, [{ userId: guest.id, invitationId: invitation.id, credential }])
      assert.notEqual(link.received, undefined)
    },
  ],
  ['withdrawn', 'invitationUnknown', async ({ report }) => report({ version: 2, invitations: [] })],
  ['over', 'invitationExpired', ({ hub }) => hub.clock.set(hub.clock.nowMs() + hour)],
]
for (const [what, code, end] of ends) {
  test(`once the invitation is ${what}, its session ends and nobody enters`, async (context) => {
    const invited = await openInvited(context)
    const { token } = await enter(invited)
    await end(invited)
    assert.equal(await codeOf(invited.client.relayInvited({ token, sealed })), 'notSignedIn')
    assert.equal(await codeOf(enter(invited)), code)
  })
}

test('a session of a ticket is short, and the link lets its holder in again', async (context) => {
  const invited = await openInvited(context)
  const { hub, client } = invited
  const first = await enter(invited)
  hub.clock.set(hub.clock.nowMs() + hubLimits.ticketSessionLifeMs)
  assert.equal(await codeOf(client.relayInvited({ ...first, sealed })), 'notSignedIn')
  const second = await enter(invited)
  const third = await enter(invited)
  // One at a time: the newest.
  assert.equal(await codeOf(client.relayInvited({ token: second.token, sealed })), 'notSignedIn')
  assert.equal(await codeOf(client.relayInvited({ token: third.token, sealed })), '')
})

test('entries and requests are limited by address', async (context) => {
  const invited = await openInvited(context)
  const { token } = await enter(invited)
  const codes = new Set<string>()
  for (let count = 0; count < 30; count += 1) {
    codes.add(await codeOf(invited.client.relayInvited({ token, sealed })))
  }
  assert.deepEqual([...codes], ['', 'rateLimited'])
  const entries = new Set<string>()
  for (let count = 0; count < 20; count += 1) {
    entries.add(await codeOf(enter(invited, { seed: new Uint8Array(32).fill(count) })))
  }
  assert.deepEqual([...entries], ['invitationUnknown', 'rateLimited'])
})
