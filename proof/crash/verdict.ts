import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { operate } from '@mortise/keyholder'
import type { Stored } from '@mortise/lock'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { AlarmCode, Entry } from '@mortise/protocol/words'
import { readJournal } from '#proof/testing/journal.ts'
import { introduce } from '#proof/testing/person.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock, DiskLockOptions } from '#proof/testing/disk-lock.ts'
import type { Life } from './killed-life.ts'
import { claimInside, enterCode, nextOwnerOf, ownerOf, visitorCode } from './acts.ts'
import type { CodeSource, Seen } from './acts.ts'
import { openings, policyOf, readDoor, readDisk } from './kept.ts'
import type { Kept } from './kept.ts'
import {
  assertForgotten,
  assertNextLife,
  assertNothingWaits,
  isNextLife,
  tracesIn,
} from './set-back.ts'
import { assertAlarms, assertDuress, assertEndedStaysOut, assertVoiceStaysShut } from './told.ts'

/**
 * Everything that must be true of a lock that was killed.
 * @param before what the disk held before the deed
 * @param after what it holds when the deed is done without a kill
 */
export async function judge(
  folder: string,
  before: Kept,
  after: Kept,
  life: Pick<Life, 'seen'>,
  options: Pick<DiskLockOptions, 'pinHasher' | 'storeSize' | 'aheadMs'> = {},
): Promise<void> {
  const killed = readDisk(folder)
  const wasSetBack = isNextLife(before, killed)
  if (wasSetBack) assertForgotten(folder, before, killed, life.seen)
  else assertPolicyIsWhole(killed, before, isNextLife(before, after) ? before : after)
  const moved = readDoor(folder)
  const disk = openDiskLock({ folder, ...options })
  try {
    assert.deepEqual(readDoor(folder), moved, 'the bolt moved by the restart')
    if (wasSetBack) return await assertNextLife(disk, folder, before)
    const journal = readJournal(disk.store, disk.lock.lockId, before.entries)
    assertRegisters(killed, before, journal)
    assertIntents(journal, moved)
    assertUses(killed, journal)
    assertMode(disk, killed, journal)
    assertAlarms(disk, killed, journal)
    assertDuress(disk, journal)
    for (const seen of life.seen) assertKept(seen, killed, before, journal)
    assertTruth(disk)
    await assertEndedStaysOut(disk, before)
    await assertVoiceStaysShut(disk, killed)
    await assertOneTimeCodesOpenOnce(disk, before)
    assertDuress(disk, readJournal(disk.store, disk.lock.lockId, before.entries))
    await assertOwnerOperates(disk, folder)
    if (!hasBegun(journal, 'lockFactoryReset')) return
    assert.ok(tracesIn(folder, before) > 0)
    assertNothingWaits(disk)
  } finally {
    await disk.close()
  }
}

function assertPolicyIsWhole(killed: Stored, before: Stored, after: Stored): void {
  const old = hexOf(before.policy)
  const inForce = hexOf(killed.policy)
  const next = policyOf(after)
  const policy = policyOf(killed)
  const [oldest, newest] = [policyOf(before), next].map((one) => one?.version ?? 0)
  const version = policy?.version ?? 0
  assert.ok(
    version >= (oldest ?? 0) && version <= (newest ?? 0),
    'the policy is the old or a new one',
  )
  if (policy?.version === policyOf(before)?.version) assert.equal(inForce, old)
  const codes = (policy?.users ?? []).flatMap(({ credentials }) =>
    credentials.filter(({ type }) => type === 'pin').map(({ id }) => toHex(id)),
  )
  const tags = killed.pinTags.map(({ credentialId }) => toHex(credentialId))
  assert.deepEqual(tags.toSorted(), codes.toSorted(), 'each code of the policy has its tag')
  if (policy) assert.equal(killed.registers?.policyVersionFloor, policy.version)
}

function hexOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : toHex(bytes)
}

