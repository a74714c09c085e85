import assert from 'node:assert/strict'
import test from 'node:test'
import type { TestContext } from 'node:test'
import type { Store, StoredMember } from '#hub/ports/store.ts'

/** Opens the store that belongs to a name, the same one each time for the same name. */
export type OpenStore = (context: TestContext, name: string) => Promise<Store>

const bytes = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill)
const lockId = 'aa'.repeat(32)
const otherLockId = 'bb'.repeat(32)
const account = { id: '01'.repeat(16), name: 'Ada', createdAtMs: 1_800_000_000_001 }
const credential = { type: 'passkey', publicKey: bytes(4, 65), passkeyId: bytes(5, 16) } as const
const few = { ofAccounts: 5, ofOneLock: 5, ofLocks: 5 }
const lock = { lockId, lockKey: bytes(1), sealingKey: bytes(2), sinceMs: 5 }

function member(change: Partial<StoredMember> = {}): StoredMember {
  return {
    userId: bytes(9, 16),
    userName: 'Ada',
    role: 'owner',
    enabled: true,
    verbs: ['lock', 'unlock'],
    credentialId: bytes(8, 16),
    credentialType: 'passkey',
    publicKey: credential.publicKey,
    passkeyId: credential.passkeyId,
    relyingPartyId: 'localhost',
    ...change,
  }
}

const report = (version: number, timeMs: number) => ({
  signed: bytes(version),
  version,
  timeMs,
  receivedAtMs: 7,
})
const state = (boot: number, counter: number, claimed = true, timeMs = 1) => ({
  signed: bytes(counter),
  boot,
  counter,
  timeMs,
  claimed,
  receivedAtMs: 1_800_000_000_123,
})
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    sequence: from + index,
    bytes: bytes(from + index, 100),
  }))
const append = (after: number, to: number, missing = 0) => ({
  after,
  entries: entries(after + 1 + missing, to),
  lastHash: bytes(to),
  signedHead: bytes(to, 90),
  missing,
})

/** What every store must do; durability by opening it again. */
export function storeContract(name: string, open: OpenStore): void {
  const check = (sentence: string, run: (store: Store, context: TestContext) => Promise<void>) =>
    test(`${name}: ${sentence}`, async (context) => {
      const store = await open(context, sentence)
      await run(store, context)
      await store.close()
    })
  accountContract(check)
  sessionContract(check)
  lockContract(check)
  journalContract(check)

  test(`${name}: keeps everything over a restart`, async (context) => {
    const first = await open(context, 'restart')
    await first.saveSetupToken({ hash: bytes(1), expiresAtMs: 9 })
    await first.createFirstAccount(account, credential, bytes(1))
    await first.saveLock(lock)
    await first.saveReport(lockId, report(1, 1), 'Front door', [member()], [])
    await first.saveState(lockId, state(1, 1))
    await first.appendEntries(lockId, append(0, 5))
    const before = await first.findLockFor(account.id, lockId)
    await first.close()
    const again = await open(context, 'restart')
    assert.deepEqual(await again.findLockFor(account.id, lockId), before)
    assert.equal((await again.listEntries(lockId, undefined, 10)).length, 5)
    await again.close()
  })
}

type Check = (
  sentence: string,
  run: (store: Store, context: TestContext) => Promise<void>,
) => unknown

