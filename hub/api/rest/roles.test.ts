import assert from 'node:assert/strict'
import test from 'node:test'
import { routes } from '@mortise/protocol/rest'
import type { RestClient, RouteName } from '@mortise/protocol/rest'
import { codeOf, openBrowser } from '#hub/testing/browser.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock, fakeUser, passkeyCredential } from '#hub/testing/fake-lock.ts'
import { eventually } from '#hub/testing/eventually.ts'
import { openWorld, people } from '#hub/testing/world.ts'
import type { Person, World } from '#hub/testing/world.ts'

type Caller = Person | 'nobody'
const callers: readonly Caller[] = ['nobody', ...people]

/** Role matrix: for each route the code that each caller gets; '' is an answer. */
type Verdicts = Readonly<Record<Caller, string>>

const members = { owner: '', manager: '', resident: '' }
const gone = { ended: 'notFound', disabled: 'notFound' }
const outside = { stranger: 'notFound', neighbour: 'notFound', nobody: 'notSignedIn' }
const everybody: Verdicts = {
  ...members,
  guest: '',
  upcoming: '',
  ended: '',
  disabled: '',
  stranger: '',
  neighbour: '',
  nobody: '',
}
const signedIn: Verdicts = { ...everybody, nobody: 'notSignedIn' }
const seeing: Verdicts = { ...members, guest: '', upcoming: '', ...gone, ...outside }
const reaching: Verdicts = { ...members, guest: '', upcoming: 'notYetValid', ...gone, ...outside }
const knowing: Verdicts = {
  ...members,
  guest: 'notAllowed',
  upcoming: 'notYetValid',
  ...gone,
  ...outside,
}
const all = (code: string): Verdicts => ({
  owner: code,
  manager: code,
  resident: code,
  guest: code,
  upcoming: code,
  ended: code,
  disabled: code,
  stranger: code,
  neighbour: code,
  nobody: code,
})

interface Row {
  readonly call: (client: RestClient, world: World) => Promise<unknown>
  readonly verdicts: Verdicts
}

const token = new Uint8Array(32)
const signature = new Uint8Array(64)
const newPasskey = { passkeyId: token, clientDataJson: token, attestationObject: token }
const setup = { setupToken: token, nonce: token, name: 'Eve' }

/** In the order in which one session can go through them: `signOut` last. */
const matrix: { readonly [Name in Exclude<RouteName, 'followEvents'>]: Row } = {
  getHealth: { call: (client) => client.getHealth(), verdicts: everybody },
  getOpenApi: { call: (client) => client.getOpenApi(), verdicts: everybody },
  getSetupStatus: { call: (client) => client.getSetupStatus(), verdicts: everybody },
  beginSetup: {
    call: (client) => client.beginSetup({ setupToken: token }),
    verdicts: all('setupClosed'),
  },
  finishSetup: {
    call: (client) => client.finishSetup({ ...setup, passkey: newPasskey }),
    verdicts: all('setupClosed'),
  },
  setupDevice: {
    call: (client) => client.setupDevice({ ...setup, publicKey: token, signature }),
    verdicts: all('setupClosed'),
  },
  beginSignIn: { call: (client) => client.beginSignIn({}), verdicts: everybody },
  finishSignIn: {
    call: (client) =>
      client.finishSignIn({
        nonce: token,
        passkeyId: token,
        authenticatorData: token,
        clientDataJson: token,
        signature,
      }),
    verdicts: all('nonceUnusable'),
  },
  signInDevice: {
    call: (client) => client.signInDevice({ nonce: token, publicKey: token, signature }),
    verdicts: all('nonceUnusable'),
  },
  beginInvitation: { call: (client) => client.beginInvitation({}), verdicts: everybody },
  enterInvitation: {
    call: (client, { lock }) =>
      client.enterInvitation({
        nonce: token,
        lockId: lock.id,
        invitationId: new Uint8Array(16),
        signature,
      }),
    verdicts: all('nonceUnusable'),
  },
  relayInvited: {
    call: (client) => client.relayInvited({ token: 'A'.repeat(43), sealed: token }),
    // No session of an account is a ticket, whatever its role.
    verdicts: all('notSignedIn'),
  },
  getSession: { call: (client) => client.getSession(), verdicts: signedIn },
  listSessions: { call: (client) => client.listSessions(), verdicts: signedIn },
  endSession: {
    call: async (client, { browsers }) => {
      const foreign = await browsers.owner.client.listSessions()
      const mine = await client.listSessions()
      const other = foreign.sessions.find(({ id }) => mine.sessions.every((own) => own.id !== id))
      // Ones own may be ended, that of somebody else does not exist.
      return client.endSession({ sessionId: other?.id ?? '00'.repeat(16) })
    },
    verdicts: { ...all('notFound'), nobody: 'notSignedIn' },
  },
  endOtherSessions: { call: (client) => client.endOtherSessions(), verdicts: signedIn },
  listLocks: { call: (client) => client.listLocks(), verdicts: signedIn },
  getLock: { call: (client, { lock }) => client.getLock({ lockId: lock.id }), verdicts: seeing },
  getState: {
    call: (client, { lock }) => client.getState({ lockId: lock.id }),
    verdicts: reaching,
  },
  relay: {
    call: (client, { lock }) => client.relay({ lockId: lock.id, sealed: Uint8Array.of(1, 2, 3) }),
    verdicts: reaching,
  },
  getPolicy: {
    call: (client, { lock }) => client.getPolicy({ lockId: lock.id }),
    verdicts: knowing,
  },
  listEvents: {
    call: (client, { lock }) => client.listEvents({ lockId: lock.id }),
    verdicts: knowing,
  },
  signOut: { call: (client) => client.signOut({}), verdicts: signedIn },
}