function assertRegisters(killed: Stored, before: Stored, journal: readonly Entry[]): void {
  const [old, kept] = [before.registers, killed.registers]
  if (old === undefined) return
  assert.ok(kept)
  for (const name of ['boots', 'timeFloorMs', 'policyVersionFloor'] as const) {
    assert.ok(kept[name] >= old[name], `${name} went back`)
  }
  const newer = journal.filter(({ sequence }) => sequence > (before.newestEntry?.sequence ?? 0))
  for (const at of ['keypad', 'voice'] as const) {
    const opened = newer.some(({ type, source }) => type === 'operationIntent' && source === at)
    if (opened) continue
    assert.ok(failures(kept, at) >= failures(old, at), 'a failed code was forgotten')
  }
}

/** Each intent has one end, and no movement is without its intent. */
function assertIntents(journal: readonly Entry[], moved: ReturnType<typeof readDoor>): void {
  const intents = journal.filter(({ type }) => type === 'operationIntent')
  for (const { sequence } of intents) {
    const results = journal.filter(({ type, intent }) => {
      return type === 'operationResult' && intent === sequence
    })
    assert.equal(results.length, 1, `intent ${sequence} has one result`)
    const [result] = results
    const isInterrupted = result?.outcome === 'failed' && result.reason === 'interrupted'
    assert.ok(result?.outcome === 'done' || isInterrupted)
  }
  const count = (verb: string) => intents.filter((intent) => intent.verb === verb).length
  assert.ok(moved.extensions <= count('lock'), 'a movement without an intent to lock')
  assert.ok(moved.retractions <= count('unlock'), 'a movement without an intent to unlock')
  assert.equal(moved.byHand, 0)
}

/** Whose uses are counted has as many as there are openings: neither is on the disk without the other. */
function assertUses(killed: Stored, journal: readonly Entry[]): void {
  const users = policyOf(killed)?.users ?? []
  const isThere = (id: Uint8Array): boolean => users.some((user) => bytesEqual(user.id, id))
  assert.ok(
    killed.usages.every(({ userId }) => isThere(userId)),
    'uses of nobody are left',
  )
  for (const user of users) {
    if (user.userType !== 'disposableUser' && user.userType !== 'expiringUser') continue
    const kept = killed.usages.find(({ userId }) => bytesEqual(userId, user.id))
    assert.equal(kept?.usage.uses ?? 0, openings(journal), 'a use is counted with its opening')
  }
}

/** The mode is what the journal's newest change says, before and after the start. */
function assertMode({ lock }: DiskLock, killed: Stored, journal: readonly Entry[]): void {
  const newest = journal.findLast(({ type }) => type === 'operatingModeChanged')?.operatingMode
  const told = newest === 'normal' ? undefined : newest
  // Its time ran out between the kill and the start, which has then written so.
  const { untilMs = Infinity } = killed.registers?.operatingMode ?? {}
  if (untilMs <= lock.state().timeMs && told === undefined) return
  assert.equal(
    killed.registers?.operatingMode?.mode,
    told,
    'the mode is not the one of the journal',
  )
  assert.equal(lock.state().operatingMode, told)
}

/** However often it is tried after the kill, a one-time code has opened exactly once. */
async function assertOneTimeCodesOpenOnce(disk: DiskLock, { entries }: Kept): Promise<void> {
  const policy = policyOf(disk.store.load())
  if (policy?.users.every(({ userType }) => userType !== 'disposableUser') ?? true) return
  for (let tries = 0; tries < 2; tries += 1) await enterCode(disk, visitorCode, () => {})
  assert.equal(openings(readJournal(disk.store, disk.lock.lockId, entries)), 1)
}

