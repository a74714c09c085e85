import assert from 'node:assert/strict'
import {
  changePolicy,
  draftVisitorCode,
  operate,
  removeUser,
  setOperatingMode,
  together,
} from '@mortise/keyholder'
import type { Contact, UserTerms } from '@mortise/keyholder'
import type { DoorSnapshot } from '@mortise/lock/testing'
import type { OperatingMode } from '@mortise/protocol/words'
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
  | { readonly saw: 'hashing' }
  | { readonly saw: 'refusal' }
  | { readonly saw: 'lockout' }
  | { readonly saw: 'relocked' }
  | { readonly saw: 'mode'; readonly mode: OperatingMode }

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
}

export const ownerSeed = new Uint8Array(32).fill(0x51)
export const visitorCode = '739146'
const wrongCode = '739147'
const wrongCodeEntryLimit = 3
const autoRelockTime = 2

export function ownerOf(disk: DiskLock): Person {
  const { nowMs } = disk
  return createPerson({ name: 'Ada', hub: directHub(() => disk), nowMs, seed: ownerSeed })
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
  visitor: UserTerms = {},
): (disk: DiskLock) => Promise<void> {
  return async (disk) => {
    const contact = await claimInside(disk, { wrongCodeEntryLimit, ...settings })
    const person = { name: 'Vera', ...visitor }
    await changePolicy(contact, draftVisitorCode(contact.device, person, { pin: visitorCode }))
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
  let isHashing = false
  const end = disk.door.onChange(() => {
    if (disk.door.snapshot().moment?.kind !== 'busy' || isHashing) return
    isHashing = true
    say({ saw: 'hashing' })
  })
  for (const key of `${code}#`) pressKey(disk, key)
  await doorShows(
    disk,
    ({ lastAnswer, lockout }) => (lastAnswer?.number ?? 0) > answers || lockout !== null,
  )
  end()
  const { lastAnswer, lockout } = disk.door.snapshot()
  if (lockout !== null) say({ saw: 'lockout' })
  else say({ saw: lastAnswer?.signal.kind === 'accepted' ? 'green' : 'refusal' })
}

const keypadKeys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#'] as const

function pressKey({ door }: DiskLock, key: string): void {
  const known = keypadKeys.find((candidate) => candidate === key)
  assert.ok(known)
  door.hands.pressKey(known)
}

const silence: Say = () => {}
const nothingToDo = (): Promise<void> => Promise.resolve()

export async function unlockByPhone(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  const { sequence } = await operate(contact, 'unlock')
  say({ saw: 'receipt', sequence })
}

/** One visitor goes, another comes with a code of their own: one write. */
async function exchangeVisitors(disk: DiskLock, say: Say): Promise<void> {
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

async function dieInMidMovement(disk: DiskLock): Promise<void> {
  await prepareHousehold()(disk)
  disk.door.onChange(() => {
    if (disk.door.snapshot().moving !== null) process.kill(process.pid, 'SIGKILL')
  })
  await unlockByPhone(disk, silence)
}

async function claimLock(disk: DiskLock, say: Say): Promise<void> {
  const contact = await claimInside(disk)
  say({ saw: 'policy', version: contact.sighting?.state.policyVersion ?? 0 })
}

/** Locks the door down while it is unlocked, which locks it. */
async function lockDown(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  await setOperatingMode(contact, 'lockdown')
  say({ saw: 'mode', mode: 'lockdown' })
  await doorShows(disk, ({ bolt, moving }) => bolt === 'extended' && moving === null)
}

async function relockByItself(disk: DiskLock, say: Say): Promise<void> {
  await unlockByPhone(disk, say)
  await doorShows(disk, ({ bolt, moving }) => bolt === 'extended' && moving === null)
  say({ saw: 'relocked' })
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  'first start': { deed: nothingToDo, includesStart: true },
  'start after a kill in mid-movement': {
    prepare: dieInMidMovement,
    deed: nothingToDo,
    includesStart: true,
  },
  claim: { deed: claimLock },
  'unlock by phone': { prepare: prepareHousehold(), deed: unlockByPhone },
  'wrong code': {
    prepare: prepareHousehold(),
    deed: (disk, say) => enterCode(disk, wrongCode, say),
  },
  'wrong code that locks the keypad': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      for (let left = wrongCodeEntryLimit - 1; left > 0; left -= 1) {
        await enterCode(disk, wrongCode, silence)
      }
    },
    deed: (disk, say) => enterCode(disk, wrongCode, say),
  },
  'right code': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      await enterCode(disk, wrongCode, silence)
    },
    deed: (disk, say) => enterCode(disk, visitorCode, say),
  },
  'one-time code': {
    prepare: prepareHousehold({}, { userType: 'disposableUser' }),
    deed: (disk, say) => enterCode(disk, visitorCode, say),
  },
  'change of mode': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      await unlockByPhone(disk, silence)
    },
    deed: lockDown,
  },
  'policy change with a new code': { prepare: prepareHousehold(), deed: exchangeVisitors },
  'auto-relock': {
    prepare: prepareHousehold({ autoRelockTime }),
    deed: relockByItself,
    speed: 40,
  },
}
