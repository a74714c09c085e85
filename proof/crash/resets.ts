import assert from 'node:assert/strict'
import { orderFactoryReset, stopFactoryReset } from '@mortise/keyholder'
import { askInside, resetWaitMs } from '#proof/testing/ask-inside.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import {
  enterCode,
  nextOwnerOf,
  ownersContact,
  prepareHousehold,
  silence,
  wrongCode,
} from './acts.ts'
import type { Say } from './acts.ts'
import { claimNext } from './set-back.ts'

/** Less than the quiet hour after which guesses are forgiven. */
const soonMs = 30 * 60_000

/** A household at whose keypad somebody has guessed, so that there is something to forget. */
export async function prepareGuessedAt(disk: DiskLock): Promise<void> {
  await prepareHousehold()(disk)
  await enterCode(disk, wrongCode, silence)
}

function askForReset({ door, letTimePass }: DiskLock, say: Say): void {
  askInside(door, letTimePass)
  say({ saw: 'alarm', alarmCode: 'lockFactoryReset' })
}

/** Nobody stops it for three days; then the lock starts anew. */
export async function waitForReset(disk: DiskLock, say: Say): Promise<void> {
  askForReset(disk, say)
  disk.letTimePass(resetWaitMs)
  assert.equal(disk.lock.state().claimed, false)
  say({ saw: 'setBack' })
  await startAnew(disk)
}

/** An owner hands the lock over, with the button inside, and the next one claims it. */
export async function handBack(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  disk.door.hands.pressInsideButton()
  await orderFactoryReset(contact)
  say({ saw: 'setBack' })
  await startAnew(disk)
  const next = await claimNext(disk, nextOwnerOf(disk))
  say({ saw: 'policy', version: next.sighting?.state.policyVersion ?? 0 })
}

/** An owner sees in time what somebody inside has asked for, and stops it. */
export async function stopInTime(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  askForReset(disk, say)
  disk.letTimePass(soonMs)
  const { sequence } = await stopFactoryReset(contact)
  assert.equal(disk.door.snapshot().factoryReset, null)
  say({ saw: 'stopped', sequence })
}

/** The hub has heard the last word of the old lock. */
async function startAnew(disk: DiskLock): Promise<void> {
  disk.linked.acknowledged(disk.linked.newestSequence())
  await disk.beginAnew()
}