/** What somebody has seen is true after the restart. */
function assertKept(seen: Seen, killed: Stored, before: Stored, journal: readonly Entry[]): void {
  const results = journal.filter(({ type, outcome }) => {
    return type === 'operationResult' && outcome === 'done'
  })
  switch (seen.saw) {
    case 'receipt':
      return assert.ok(
        journal.some(({ sequence, outcome }) => sequence === seen.sequence && outcome === 'done'),
      )
    case 'policy':
      return assert.ok((policyOf(killed)?.version ?? 0) >= seen.version)
    case 'green':
      return assert.ok(results.some(({ source }) => source === 'keypad'))
    case 'relocked':
      return assert.ok(results.some(({ source }) => source === 'auto'))
    case 'refusal':
      return assert.ok(journal.some(({ reason }) => reason === 'unknownCode'))
    case 'mode':
      return assert.ok(journal.some(({ operatingMode }) => operatingMode === seen.mode))
    case 'alarm':
      return assert.ok(hasBegun(journal, seen.alarmCode))
    case 'stopped':
      return assert.ok(
        journal.some(({ sequence, type }) => sequence === seen.sequence && type === 'alarmEnded'),
      )
    case 'setBack':
      return assert.fail('a lock that was set back is the old one again')
    case 'lockout':
      return assert.ok((killed.registers?.tries[seen.at]?.lockedUntilMs ?? 0) > 0)
    case 'hashing':
      return assertCounted(seen.at, killed, before, journal)
  }
}

function hasBegun(journal: readonly Entry[], code: AlarmCode): boolean {
  return journal.some(({ type, alarmCode }) => type === 'alarmBegan' && alarmCode === code)
}

/** Grows with each code that failed there, also where that is a lockout. */
function failures(registers: Stored['registers'], at: CodeSource): number {
  const { wrongCodes = 0, lockouts = 0 } = registers?.tries[at] ?? {}
  return lockouts * 1000 + wrongCodes
}

/** A code that was under the hash counts as failed, unless it has opened the door. */
function assertCounted(
  at: CodeSource,
  killed: Stored,
  before: Stored,
  journal: readonly Entry[],
): void {
  const counted = failures(killed.registers, at) > failures(before.registers, at)
  const opened = journal.some(({ type, source }) => type === 'operationIntent' && source === at)
  assert.ok(counted || opened, 'a code was compared and not counted')
}

/** What the lock says of the bolt is what the bolt is. */
function assertTruth({ lock, door }: DiskLock): void {
  const { bolt, leaf } = door.snapshot()
  const { lockState, claimed, moving } = lock.state()
  assert.equal(leaf, 'closed')
  assert.equal(moving, false)
  const states = { extended: 'locked', retracted: 'unlocked', between: 'notFullyLocked' } as const
  assert.equal(lockState, states[bolt])
  assert.equal(claimed, lock.state().policyVersion > 0)
}

/** An owner's phone moves the bolt, once per tap; an owner-to-be claims first. */
async function assertOwnerOperates(disk: DiskLock, folder: string): Promise<void> {
  const owners = [ownerOf(disk), nextOwnerOf(disk)]
  const owner = owners.find(({ credential }) => isOwner(disk, credential.id))
  const contact = owner ? await introduce(owner, disk.lock) : await claimInside(disk)
  const earlier = readDoor(folder)
  const isUnlocked = disk.door.snapshot().bolt === 'retracted'
  assert.equal((await operate(contact, isUnlocked ? 'lock' : 'unlock')).outcome, 'done')
  const later = readDoor(folder)
  const movements = ({ extensions, retractions }: typeof later) => extensions + retractions
  assert.equal(movements(later), movements(earlier) + 1)
  assert.equal(nodeSealCrypto.equalConstantTime(contact.lockId, disk.lock.lockId), true)
}

function isOwner({ store }: DiskLock, credentialId: Uint8Array): boolean {
  const users = policyOf(store.load())?.users ?? []
  return users.some(({ role, credentials }) => {
    return role === 'owner' && credentials.some(({ id }) => bytesEqual(id, credentialId))
  })
}