function accountContract(check: Check): void {
  check('makes the first account once, with the open token only', async (store) => {
    await store.saveSetupToken({ hash: bytes(1), expiresAtMs: 9 })
    await store.saveSetupToken({ hash: bytes(2), expiresAtMs: 10 })
    assert.deepEqual(await store.findSetupToken(), { hash: bytes(2), expiresAtMs: 10 })
    assert.equal(await store.createFirstAccount(account, credential, bytes(1)), false)
    assert.equal(await store.hasAccounts(), false)
    const second = { ...account, id: '02'.repeat(16) }
    const otherKey = { ...credential, publicKey: bytes(6, 65) }
    const made = await Promise.all([
      store.createFirstAccount(account, credential, bytes(2)),
      store.createFirstAccount(second, otherKey, bytes(2)),
    ])
    assert.deepEqual(made, [true, false])
    assert.equal(await store.findSetupToken(), undefined)
    assert.deepEqual(await store.findAccountByKey(credential.publicKey), account)
    assert.equal(await store.findAccountByKey(otherKey.publicKey), undefined)
  })

  check('gives a key to one account only', async (store) => {
    const second = { ...account, id: '02'.repeat(16) }
    const [left, right] = await Promise.all([
      store.createAccount(account, credential),
      store.createAccount(second, credential),
    ])
    assert.deepEqual(left, account)
    assert.deepEqual(right, account)
  })

  check('lets neither new accounts nor one lock crowd out a passkey', async (store) => {
    await store.createAccount(account, credential)
    const later = { id: '00'.repeat(16), name: 'Eve', createdAtMs: account.createdAtMs + 1 }
    await store.createAccount(later, { ...credential, publicKey: bytes(3, 65) })
    await store.saveLock(lock)
    await store.saveLock({ ...lock, lockId: otherLockId })
    const claim = (fill: number, role: StoredMember['role'] = 'guest') =>
      member({ publicKey: bytes(fill, 65), credentialId: bytes(fill, 16), role })
    const crowd = Array.from({ length: 9 }, (_, index) => claim(index + 20))
    await store.saveReport(lockId, report(1, 1), 'Door', [...crowd, claim(90, 'owner')], [])
    await store.saveReport(otherLockId, report(1, 1), 'Door', [claim(91)], [])
    const found = await store.findPasskeys(credential.passkeyId, {
      ofAccounts: 1,
      ofOneLock: 2,
      ofLocks: 9,
    })
    const keys = new Set(found.map(({ publicKey }) => publicKey[0]))
    assert.deepEqual(keys, new Set([4, 20, 90, 91]))
    assert.deepEqual(found[0], { publicKey: credential.publicKey, account })
  })

  check('finds passkeys of accounts and of reports', async (store) => {
    await store.createAccount(account, credential)
    await store.saveLock(lock)
    const foreign = member({ publicKey: bytes(7, 65), credentialId: bytes(3, 16) })
    await store.saveReport(lockId, report(1, 1), 'Door', [foreign], [])
    const found = await store.findPasskeys(credential.passkeyId, few)
    assert.deepEqual(found, [
      { publicKey: credential.publicKey, account },
      { publicKey: bytes(7, 65) },
    ])
    assert.deepEqual(await store.findPasskeys(bytes(99, 16), few), [])
  })
}

function sessionContract(check: Check): void {
  const session = (id: number, lastSeenAtMs: number) => ({
    id: String(id).padStart(32, '0'),
    accountId: account.id,
    kind: 'browser' as const,
    createdAtMs: 1_000,
    lastSeenAtMs,
  })

  check('keeps sessions by hash, the newest ones, and ends them', async (store) => {
    await store.createAccount(account, credential)
    for (const id of [1, 2, 3, 4]) await store.createSession(session(id, id * 10), bytes(id), 3)
    assert.equal(await store.findSession(bytes(1)), undefined)
    assert.deepEqual(await store.findSession(bytes(4)), { session: session(4, 40), account })
    await store.touchSession(session(2, 0).id, 99)
    const listed = await store.listSessions(account.id)
    assert.deepEqual(
      listed.map(({ lastSeenAtMs }) => lastSeenAtMs),
      [99, 40, 30],
    )
    assert.equal(await store.endSession('ff'.repeat(16), session(3, 0).id), false)
    assert.equal(await store.endSession(account.id, session(3, 0).id), true)
    assert.equal(await store.endSession(account.id, session(3, 0).id), false)
    assert.deepEqual(await store.endOtherSessions(account.id, session(4, 0).id), [session(2, 0).id])
    await store.forgetSessions(1_000, 41)
    assert.deepEqual(await store.listSessions(account.id), [])
  })
}

