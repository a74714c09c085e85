import assert from 'node:assert/strict'
import { changePolicy, draftPerson, removeUser } from '@mortise/keyholder'
import type { Contact, PolicyEdit } from '@mortise/keyholder'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { introduce } from '#proof/testing/person.ts'
import { enterCode, nextOwnerOf, ownersContact, visitorCode } from './acts.ts'
import type { Say } from './acts.ts'
import { policyOf } from './kept.ts'

/** How long somebody may come whose time ends. */
export const visitMs = 3_600_000

/** Shorter than a motor may take, longer than a hash does. */
const leftMs = 5_000

/** A code that is good when it is typed, and not any more when the bolt arrives. */
export async function outliveTheMovement(disk: DiskLock, say: Say): Promise<void> {
  const visitor = policyOf(disk.store.load())?.users.find(({ role }) => role === 'guest')
  assert.ok(visitor?.validity)
  disk.passTime(visitor.validity.notAfterMs - leftMs - disk.nowMs())
  const end = disk.door.onChange(() => {
    if (disk.door.snapshot().moving === null) return
    end()
    disk.passTime(leftMs)
  })
  await enterCode(disk, visitorCode, say)
  assert.ok(disk.nowMs() > visitor.validity.notAfterMs)
}

/** Person, code, its hash and the count of its uses go in one write. */
export async function removeTheUsedUp(disk: DiskLock, say: Say): Promise<void> {
  const edit: PolicyEdit = (policy) => {
    const leaving = policy.users.find(({ role }) => role === 'guest')
    assert.ok(leaving)
    return removeUser(leaving.id)(policy)
  }
  await change(await ownersContact(disk), edit, say)
}

/** The next owner is added by the one before, whom they then take out. */
export async function handOver(disk: DiskLock, say: Say): Promise<void> {
  const ada = await ownersContact(disk)
  const next = nextOwnerOf(disk)
  disk.door.hands.pressInsideButton()
  const person = { name: next.name, role: 'owner' } as const
  await change(ada, draftPerson(ada.device, person, [next.credential]).edit, say)
  const edit: PolicyEdit = (policy) => {
    const leaving = policy.users.find(({ name }) => name === 'Ada')
    assert.ok(leaving)
    return removeUser(leaving.id)(policy)
  }
  await change(await introduce(next, disk.lock), edit, say)
}

async function change(contact: Contact, edit: PolicyEdit, say: Say): Promise<void> {
  const { receipt, version } = await changePolicy(contact, { edit, pins: [] })
  assert.ok(receipt)
  say({ saw: 'receipt', sequence: receipt.sequence })
  say({ saw: 'policy', version })
}
