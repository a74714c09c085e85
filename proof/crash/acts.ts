import assert from 'node:assert/strict'
import {
  changePolicy,
  draftVisitorCode,
  operate,
  removeUser,
  setOperatingMode,
  together,
} from '@mortise/keyholder'
import type { CodeOptions, Contact, UserTerms } from '@mortise/keyholder'
import type { DoorSnapshot } from '@mortise/lock/testing'
import type { AlarmCode, LockoutSource, OperatingMode } from '@mortise/protocol/words'
import { directHub } from '#proof/testing/direct-hub.ts'
import { claimAs, createPerson, introduce } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'

/** What somebody outside the lock has seen, and what must therefore outlive a kill. */
export type Seen =
  | { readonly saw: 'receipt'; readonly sequence: number }
  | { readonly saw: 'policy'; readonly version: number }
  /** Green light: the code was right and the bolt has followed. */
  | { readonly saw: 'green' }
  /** The lock has begun to hash a code. */
  | { readonly saw: 'hashing'; readonly at: CodeSource }
  | { readonly saw: 'refusal' }
  | { readonly saw: 'lockout'; readonly at: CodeSource }
  | { readonly saw: 'relocked' }
  | { readonly saw: 'mode'; readonly mode: OperatingMode }
  | { readonly saw: 'alarm'; readonly alarmCode: AlarmCode }
  /** An owner's phone has the receipt: the reset that waited is stopped. */
  | { readonly saw: 'stopped'; readonly sequence: number }
  /** Nobody owns the lock any more. */
  | { readonly saw: 'setBack' }

/** Where a code was tried. */
export type CodeSource = Extract<LockoutSource, 'keypad' | 'voice'>

export type Say = (seen: Seen) => void

/** Something that people do to a lock, told step by step. */
export interface Scenario {
  /** Makes the lock that the deed is then done to, once; absent: one that never ran. */
  readonly prepare?: (disk: DiskLock) => Promise<void>
  readonly deed: (disk: DiskLock, say: Say) => Promise<void>
  /** The write points of the lock's start count too. */
  readonly includesStart?: true
  /** See `DiskLockOptions`. */
  readonly speed?: number
  /** How long the lock has no power after the kill. */
  readonly darkMs?: number
}

export const ownerSeed = new Uint8Array(32).fill(0x51)
export const visitorCode = '739146'
export const wrongCode = '739147'
export const wrongCodeEntryLimit = 3
export const autoRelockTime = 2

export function ownerOf(disk: DiskLock): Person {
  const { nowMs } = disk
  return createPerson({ name: 'Ada', hub: directHub(() => disk), nowMs, seed: ownerSeed })
}

/** Who gets the door when Ada hands it over. */
export function nextOwnerOf(disk: DiskLock): Person {
  const { nowMs } = disk
  const seed = new Uint8Array(32).fill(0x52)
  return createPerson({ name: 'Bob', hub: directHub(() => disk), nowMs, seed })
}

export function ownersContact(disk: DiskLock): Promise<Contact> {
  return introduce(ownerOf(disk), disk.lock)
}

/** The button inside, then the phone with what the display shows. */
export async function claimInside(disk: DiskLock, settings = {}): Promise<Contact> {
  disk.door.hands.pressInsideButton()
  const shown = disk.door.snapshot().setupCode
  assert.ok(shown)
  return claimAs(ownerOf(disk), shown.text, settings)
}

/** Claimed, a visitor with a code, the bolt locked. */
export function prepareHousehold(
  settings: object = {},
  visitor: UserTerms | ((nowMs: number) => UserTerms) = {},
  code: CodeOptions = {},
): (disk: DiskLock) => Promise<void> {
  return async (disk) => {
    const contact = await claimInside(disk, { wrongCodeEntryLimit, ...settings })
    const terms = typeof visitor === 'function' ? visitor(disk.nowMs()) : visitor
    const options = { pin: visitorCode, ...code }
    await changePolicy(
      contact,
      draftVisitorCode(contact.device, { name: 'Vera', ...terms }, options),
    )
    await operate(contact, 'lock')
  }
}

/** Resolves when the door looks so, which it may do at once. */
export function doorShows(
  { door }: DiskLock,
  looks: (snapshot: DoorSnapshot) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!looks(door.snapshot())) return
      end()
      resolve()
    }
    const end = door.onChange(check)
    check()
  })
}

/** Types an entry and waits for the light that answers it. */
export async function enterCode(disk: DiskLock, code: string, say: Say): Promise<void> {
  const answers = disk.door.snapshot().lastAnswer?.number ?? 0
  const end = disk.onHash(() => say({ saw: 'hashing', at: 'keypad' }))
  for (const key of `${code}#`) pressKey(disk, key)
  await doorShows(
    disk,
    ({ lastAnswer, lockout }) => (lastAnswer?.number ?? 0) > answers || lockout !== null,
  )
  end()
  const { lastAnswer, lockout } = disk.door.snapshot()
  if (lockout !== null) say({ saw: 'lockout', at: 'keypad' })
  else say({ saw: lastAnswer?.signal.kind === 'accepted' ? 'green' : 'refusal' })
}

const keypadKeys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#'] as const

function pressKey({ door }: DiskLock, key: string): void {
  const known = keypadKeys.find((candidate) => candidate === key)
  assert.ok(known)
  door.hands.pressKey(known)
}

export const silence: Say = () => {}
export const nothingToDo = (): Promise<void> => Promise.resolve()

export async function unlockByPhone(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  const { sequence } = await operate(contact, 'unlock')
  say({ saw: 'receipt', sequence })
}

/** One visitor goes, another comes with a code of their own: one write. */
export async function exchangeVisitors(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  const draft = draftVisitorCode(contact.device, { name: 'Wim' }, { pin: '826402' })
  const edit = together((policy) => {
    const leaving = policy.users.find(({ role }) => role === 'guest')
    assert.ok(leaving)
    return removeUser(leaving.id)(policy)
  }, draft.edit)
  const { receipt, version } = await changePolicy(contact, { ...draft, edit })
  assert.ok(receipt)
  say({ saw: 'receipt', sequence: receipt.sequence })
  say({ saw: 'policy', version })
}

export async function dieInMidMovement(disk: DiskLock): Promise<void> {
  await prepareHousehold()(disk)
  disk.door.onChange(() => {
    if (disk.door.snapshot().moving !== null) process.kill(process.pid, 'SIGKILL')
  })
  await unlockByPhone(disk, silence)
}

export async function claimLock(disk: DiskLock, say: Say): Promise<void> {
  const contact = await claimInside(disk)
  say({ saw: 'policy', version: contact.sighting?.state.policyVersion ?? 0 })
}

/** Locks the door down while it is unlocked, which locks it. */
export async function lockDown(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  await setOperatingMode(contact, 'lockdown')
  say({ saw: 'mode', mode: 'lockdown' })
  await doorShows(disk, ({ bolt, moving }) => bolt === 'extended' && moving === null)
}

export async function relockByItself(disk: DiskLock, say: Say): Promise<void> {
  await unlockByPhone(disk, say)
  await doorShows(disk, ({ bolt, moving }) => bolt === 'extended' && moving === null)
  say({ saw: 'relocked' })
}