function lockContract(check: Check): void {
  check('projects membership from the newest report only', async (store) => {
    await store.createAccount(account, credential)
    await store.saveLock(lock)
    await store.saveLock({ ...lock, lockId: otherLockId })
    const stranger = member({ publicKey: bytes(77, 65), credentialId: bytes(78, 16) })
    await store.saveReport(lockId, report(2, 5), 'Front door', [member(), stranger], [])
    await store.saveReport(otherLockId, report(1, 1), 'Back door', [stranger], [])
    assert.deepEqual(await store.listAccountsOf(lockId), [account.id])
    const found = await store.findLockFor(account.id, lockId)
    assert.deepEqual(found?.members, [member()])
    assert.equal(found?.lock.doorName, 'Front door')
    assert.deepEqual(
      (await store.listLocksOf(account.id, undefined, 9)).map(({ lock: { lockId: id } }) => id),
      [lockId],
    )
    assert.deepEqual((await store.findLockFor(account.id, otherLockId))?.members, [])
    await store.saveReport(lockId, report(1, 9), 'Old name', [], [])
    await store.saveReport(lockId, report(2, 5), 'Same again', [], [])
    assert.deepEqual((await store.findLock(lockId))?.report, { version: 2, timeMs: 5 })
    await store.saveReport(lockId, report(2, 6), 'Front door', [stranger], [])
    assert.deepEqual(await store.listLocksOf(account.id, undefined, 9), [])
    assert.deepEqual(await store.findMembersByKey(stranger.publicKey, 1, 1), [stranger])
    assert.deepEqual((await store.findReport(lockId))?.signed, bytes(2))
  })

  check('finds the invitations of the newest report, and of that lock alone', async (store) => {
    await store.saveLock(lock)
    await store.saveLock({ ...lock, lockId: otherLockId })
    const ticket = (fill: number, used = false) => ({
      invitationId: bytes(fill, 16),
      publicKey: bytes(fill),
      notAfterMs: 1_800_000_000_123,
      used,
    })
    await store.saveReport(lockId, report(1, 1), 'Door', [], [ticket(1), ticket(2)])
    assert.deepEqual(await store.findTicket(lockId, bytes(2, 16)), ticket(2))
    assert.equal(await store.findTicket(otherLockId, bytes(2, 16)), undefined)
    await store.saveReport(lockId, report(1, 2), 'Door', [], [ticket(2, true)])
    assert.equal(await store.findTicket(lockId, bytes(1, 16)), undefined)
    assert.deepEqual(await store.findTicket(lockId, bytes(2, 16)), ticket(2, true))
    await store.saveReport(lockId, report(1, 1), 'Door', [], [ticket(1)])
    assert.equal(await store.findTicket(lockId, bytes(1, 16)), undefined)
  })

  check('keeps validity, disabled users and device keys as they are', async (store) => {
    await store.saveLock(lock)
    const {
      passkeyId: _,
      relyingPartyId: __,
      ...plain
    } = member({
      credentialType: 'deviceKey',
      enabled: false,
      role: 'guest',
      verbs: ['unlock'],
      validity: { notBeforeMs: 1_800_000_000_000, notAfterMs: 253_402_300_799_999 },
    })
    await store.saveReport(lockId, report(1, 1), 'Door', [plain], [])
    assert.deepEqual(await store.findMembersByKey(plain.publicKey, 1, 9), [plain])
  })

  check('finds members whose time is not over first', async (store) => {
    const later = { ...lock, lockId: otherLockId }
    await store.saveLock(lock)
    await store.saveLock(later)
    const over = { validity: { notBeforeMs: 1, notAfterMs: 50 } }
    const crowd = [member({ enabled: false }), member({ ...over, credentialId: bytes(1, 16) })]
    await store.saveReport(lockId, report(1, 1), 'Door', crowd, [])
    const live = member({ validity: { notBeforeMs: 1, notAfterMs: 51 } })
    await store.saveReport(otherLockId, report(1, 1), 'Door', [live], [])
    assert.deepEqual(await store.findMembersByKey(live.publicKey, 50, 1), [live])
    assert.equal((await store.findMembersByKey(live.publicKey, 50, 9)).length, 3)
  })

  check('never lets an older state replace a newer one', async (store) => {
    await store.saveLock(lock)
    assert.equal((await store.findLock(lockId))?.state, undefined)
    for (const [boot, counter] of [
      [2, 5],
      [2, 4],
      [1, 9],
      [2, 5],
    ] as const) {
      await store.saveState(lockId, state(boot, counter))
    }
    assert.deepEqual((await store.findLock(lockId))?.state, state(2, 5))
    await store.saveState(lockId, state(2, 5, true, 2))
    await store.saveState(lockId, state(2, 5, true, 1))
    assert.deepEqual((await store.findLock(lockId))?.state, state(2, 5, true, 2))
    await store.saveState(lockId, state(3, 1, false))
    assert.deepEqual((await store.findLock(lockId))?.state, state(3, 1, false))
  })

  check('tells since when a lock is away after a crash', async (store) => {
    await store.saveLock(lock)
    await store.saveSince(lockId, true, 10)
    await store.saveLock({ ...lock, sealingKey: bytes(3), sinceMs: 99 })
    assert.equal((await store.findLock(lockId))?.sinceMs, 10)
    assert.deepEqual((await store.findLock(lockId))?.sealingKey, bytes(3))
    await store.markAllOffline(20)
    await store.markAllOffline(30)
    assert.equal((await store.findLock(lockId))?.sinceMs, 20)
    assert.equal(await store.countLocks(), 1)
  })

  check('pages locks by id', async (store) => {
    await store.createAccount(account, credential)
    const ids = ['03', '01', '02'].map((digits) => digits.repeat(32))
    for (const id of ids) {
      await store.saveLock({ ...lock, lockId: id })
      await store.saveReport(id, report(1, 1), 'Door', [member()], [])
    }
    const first = await store.listLocksOf(account.id, undefined, 2)
    const second = await store.listLocksOf(account.id, first.at(-1)?.lock.lockId, 2)
    assert.deepEqual(
      [...first, ...second].map((found) => found.lock.lockId),
      ids.toSorted(),
    )
  })
}

