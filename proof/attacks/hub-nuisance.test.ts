import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { ask, changePolicy, draftVisitorCode, operate } from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import { REQUEST_LIMITS } from '@mortise/lock'
import type { SealCrypto } from '@mortise/protocol/seal'
import { farewellReasons, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import { directHub } from '#proof/testing/direct-hub.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { claimAs, createPerson, introduce } from '#proof/testing/person.ts'
import { assertOwnerRules, openHouse, roundTrip } from './house.ts'
import { repeatingLock } from './weaknesses.ts'

/** Level of all: hub root. */

describe('frames that have no business at a lock (P15; rows 7, 21, 28, 60)', () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0x11)
  const hello = { type: 'hubHello', v: 1, hubKey: bytes(32), nonce: bytes(32) } as const
  const frames: readonly LinkFrame[] = [
    hello,
    { type: 'welcome', signature: bytes(64), lastSequence: 0 },
    { type: 'reply', id: bytes(16), sealed: bytes(9) },
    { type: 'undeliverable', id: bytes(16), reason: 'busy' },
    { type: 'state', signed: bytes(40) },
    { type: 'policy', signed: bytes(40) },
    { type: 'events', entries: [bytes(40)], signedHead: bytes(40) },
    ...farewellReasons.map((reason) => ({ type: 'farewell', reason }) as const),
  ]
  const messages: Readonly<Record<string, Uint8Array | string>> = {
    ...Object.fromEntries(
      frames.map((frame, at) => [`${frame.type} ${at}`, linkFrameMessage.encode(frame)]),
    ),
    'a text': 'open the door',
    nothing: new Uint8Array(0),
    noise: nodeSealCrypto.randomBytes(500),
    'half a frame': linkFrameMessage.encode(hello).subarray(0, 30),
    'more than a frame': new Uint8Array([...linkFrameMessage.encode(hello), 0]),
    'a nesting bomb': new Uint8Array(100_000).fill(0x81),
    'more than a message may have': new Uint8Array(5 * 1024 * 1024),
  }

  test('each ends its connection at most; the lock comes back and obeys its owner', async (context) => {
    const house = await openHouse(context)
    const before = house.movements()
    for (const message of Object.values(messages)) {
      const connection = await house.connection()
      const next = house.hub.nextConnection()
      connection.sendRaw(message)
      await Promise.race([connection.ended, next])
      await roundTrip(house)
    }
    assert.equal(house.movements(), before)
    await assertOwnerRules(house)
  })
})

describe('a flood of garbage (P15; rows 7, 16, 85)', () => {
  const requests = 4_000

  async function openedIn(
    context: TestContext,
    perSecondMax: number | undefined,
  ): Promise<{ readonly opened: number; readonly seconds: number }> {
    let opened = 0
    const crypto: SealCrypto = {
      ...nodeSealCrypto,
      x25519(privateKey, publicKey) {
        opened += 1
        return nodeSealCrypto.x25519(privateKey, publicKey)
      },
    }
    const limits = perSecondMax !== undefined && {
      requestLimits: { perSecondMax, inFlightMax: 32 },
    }
    const house = await openHouse(context, { weakLock: { crypto, ...limits } })
    const before = { opened, movements: house.movements(), refusals: house.refusals() }
    const connection = await house.connection()
    const [sealed] = house.hub.passed
    assert.ok(sealed)
    const garbage = Uint8Array.from(sealed)
    garbage[garbage.length - 1] = (garbage.at(-1) ?? 0) ^ 0xff
    const startMs = performance.now()
    await Promise.all(Array.from({ length: requests }, () => connection.request(garbage)))
    const seconds = (performance.now() - startMs) / 1000
    const during = opened - before.opened
    assert.equal(house.movements(), before.movements)
    // One entry for the first; the rest is counted in one more when a minute is over.
    assert.equal(house.refusals() - before.refusals, 1)
    await assertOwnerRules(house)
    return { opened: during, seconds }
  }

  test('costs a lock without a limit every single opening', async (context) => {
    assert.equal((await openedIn(context, 1e9)).opened, requests)
  })

  test('costs the lock a bounded amount, one line in the journal, and the owner nothing', async (context) => {
    const { opened, seconds } = await openedIn(context, undefined)
    // A full bucket, and what ran into it meanwhile, however slow this machine is.
    assert.ok(opened <= REQUEST_LIMITS.perSecondMax * (seconds + 2))
  })
})

