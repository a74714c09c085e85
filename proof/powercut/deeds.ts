import assert from 'node:assert/strict'
import { operate, setOperatingMode } from '@mortise/keyholder'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import {
  enterCode,
  ownersContact,
  prepareHousehold,
  unlockByPhone,
  visitorCode,
} from '#proof/crash/acts.ts'
import type { Say } from '#proof/crash/acts.ts'
import { handOver, removeTheUsedUp, visitMs } from '#proof/crash/endings.ts'
import { handBack, prepareGuessedAt } from '#proof/crash/resets.ts'
import { scenarios } from '#proof/crash/scenarios.ts'
import type { Deed } from './recorded-life.ts'

const minuteMs = 60_000
/** A minute passes in less than a second, and a drive still has its time. */
const hurried = 100

async function timePasses(disk: DiskLock, byMs: number): Promise<void> {
  const untilMs = disk.nowMs() + byMs
  while (disk.nowMs() < untilMs) await new Promise(setImmediate)
}

/** A code that is good for a minute after its first use, used, and tried after it. */
async function outliveACode(disk: DiskLock, say: Say): Promise<void> {
  await enterCode(disk, visitorCode, say)
  await timePasses(disk, minuteMs)
  await enterCode(disk, visitorCode, () => {})
  assert.ok(disk.door.snapshot().lastAnswer?.signal.kind === 'refused')
}

async function modeThatEnds(disk: DiskLock, say: Say): Promise<void> {
  const contact = await ownersContact(disk)
  await setOperatingMode(contact, 'vacation', disk.nowMs() + 8_000)
  say({ saw: 'mode', mode: 'vacation' })
  while (disk.lock.state().operatingMode !== undefined) await new Promise(setImmediate)
}

/** So many entries nearly fill the small store of this deed. */
const nearlyFull = 120

function newestOf({ store }: DiskLock): number {
  return store.load().newestEntry?.sequence ?? 0
}

/** Opens and shuts the door until the store is so full that the next turns have to make room. */
async function fillTheStore(disk: DiskLock): Promise<void> {
  await prepareHousehold()(disk)
  const contact = await ownersContact(disk)
  await operate(contact, 'unlock')
  for (let open = true; newestOf(disk) < nearlyFull; open = !open) {
    disk.door.hands.moveLeaf({ open })
    await new Promise(setImmediate)
  }
  disk.door.hands.moveLeaf({ open: false })
  await operate(contact, 'lock')
}

/** Unlocks on a full disk, which removes old entries in the same write as the intent, or as the result. */
async function unlockWithoutRoom(disk: DiskLock, say: Say): Promise<void> {
  while (disk.store.load().journalFrom === undefined) {
    await unlockByPhone(disk, say)
    await operate(await ownersContact(disk), 'lock')
  }
}

/** Its preparation kills the process; an unlock's cut points include a bolt on its way. */
const killsItself = 'start after a kill in mid-movement'
const likeOthers = [
  'wrong code',
  'right code',
  'wrong voice PIN',
  'wrong voice PIN that locks voice',
  'auto-relock',
  'mode that ends by itself',
]

function ofKills(): Readonly<Record<string, Deed>> {
  const others = Object.entries(scenarios).filter(([name]) => name !== killsItself)
  return Object.fromEntries(others)
}

/** What the power is cut under: the deeds of the kills that write differently, and what needs its own clock or disk. */
const all: Readonly<Record<string, Deed>> = {
  ...ofKills(),
  'code that ends after its first use': {
    prepare: prepareHousehold({}, { userType: 'expiringUser', expiringUserTimeout: 1 }),
    deed: outliveACode,
    speed: hurried,
  },
  'first use of a code that ends in the dark': {
    prepare: prepareHousehold({}, { userType: 'expiringUser', expiringUserTimeout: 30 }),
    deed: (disk, say) => enterCode(disk, visitorCode, say),
    darkMs: visitMs,
  },
  'person who is used up and taken out': {
    async prepare(disk) {
      await prepareHousehold({}, { userType: 'disposableUser' })(disk)
      await enterCode(disk, visitorCode, () => {})
    },
    deed: removeTheUsedUp,
  },
  'hand-over to another owner': { prepare: prepareHousehold(), deed: handOver },
  'factory reset by an owner, for the next one': { prepare: prepareGuessedAt, deed: handBack },
  'mode that ends by itself': { prepare: prepareHousehold(), deed: modeThatEnds, speed: 20 },
  'unlock on a full disk': {
    prepare: fillTheStore,
    deed: unlockWithoutRoom,
    storeSize: { bytesMax: 48 * 1024, sparePages: 1, reserveBytes: 64 * 1024 },
  },
}

/** Those that write what another one writes as well are left to the long search. */
export const deeds: Readonly<Record<string, Deed>> = Object.fromEntries(
  Object.entries(all).map(([name, deed]) => {
    return [name, likeOthers.includes(name) ? { ...deed, isLikeAnother: true as const } : deed]
  }),
)