function journalContract(check: Check): void {
  check('appends only where the copy ends, however many try at once', async (store) => {
    await store.saveLock(lock)
    const tries = await Promise.all([
      store.appendEntries(lockId, append(0, 3)),
      store.appendEntries(lockId, append(0, 4)),
      store.appendEntries(lockId, append(3, 6)),
      store.appendEntries(lockId, append(9, 12)),
    ])
    assert.deepEqual(tries, [true, false, true, false])
    assert.deepEqual((await store.findLock(lockId))?.journal, {
      lastSequence: 6,
      lastHash: bytes(6),
      signedHead: bytes(6, 90),
      missing: 0,
    })
    assert.deepEqual(await store.readEntries(lockId, 2, 4), entries(2, 4))
    assert.deepEqual(await store.listEntries(lockId, undefined, 2), entries(5, 6).toReversed())
    assert.deepEqual(await store.listEntries(lockId, 3, 9), entries(1, 2).toReversed())
  })

  check('counts what is missing and keeps the first conflict', async (store) => {
    await store.saveLock(lock)
    await store.saveConflict(lockId, { sequence: 1, seenAtMs: 5 }, bytes(1))
    await store.saveConflict(lockId, { sequence: 2, seenAtMs: 6 }, bytes(2))
    await store.appendEntries(lockId, append(0, 8, 4))
    await store.appendEntries(lockId, append(8, 12, 2))
    const found = await store.findLock(lockId)
    assert.equal(found?.journal?.missing, 6)
    assert.deepEqual(found?.conflict, { sequence: 1, seenAtMs: 5 })
  })

  check('refuses a write for a lock that does not exist, and takes the next', async (store) => {
    const refused = store.appendEntries(lockId, append(0, 1))
    await assert.rejects(refused, { name: 'MortiseError', code: 'storeFailed', blame: 'world' })
    await store.saveLock(lock)
    const [first, second] = await Promise.allSettled([
      store.appendEntries(otherLockId, append(0, 1)),
      store.appendEntries(lockId, append(0, 1)),
    ])
    assert.equal(first.status, 'rejected')
    assert.equal(second.status, 'fulfilled')
  })
}
