import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import type { LockPorts, OpenLock, RequestLimits, Store } from '@mortise/lock'
import {
  createManualTime,
  createMemoryDisk,
  createMemoryStore,
  createVirtualDoor,
} from '@mortise/lock/testing'
import type { ManualTime, MemoryDisk, RecordStore, VirtualDoor } from '@mortise/lock/testing'
import type { SealCrypto } from '@mortise/protocol/seal'
import { utf8 } from '@mortise/protocol/wire'
import { linkedOf } from './reachable.ts'
import type { Reachable } from './reachable.ts'

export interface TestLockOptions {
  /** What outlives a restart; new ones when absent. */
  readonly disk?: MemoryDisk
  readonly steel?: RecordStore
  readonly time?: ManualTime
  /** Names the lock's keys: the same number is the same lock. */
  readonly number?: number
  /** To weaken the lock on purpose. */
  readonly crypto?: SealCrypto
  readonly requestLimits?: RequestLimits
  /** When a commit fails, as it does when the power goes; thrown when absent. */
  readonly onFatal?: (error: unknown) => void
}

/** A lock of real core and shell; door and time are simulated, and time passes when told to. */
export interface TestLock extends Reachable {
  readonly lock: OpenLock
  readonly door: VirtualDoor
  readonly time: ManualTime
  /** How often the bolt moved, by motor or hand, in the whole life of the door. */
  readonly movements: () => number
  /** Ends the process and starts it again on the same disk and door. */
  readonly restart: (changes?: TestLockOptions) => Promise<TestLock>
}

/** Where the clocks of the tests begin. */
export const startMs = Date.UTC(2026, 5, 1)

export function openTestLock(options: TestLockOptions = {}): TestLock {
  const {
    disk = createMemoryDisk(),
    steel = createMemoryStore(),
    time = createManualTime({ wallMs: startMs }),
    crypto = nodeSealCrypto,
  } = options
  const door = createVirtualDoor({ ...time, store: steel })
  const store = disk.open()
  const { requestLimits } = options
  const lock = openLock({
    ports: portsOf(options.number ?? 1, door, time, store),
    crypto,
    softwareVersion: 'proof',
    ...(requestLimits && { requestLimits }),
    onFatal: options.onFatal ?? rethrow,
  })
  return {
    lock,
    door,
    time,
    store,
    linked: linkedOf(lock),
    deliver: (sealed) => settle(time, lock.request(sealed)),
    movements: () => door.snapshot().boltMovements,
    async restart(changes = {}) {
      await lock.close()
      door.close()
      return openTestLock({ ...options, disk, steel, time, ...changes })
    },
  }
}

function portsOf(number: number, door: VirtualDoor, time: ManualTime, store: Store): LockPorts {
  const { sha256, randomBytes } = nodeSealCrypto
  return {
    ...door.ports,
    ...time,
    store,
    random: { bytes: randomBytes },
    identity: {
      identitySeed: sha256(utf8(`identity ${number}`)),
      sealingPrivateKey: sha256(utf8(`sealing ${number}`)),
    },
    pinHasher: { hash: (pin) => Promise.resolve(sha256(utf8(`${number} ${pin}`))) },
    log: silentLog,
  }
}

function rethrow(error: unknown): never {
  throw error
}

const stepMs = 100
const stepsMax = 200

/** Lets simulated time pass until a promise has its answer. */
export async function settle<Value>(time: ManualTime, promise: Promise<Value>): Promise<Value> {
  let settled = false
  const mark = (): void => {
    settled = true
  }
  promise.then(mark, mark)
  for (let step = 0; step < stepsMax; step += 1) {
    await new Promise(setImmediate)
    if (settled) return promise
    time.advance(stepMs)
  }
  return promise
}
