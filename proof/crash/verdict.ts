import assert from 'node:assert/strict'
import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { operate } from '@mortise/keyholder'
import type { Stored } from '@mortise/lock'
import { createFileStore, createSystemRandom, openDisk } from '@mortise/lock/testing'
import { bytesEqual, policyMessage, toHex } from '@mortise/protocol/wire'
import type { Entry, Policy } from '@mortise/protocol/words'
import { readJournal } from '#proof/testing/journal.ts'
import { introduce } from '#proof/testing/person.ts'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock, DiskLockOptions } from '#proof/testing/disk-lock.ts'
import type { Life } from './killed-life.ts'
import { claimInside, enterCode, ownerOf, visitorCode } from './scenarios.ts'
import type { Seen } from './scenarios.ts'

/** What the disk of a lock holds while no process has it open, and what it keeps of its journal. */
export interface Kept extends Stored {
  readonly entries: readonly Uint8Array[]
}

/** Far more than any deed writes. */
const entriesMax = 100_000

export function readDisk(folder: string): Kept {
  const { store } = openDisk({ folder: join(folder, 'lock'), random: createSystemRandom() })
  try {
    return { ...store.load(), entries: store.entriesFrom(1, entriesMax) }
  } finally {
    store.close()
  }
}

/** How the bolt of the door in this folder has moved in its life. */
export function readDoor(folder: string) {
  const counts = createFileStore(join(folder, 'door.json')).load()?.counts
  return {
    extensions: counts?.motorExtensions ?? 0,
    retractions: counts?.motorRetractions ?? 0,
    byHand: (counts?.handExtensions ?? 0) + (counts?.handRetractions ?? 0),
  }
}

/**
 * Everything that must be true of a lock that was killed.
 * @param before what the disk held before the deed
 * @param after what it holds when the deed is done without a kill
 */
export async function judge(
  folder: string,
  before: Kept,
  after: Stored,
  life: Pick<Life, 'seen'>,
  options: Pick<DiskLockOptions, 'pinHasher' | 'storeSize'> = {},
): Promise<void> {
  const killed = readDisk(folder)
  assertPolicyIsWhole(killed, before, after)
  const moved = readDoor(folder)
  const disk = openDiskLock({ folder, ...options })
  try {
    assert.deepEqual(readDoor(folder), moved, 'the bolt moved by the restart')
    const journal = readJournal(disk.store, disk.lock.lockId, before.entries)
    assertRegisters(killed, before, journal)
    assertIntents(journal, moved)
    assertUses(killed, journal)
    assertMode(disk, killed, journal)
    for (const seen of life.seen) assertKept(seen, killed, before, journal)
    assertTruth(disk)
    await assertOneTimeCodesOpenOnce(disk, before)
    await assertOwnerOperates(disk, folder)
  } finally {
    await disk.close()
  }
}

function assertPolicyIsWhole(killed: Stored, before: Stored, after: Stored): void {
  const old = hexOf(before.policy)
  const inForce = hexOf(killed.policy)
  const next = policyOf(after)
  const versions = [policyOf(before)?.version, next?.version]
  const policy = policyOf(killed)
  assert.ok(versions.includes(policy?.version), 'the policy is the old or the new one')
  if (policy?.version === policyOf(before)?.version) assert.equal(inForce, old)
  const codes = (policy?.users ?? []).flatMap(({ credentials }) =>
    credentials.filter(({ type }) => type === 'pin').map(({ id }) => toHex(id)),
  )
  const tags = killed.pinTags.map(({ credentialId }) => toHex(credentialId))
  assert.deepEqual(tags.toSorted(), codes.toSorted(), 'each code of the policy has its tag')
  if (policy) assert.equal(killed.registers?.policyVersionFloor, policy.version)
}

function policyOf({ policy }: Stored): Policy | undefined {
  return policy === undefined ? undefined : policyMessage.decode(policy)
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
  const openedByCode = newer.some(
    ({ type, source }) => type === 'operationIntent' && source === 'keypad',
  )
  if (openedByCode) return
  const failures = (wrongCodes: number, lockouts: number) => lockouts * 1000 + wrongCodes
  assert.ok(
    failures(kept.wrongCodes, kept.keypadLockouts) >= failures(old.wrongCodes, old.keypadLockouts),
    'a failed code was forgotten',
  )
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
  for (const user of policyOf(killed)?.users ?? []) {
    if (user.userType !== 'disposableUser' && user.userType !== 'expiringUser') continue
    const kept = killed.usages.find(({ userId }) => bytesEqual(userId, user.id))
    assert.equal(kept?.usage.uses ?? 0, openings(journal), 'a use is counted with its opening')
  }
}

/** Openings that somebody asked for by a code. */
function openings(journal: readonly Entry[]): number {
  return journal.filter(({ type, source, verb }) => {
    return type === 'operationIntent' && source === 'keypad' && verb === 'unlock'
  }).length
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
      return assert.equal(policyOf(killed)?.version, seen.version)
    case 'green':
      return assert.ok(results.some(({ source }) => source === 'keypad'))
    case 'relocked':
      return assert.ok(results.some(({ source }) => source === 'auto'))
    case 'refusal':
      return assert.ok(journal.some(({ reason }) => reason === 'unknownCode'))
    case 'mode':
      return assert.ok(journal.some(({ operatingMode }) => operatingMode === seen.mode))
    case 'lockout':
      return assert.ok((killed.registers?.keypadLockedUntilMs ?? 0) > 0)
    case 'hashing':
      return assertCounted(killed, before, journal)
  }
}

/** A code that was under the hash counts as failed, unless it has opened the door. */
function assertCounted(killed: Stored, before: Stored, journal: readonly Entry[]): void {
  const { wrongCodes = 0, keypadLockouts = 0 } = killed.registers ?? {}
  const counted =
    wrongCodes > (before.registers?.wrongCodes ?? 0) ||
    keypadLockouts > (before.registers?.keypadLockouts ?? 0)
  const opened = journal.some(({ type, source }) => {
    return type === 'operationIntent' && source === 'keypad'
  })
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
  const contact = disk.lock.state().claimed
    ? await introduce(ownerOf(disk), disk.lock)
    : await claimInside(disk)
  const earlier = readDoor(folder)
  const isUnlocked = disk.door.snapshot().bolt === 'retracted'
  assert.equal((await operate(contact, isUnlocked ? 'lock' : 'unlock')).outcome, 'done')
  const later = readDoor(folder)
  const movements = ({ extensions, retractions }: typeof later) => extensions + retractions
  assert.equal(movements(later), movements(earlier) + 1)
  assert.equal(nodeSealCrypto.equalConstantTime(contact.lockId, disk.lock.lockId), true)
}
