import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import type { Clock, OpenLock, Store, Timers } from '@mortise/lock'
import {
  createFileStore,
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  createVirtualDoor,
  openDisk,
} from '@mortise/lock/testing'
import type { OnWritePoint, VirtualDoor } from '@mortise/lock/testing'
import { linkedOf } from '#proof/testing/reachable.ts'
import type { Reachable } from '#proof/testing/reachable.ts'

/** A lock of real parts: disk store, slow hash, system clock; the door lives in a file beside it. */
export interface DiskLock extends Reachable {
  readonly lock: OpenLock
  readonly door: VirtualDoor
  readonly nowMs: () => number
  readonly close: () => Promise<void>
}

export interface DiskLockOptions {
  readonly folder: string
  readonly onWritePoint?: OnWritePoint
  /** How many times faster than outside the lock's time passes. */
  readonly speed?: number
  /** To weaken the store on purpose. */
  readonly storeAround?: (store: Store) => Store
}

/** Short, because nobody watches. */
const travelMs = 5

export function openDiskLock(options: DiskLockOptions): DiskLock {
  const { folder, onWritePoint, speed = 1, storeAround = (store) => store } = options
  const { clock, timers } = hurried(speed)
  const random = createSystemRandom()
  const disk = openDisk({
    folder: join(folder, 'lock'),
    random,
    ...(onWritePoint && { onWritePoint }),
  })
  const { secrets } = disk
  const store = storeAround(disk.store)
  const steel = createFileStore(join(folder, 'door.json'))
  const door = createVirtualDoor({ clock, timers, travelMs, store: steel })
  const parts = { clock, timers, random, store, pinHasher: createPinHasher(secrets) }
  const lock = openLock({
    ports: { ...door.ports, ...parts, identity: secrets, log: silentLog },
    crypto: nodeSealCrypto,
    softwareVersion: 'proof',
    onFatal(error) {
      throw error
    },
  })
  return {
    lock,
    store,
    door,
    linked: linkedOf(lock),
    deliver: lock.request,
    nowMs: () => clock.wallMs() ?? 0,
    async close() {
      await lock.close()
      door.close()
    },
  }
}

/** The system's time, faster. */
function hurried(speed: number): { readonly clock: Clock; readonly timers: Timers } {
  const system = createSystemClock()
  const timers = createSystemTimers()
  const startMs = system.wallMs() ?? 0
  const startMonotonicMs = system.monotonicMs()
  const passedMs = (): number => (system.monotonicMs() - startMonotonicMs) * speed
  return {
    clock: {
      wallMs: () => Math.floor(startMs + passedMs()),
      monotonicMs: () => startMonotonicMs + passedMs(),
    },
    timers: { set: (delayMs, callback) => timers.set(delayMs / speed, callback) },
  }
}