test('a hub that welcomes nobody: codes open the door, and the history comes later (P16; rows 64, 66)', async (context) => {
  const house = await openHouse(context)
  const { contact, hub, disk, movements } = house
  const code = '739146'
  await changePolicy(contact, draftVisitorCode(contact.device, { name: 'Vera' }, { pin: code }))
  hub.manners.welcomes = false
  const known = hub.hellos.length
  const living = await house.connection()
  living.drop()
  const before = movements()
  const opened = new Promise<void>((resolve) => {
    const end = disk().door.onChange(() => {
      const { bolt, moving } = disk().door.snapshot()
      if (bolt !== 'retracted' || moving !== null) return
      end()
      resolve()
    })
  })
  for (const key of ['7', '3', '9', '1', '4', '6', '#'] as const) disk().door.hands.pressKey(key)
  await opened
  assert.equal(movements(), before + 1)
  hub.manners.welcomes = true
  await house.connection()
  assert.ok(hub.hellos.length > known)
  await assertOwnerRules(house)
})

describe('a request for one lock is delivered to another (P3; rows 11, 14, 30)', () => {
  /** What the owner of `from` sent for an unlock, and how often it moved the bolt of `to`. */
  async function deliverAcross(from: DiskLock, to: DiskLock): Promise<number> {
    const passed: Uint8Array[] = []
    const honest = directHub(() => from)
    const hub: HubPort = {
      ...honest,
      relay(lockId, sealed) {
        passed.push(sealed)
        return honest.relay(lockId, sealed)
      },
    }
    const seed = new Uint8Array(32).fill(0x61)
    const owner = createPerson({ name: 'Ada', hub, nowMs: Date.now, seed })
    const contact = await introduce(owner, from.lock)
    await operate(contact, 'unlock')
    const before = to.door.snapshot().boltMovements
    // The lock has a challenge out when the request arrives.
    const there = createPerson({ name: 'Ada', hub: directHub(() => to), nowMs: Date.now, seed })
    await ask(await introduce(there, to.lock))
    for (const sealed of passed) await to.deliver(sealed)
    return to.door.snapshot().boltMovements - before
  }

  async function claimedLock(folder: string, weak: object = {}): Promise<DiskLock> {
    const disk = openDiskLock({ folder, ...weak })
    const seed = new Uint8Array(32).fill(0x61)
    const hub = directHub(() => disk)
    const owner = createPerson({ name: 'Ada', hub, nowMs: Date.now, seed })
    disk.door.hands.pressInsideButton()
    const shown = disk.door.snapshot().setupCode
    assert.ok(shown)
    await operate(await claimAs(owner, shown.text), 'lock')
    return disk
  }

  function twoFolders(context: TestContext): readonly [string, string] {
    const root = mkdtempSync(join(tmpdir(), 'mortise-proof-swap-'))
    context.after(() => rmSync(root, { recursive: true, force: true }))
    return [join(root, 'front'), join(root, 'back')]
  }

  test('opens a lock that was made with the same keys and the same randomness', async (context) => {
    const [front, back] = twoFolders(context)
    await (await claimedLock(front, repeatingLock)).close()
    cpSync(front, back, { recursive: true })
    const first = openDiskLock({ folder: front, ...repeatingLock })
    const second = openDiskLock({ folder: back, ...repeatingLock })
    assert.ok((await deliverAcross(first, second)) > 0)
    await Promise.all([first.close(), second.close()])
  })

  test('opens no other lock, though both have the same owner with the same key', async (context) => {
    const [front, back] = twoFolders(context)
    const first = await claimedLock(front)
    const second = await claimedLock(back)
    assert.equal(await deliverAcross(first, second), 0)
    assert.equal(await deliverAcross(second, first), 0)
    for (const { store, lock } of [first, second]) {
      const journal = readJournal(store, lock.lockId)
      assert.ok(
        journal.some(({ type, reason }) => type === 'messagesRefused' && reason === 'unsealable'),
      )
    }
    await Promise.all([first.close(), second.close()])
  })
})
