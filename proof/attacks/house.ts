import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { ask, KeyholderError, operate } from '@mortise/keyholder'
import type { Contact, HubPort } from '@mortise/keyholder'
import type { SealCrypto } from '@mortise/protocol/seal'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import type { DiskLock, DiskLockOptions } from '#proof/testing/disk-lock.ts'
import { readJournal, refusalsIn } from '#proof/testing/journal.ts'
import { claimAs, createPerson } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import { openHostileHub } from './hostile-hub.ts'
import type { HostileHub, LockConnection } from './hostile-hub.ts'

export interface HouseOptions {
  readonly weakLock?: Partial<DiskLockOptions>
  readonly weakPhone?: SealCrypto
  /** The lock is started anew whenever something old is delivered, so it remembers nothing used. */
  readonly forgets?: true
  /** Instead of a new hub, as for a second lock. */
  readonly hub?: HostileHub
  /** Instead of a new folder, as for a cloned lock. */
  readonly folder?: string
}

/** An owner, a claimed and bolted door, and the hub between them, which is still honest. */
export interface House {
  readonly hub: HostileHub
  readonly owner: Person
  readonly contact: Contact
  readonly folder: string
  readonly disk: () => DiskLock
  /** The living connection of the lock. */
  readonly connection: () => Promise<LockConnection>
  /** Before something old is delivered: starts a lock again that is weak by forgetting. */
  readonly forget: () => Promise<void>
  /** Ends the lock's program and starts it again. */
  readonly restart: () => Promise<void>
  /** Replaces parts of the phone's way to the hub; `{}` makes it honest again. */
  readonly meddle: (parts: Partial<HubPort>) => void
  readonly movements: () => number
  /** Refusals in the journal, which is checked to be one chain. */
  readonly refusals: () => number
}

/** Everything is closed when the test is over. */
export async function openHouse(context: TestContext, options: HouseOptions = {}): Promise<House> {
  const { weakLock, weakPhone } = options
  const hub = options.hub ?? (await openHostileHub())
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'mortise-proof-attacks-'))
  let disk = openDiskLock({ folder, hub: hub.hubText, ...weakLock })
  const { lockKey } = disk.lock
  context.after(async () => {
    await disk.close()
    if (options.hub === undefined) await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let meddled: Partial<HubPort> = {}
  const port = withMeddling(hub.port(lockKey), () => meddled)
  const owner = createPerson({
    name: 'Ada',
    hub: port,
    nowMs: Date.now,
    ...(weakPhone && { crypto: weakPhone }),
  })
  disk.door.hands.pressInsideButton()
  const shown = disk.door.snapshot().setupCode
  assert.ok(shown)
  const contact = await claimAs(owner, shown.text)
  await operate(contact, 'lock')
  const restart = async (): Promise<void> => {
    await disk.close()
    disk = openDiskLock({ folder, hub: hub.hubText, ...weakLock })
  }
  return {
    hub,
    owner,
    contact,
    folder,
    disk: () => disk,
    connection: () => hub.connectionOf(lockKey),
    restart,
    async forget() {
      if (options.forgets !== true) return
      const next = hub.nextConnection()
      await restart()
      await next
    },
    meddle(parts) {
      meddled = parts
    },
    movements: () => disk.door.snapshot().boltMovements,
    refusals: () => refusalsIn(readJournal(disk.store, disk.lock.lockId)),
  }
}

function withMeddling(honest: HubPort, meddled: () => Partial<HubPort>): HubPort {
  const parts = (): HubPort => ({ ...honest, ...meddled() })
  return {
    relay: (lockId, sealed) => parts().relay(lockId, sealed),
    policyReport: (lockId) => parts().policyReport(lockId),
    historyPage: (lockId, before) => parts().historyPage(lockId, before),
  }
}

/** Works that a flood may have crowded out are tried again; the lock recovers by itself. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof KeyholderError) || error.code !== 'lockBusy') throw error
    }
  }
}

/** Everything that the hub has sent before is dealt with when the lock has answered this. */
export async function roundTrip({ contact, meddle }: House): Promise<void> {
  meddle({})
  await patiently(() => ask(contact))
}

/** The lock still obeys its owner: one tap, one movement, and the history reaches the hub whole. */
export async function assertOwnerRules(house: House): Promise<void> {
  const { contact, disk, hub, movements } = house
  await roundTrip(house)
  const before = movements()
  const isUnlocked = disk().door.snapshot().bolt === 'retracted'
  const receipt = await patiently(() => operate(contact, isUnlocked ? 'lock' : 'unlock'))
  assert.equal(receipt.outcome, 'done')
  assert.equal(movements(), before + 1)
  const { lockKey } = disk().lock
  while (hub.entriesOf(lockKey).length < receipt.sequence) await roundTrip(house)
}
