import type { TestContext } from 'node:test'
import type { OpenHubOptions } from '#hub/index.ts'
import { openBrowser, setUpWith, signInWith } from '#hub/testing/browser.ts'
import type { Browser } from '#hub/testing/browser.ts'
import { eventually } from '#hub/testing/eventually.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import type { FakeLink } from '#hub/testing/fake-link.ts'
import { createFakeLock, fakeUser, passkeyCredential } from '#hub/testing/fake-lock.ts'
import type { FakeLock } from '#hub/testing/fake-lock.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import type { FakePasskey } from '#hub/testing/fake-passkey.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestHub } from '#hub/testing/test-hub.ts'

/** Everybody who may stand before the API. */
export const people = [
  'owner',
  'manager',
  'resident',
  'guest',
  /** A guest whose time has not begun. */
  'upcoming',
  /** A guest whose time was over after they had signed in. */
  'ended',
  /** Disabled after they had signed in. */
  'disabled',
  /** Has an account and belongs to no lock. */
  'stranger',
  /** Owns another lock at the same hub. */
  'neighbour',
] as const
export type Person = (typeof people)[number]

export interface World {
  readonly hub: TestHub
  readonly lock: FakeLock
  readonly link: FakeLink
  readonly neighboursLock: FakeLock
  readonly passkeys: Readonly<Record<Person, FakePasskey>>
  readonly browsers: Readonly<Record<Person, Browser>>
}

const hour = 3_600_000

/** A hub with two claimed locks, everybody signed in, some entries in the journal. */
export async function openWorld(
  context: Pick<TestContext, 'after'>,
  options: Partial<OpenHubOptions> = {},
): Promise<World> {
  const hub = await openTestHub(context, options)
  const each = <Value>(make: (person: Person) => Value) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each of `people`.
    Object.fromEntries(people.map((person) => [person, make(person)])) as Record<Person, Value>
  const passkeys = each(() => createFakePasskey(hub.origin, 'localhost'))
  const browsers = each(() => openBrowser(hub))
  await setUpWith(browsers.stranger, passkeys.stranger, await hub.makeSetupLink())

  const nowMs = hub.clock.nowMs()
  const soon = { notBeforeMs: nowMs + hour, notAfterMs: nowMs + 2 * hour }
  const now = { notBeforeMs: nowMs - hour, notAfterMs: nowMs + hour }
  const key = (person: Person) => [passkeyCredential(passkeys[person])]
  const users = [
    fakeUser('owner', key('owner')),
    fakeUser('manager', key('manager')),
    fakeUser('resident', key('resident')),
    fakeUser('guest', key('guest'), { validity: now }),
    fakeUser('guest', key('upcoming'), { validity: soon }),
  ]
  const endedUser = fakeUser('guest', key('ended'))
  const disabledUser = fakeUser('owner', key('disabled'))

  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  link.send({
    type: 'policy',
    signed: lock.signedReport({ version: 1, users: [...users, endedUser, disabledUser] }),
  })
  link.send({ type: 'state', signed: lock.signedState() })
  lock.append(5)
  link.send(lock.upload())
  await link.next('acknowledge')

  const neighboursLock = createFakeLock()
  const neighboursLink = await connectLock(hub, neighboursLock)
  const neighboursUsers = [fakeUser('owner', key('neighbour'))]
  neighboursLink.send({
    type: 'policy',
    signed: neighboursLock.signedReport({ users: neighboursUsers }),
  })
  neighboursLink.send({ type: 'state', signed: neighboursLock.signedState() })
  await eventually(async () => (await hub.services.store.findLock(neighboursLock.id))?.state)

  for (const person of people) {
    if (person !== 'stranger') await signInWith(browsers[person], passkeys[person])
  }
  const changed = [
    ...users,
    { ...endedUser, validity: { notBeforeMs: nowMs - 2 * hour, notAfterMs: nowMs } },
    { ...disabledUser, userStatus: 'occupiedDisabled' as const },
  ]
  link.send({ type: 'policy', signed: lock.signedReport({ version: 2, users: changed }) })
  await eventually(
    async () => (await hub.services.store.findLock(lock.id))?.report?.version === 2,
    'the second report',
  )
  return { hub, lock, link, neighboursLock, passkeys, browsers }
}
