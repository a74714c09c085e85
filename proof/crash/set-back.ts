import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeyholderError, LockRefusal, operate } from '@mortise/keyholder'
import type { Contact } from '@mortise/keyholder'
import { bytesEqual } from '@mortise/protocol/wire'
import { resetWaitMs } from '#proof/testing/ask-inside.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { claimAs, introduce } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import { enterCode, nextOwnerOf, ownerOf, visitorCode } from './acts.ts'
import type { Seen } from './acts.ts'
import { policyOf, readDoor } from './kept.ts'
import type { Kept } from './kept.ts'

/** Whether a factory reset has come between: other keys, so another lock. */
export function isNextLife(before: Kept, now: Kept): boolean {
  const [old, own] = [before.keys?.lockId, now.keys?.lockId]
  return old !== undefined && own !== undefined && !bytesEqual(old, own)
}

/** What the disk of a lock that was set back holds: a lock that never ran, or its next owner's. */
export function assertForgotten(
  folder: string,
  before: Kept,
  killed: Kept,
  seen: readonly Seen[],
): void {
  const { registers, pinTags, bindings, usages, matter } = killed
  assert.deepEqual([pinTags, bindings, usages, matter], [[], [], [], undefined])
  const policy = policyOf(killed)
  const names = policy?.users.map(({ name }) => name) ?? []
  assert.ok(
    names.every((name) => name === 'Bob'),
    'somebody of before is in the policy',
  )
  assert.equal(registers?.policyVersionFloor ?? 0, policy?.version ?? 0)
  assert.deepEqual(registers?.tries ?? {}, {}, 'what was guessed before counts on')
  assert.ok((registers?.boots ?? 0) <= 1)
  assert.equal(tracesIn(folder, before), 0, 'something of before is left on the disk')
  const since = seen.slice(seen.findLastIndex(({ saw }) => saw === 'setBack') + 1)
  if (since.length === seen.length) return
  for (const one of since) {
    if (one.saw === 'policy') assert.ok((policy?.version ?? 0) >= one.version)
  }
}

/** In how many files there is something that was signed, hashed or told before the deed. */
export function tracesIn(folder: string, { policy, pinTags, entries }: Kept): number {
  const traces = [...entries, ...pinTags.map(({ tag }) => tag)]
  if (policy !== undefined) traces.push(policy)
  const files = readdirSync(join(folder, 'lock')).filter((name) => !name.endsWith('-reserve'))
  const contents = files.map((name) => readFileSync(join(folder, 'lock', name)))
  return contents.filter((content) => traces.some((trace) => content.includes(trace))).length
}

/** No key and no code of before opens, before the next owner comes and after. */
export async function assertNextLife(disk: DiskLock, folder: string, before: Kept): Promise<void> {
  const bob = nextOwnerOf(disk)
  const journal = readJournal(disk.store, disk.lock.lockId)
  assert.equal(journal[0]?.type, 'started')
  const { claimed } = disk.lock.state()
  await assertNobodyOfBefore(disk, folder, before, claimed ? 'unknownCredential' : 'notClaimed')
  const contact = claimed ? await introduce(bob, disk.lock) : await claimNext(disk, bob)
  const verb = disk.door.snapshot().bolt === 'retracted' ? 'lock' : 'unlock'
  assert.equal((await operate(contact, verb)).outcome, 'done')
  await assertNobodyOfBefore(disk, folder, before, 'unknownCredential')
}

/** Claims the lock for its next owner, as from the box. */
export function claimNext(disk: DiskLock, next: Person): Promise<Contact> {
  disk.door.hands.pressInsideButton()
  const shown = disk.door.snapshot().setupCode
  assert.ok(shown)
  return claimAs(next, shown.text)
}

async function assertNobodyOfBefore(
  disk: DiskLock,
  folder: string,
  { keys }: Kept,
  reason: string,
): Promise<void> {
  const moved = readDoor(folder)
  assert.ok(keys)
  const withOldKeys = await introduce(ownerOf(disk), keys)
  await assert.rejects(
    operate(withOldKeys, 'unlock'),
    (error) => error instanceof KeyholderError && error.code === 'requestUndeliverable',
  )
  const withNewKeys = await introduce(ownerOf(disk), disk.lock)
  await assert.rejects(
    operate(withNewKeys, 'unlock'),
    (error) => error instanceof LockRefusal && error.reason === reason,
  )
  const seen: Seen[] = []
  await enterCode(disk, visitorCode, (one) => seen.push(one))
  assert.equal(seen.at(-1)?.saw, 'refusal')
  assert.deepEqual(readDoor(folder), moved, 'somebody of before moved the bolt')
}

/** A reset that waited when the lock was killed is over: it has to be asked for anew, and waited for. */
export function assertNothingWaits(disk: DiskLock): void {
  assert.equal(disk.door.snapshot().factoryReset, null)
  assert.equal(disk.lock.state().factoryResetAtMs, undefined)
  const { claimed } = disk.lock.state()
  disk.letTimePass(2 * resetWaitMs)
  assert.equal(disk.lock.state().claimed, claimed)
}