test('the matrix has a row for every route', () => {
  assert.deepEqual(
    [...Object.keys(matrix), 'followEvents'].toSorted(),
    Object.keys(routes).toSorted(),
  )
})

test('every caller gets of every route what their role allows', async (context) => {
  const world = await openWorld(context)
  const nobody = openBrowser(world.hub)
  world.link.answerRequests(Uint8Array.of(4))
  for (const [name, { call, verdicts }] of Object.entries(matrix)) {
    for (const caller of callers) {
      const { client } = caller === 'nobody' ? nobody : world.browsers[caller]
      assert.equal(await codeOf(call(client, world)), verdicts[caller], `${name} by ${caller}`)
    }
    // Refills the limits, without letting the connections of the locks grow old.
    world.hub.clock.set(world.hub.clock.nowMs() + 60_000)
  }
})

test('followEvents wants a session', async (context) => {
  const world = await openWorld(context)
  const path = '/api/v1/events'
  assert.equal((await openBrowser(world.hub).request(path)).status, 401)
  const stop = new AbortController()
  const answer = await world.browsers.guest.request(path, { signal: stop.signal })
  assert.equal(answer.status, 200)
  stop.abort()
})

test('a list holds the locks of the account and nothing of other people', async (context) => {
  const { browsers, lock, neighboursLock } = await openWorld(context)
  const seen = async (person: Person) => (await browsers[person].client.listLocks()).locks
  const ids = async (person: Person) => (await seen(person)).map(({ lockId }) => lockId)
  for (const person of ['owner', 'manager', 'resident', 'guest', 'upcoming'] as const) {
    assert.deepEqual(await ids(person), [lock.id])
  }
  for (const person of ['ended', 'disabled', 'stranger'] as const) {
    assert.deepEqual(await ids(person), [])
  }
  assert.deepEqual(await ids('neighbour'), [neighboursLock.id])

  const [owners] = await seen('owner')
  assert.equal(owners?.name, 'Front door')
  assert.deepEqual(owners.journal, { lastSequence: 5, missing: 0 })
  assert.equal(owners.you?.role, 'owner')
  assert.notEqual(owners.state, undefined)
  const [guests] = await seen('guest')
  assert.equal(guests?.journal, undefined)
  assert.notEqual(guests?.state, undefined)
  assert.equal(guests?.you?.credentials.length, 1)
  const [early] = await seen('upcoming')
  assert.equal(early?.state, undefined)
  assert.equal(early?.you?.validity?.notBeforeMs, 1_800_003_600_000)
})

test('what a lock signs counts at once: a removed owner sees nothing with the same session', async (context) => {
  const { hub, lock, link, browsers, passkeys } = await openWorld(context)
  const only = [fakeUser('owner', [passkeyCredential(passkeys.manager)])]
  link.send({ type: 'policy', signed: lock.signedReport({ version: 3, users: only }) })
  await eventually(async () => {
    const found = await hub.services.store.findLock(lock.id)
    return found?.report?.version === 3
  })
  const lockId = lock.id
  assert.equal(await codeOf(browsers.owner.client.getPolicy({ lockId })), 'notFound')
  assert.equal(await codeOf(browsers.manager.client.getPolicy({ lockId })), '')
})

test('time opens and shuts the door of the API by itself', async (context) => {
  const { hub, lock, browsers } = await openWorld(context)
  const lockId = lock.id
  const state = (person: Person) => codeOf(browsers[person].client.getState({ lockId }))
  assert.deepEqual([await state('guest'), await state('upcoming')], ['', 'notYetValid'])
  hub.clock.advance(3_600_000)
  assert.deepEqual([await state('guest'), await state('upcoming')], ['notFound', ''])
})

test('anybody with an account reaches an unclaimed lock by its id, to claim it', async (context) => {
  const { hub, browsers } = await openWorld(context)
  const fresh = createFakeLock()
  const lockId = fresh.id
  const link = await connectLock(hub, fresh)
  const { client } = browsers.stranger
  assert.equal(await codeOf(client.getLock({ lockId })), 'notFound')
  link.send({ type: 'state', signed: fresh.signedState({ claimed: false, policyVersion: 0 }) })
  await eventually(async () => (await hub.services.store.findLock(lockId))?.state)
  const seen = await client.getLock({ lockId })
  assert.deepEqual([seen.claimed, seen.online, seen.you], [false, true, undefined])
  assert.deepEqual(seen.sealingKey, fresh.sealingKey)
  const answer = client.relay({ lockId, sealed: Uint8Array.of(1) })
  const { id } = await link.next('request')
  link.send({ type: 'reply', id, sealed: Uint8Array.of(2) })
  assert.deepEqual((await answer).sealed, Uint8Array.of(2))
  assert.equal(await codeOf(client.getPolicy({ lockId })), 'notFound')
  assert.equal(await codeOf(client.listEvents({ lockId })), 'notFound')
  assert.equal(await codeOf(openBrowser(hub).client.getLock({ lockId })), 'notSignedIn')
  link.send({ type: 'state', signed: fresh.signedState() })
  await eventually(async () => (await codeOf(client.getLock({ lockId }))) === 'notFound')
})
