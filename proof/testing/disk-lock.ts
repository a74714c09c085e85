import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import type {
  Clock,
  Link,
  OpenLock,
  PinHasher,
  Random,
  RequestLimits,
  Store,
  Timers,
} from '@mortise/lock'
import {
  createFileStore,
  createHubLink,
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  createVirtualDoor,
  openDisk,
} from '@mortise/lock/testing'
import type { OnWritePoint, StoreSize, VirtualDoor } from '@mortise/lock/testing'
import { linkedOf } from './reachable.ts'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { HubText } from '@mortise/protocol/wire'
import type { Reachable } from './reachable.ts'

/** A lock of real parts: disk store, slow hash, system clock; the door lives in a file beside it. */
export interface DiskLock extends Reachable {
  readonly lock: OpenLock
  readonly door: VirtualDoor
  readonly nowMs: () => number
  /** Calls whenever the slow hash of a code begins; returns how to end that. */
  readonly onHash: (listener: () => void) => () => void
  /** Both clocks are so much further at once; timers that became due come late. */
  readonly passTime: (durationMs: number) => void
  /** The same, and every timer that became due comes at once. */
  readonly letTimePass: (durationMs: number) => void
  /**
   * After a factory reset, as the program does it: once the lock has said so under its old name, the
   * store is opened anew behind the same door, and `lock`, `store` and `linked` are those of another lock.
   */
  readonly beginAnew: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface DiskLockOptions {
  readonly folder: string
  readonly onWritePoint?: OnWritePoint
  /** How many times faster than outside the lock's time passes. */
  readonly speed?: number
  /** How far the clock of the lock is ahead: so long it had no power. */
  readonly aheadMs?: number
  /** To weaken the lock on purpose: its store, its link, its cryptography, its randomness, its rate. */
  readonly storeAround?: (store: Store) => Store
  readonly linkAround?: (link: Link, versionInForce: () => number) => Link
  readonly crypto?: SealCrypto
  readonly random?: Random
  readonly requestLimits?: RequestLimits
  /** A cheap hash, where the slowness of the real one proves nothing. */
  readonly pinHasher?: PinHasher
  readonly storeSize?: StoreSize
  /** What the hub printed for locks; without it the lock stays alone. */
  readonly hub?: HubText
}

/** Short, because nobody watches. */
const travelMs = 5
/** The hubs of the proofs are on this machine, and a lock that was sent away shall come back soon. */
const backoff = { minMs: 1, maxMs: 4 }

export function openDiskLock(options: DiskLockOptions): DiskLock {
  const { folder, speed = 1, aheadMs = 0 } = options
  const { clock, timers, passTime, letTimePass } = hurried(speed, aheadMs)
  const steel = createFileStore(join(folder, 'door.json'))
  const door = createVirtualDoor({ clock, timers, travelMs, store: steel })
  const hashing = new Set<() => void>()
  const open = (): Life => openLife(options, { clock, timers }, { door, hashing })
  let life = open()
  return {
    get lock() {
      return life.lock
    },
    get store() {
      return life.store
    },
    get linked() {
      return life.linked
    },
    door,
    deliver: (sealed) => life.lock.request(sealed),
    nowMs: () => clock.wallMs() ?? 0,
    onHash(listener) {
      hashing.add(listener)
      return () => hashing.delete(listener)
    },
    passTime,
    letTimePass,
    async beginAnew() {
      await life.ended
      await life.lock.close()
      life = open()
    },
    async close() {
      await life.lock.close()
      door.close()
    },
  }
}

/** One lock, from its first start to the reset that ends it. */
interface Life extends Pick<DiskLock, 'lock' | 'store' | 'linked'> {
  readonly ended: Promise<void>
}

function openLife(
  options: DiskLockOptions,
  time: { readonly clock: Clock; readonly timers: Timers },
  { door, hashing }: { readonly door: VirtualDoor; readonly hashing: ReadonlySet<() => void> },
): Life {
  const { folder, onWritePoint, storeAround = (store) => store, requestLimits, hub } = options
  const { crypto = nodeSealCrypto, random = createSystemRandom() } = options
  const { linkAround = (link: Link) => link } = options
  const disk = openDisk({
    folder: join(folder, 'lock'),
    random: createSystemRandom(),
    ...(onWritePoint && { onWritePoint }),
    ...(options.storeSize && { storeSize: options.storeSize }),
  })
  const { secrets } = disk
  const { hash } = options.pinHasher ?? createPinHasher(secrets)
  const pinHasher: PinHasher = {
    hash(pin) {
      for (const listener of hashing) listener()
      return hash(pin)
    },
  }
  const store = storeAround(disk.store)
  const { promise: ended, resolve: onLifeEnded } = Promise.withResolvers<void>()
  const lock = openLock({
    ports: { ...door.ports, ...time, random, store, pinHasher, identity: secrets, log: silentLog },
    crypto,
    ...(requestLimits && { requestLimits }),
    softwareVersion: 'proof',
    onFatal(error) {
      throw error
    },
    onLifeEnded,
  })
  if (hub !== undefined) {
    const { timers } = time
    const link = { hub, identity: secrets, crypto, random, timers, log: silentLog, backoff }
    lock.attach(linkAround(createHubLink(link), () => lock.state().policyVersion))
  }
  return { lock, store, linked: linkedOf(lock), ended }
}

/** The system's time, faster, and further where it is told to be. */
function hurried(speed: number, aheadMs: number) {
  const system = createSystemClock()
  const systemTimers = createSystemTimers()
  const startMs = (system.wallMs() ?? 0) + aheadMs
  const startMonotonicMs = system.monotonicMs()
  let leaptMs = 0
  const passedMs = (): number => (system.monotonicMs() - startMonotonicMs) * speed + leaptMs
  const clock: Clock = {
    wallMs: () => Math.floor(startMs + passedMs()),
    monotonicMs: () => startMonotonicMs + passedMs(),
  }
  const pending = new Set<PendingTimer>()
  const timers: Timers = {
    set(delayMs, callback) {
      const end = (): void => {
        pending.delete(timer)
        cancel()
      }
      const come = (): void => {
        end()
        callback()
      }
      const timer = { dueMs: clock.monotonicMs() + delayMs, come }
      const cancel = systemTimers.set(delayMs / speed, come)
      pending.add(timer)
      return end
    },
  }
  const passTime = (durationMs: number): void => {
    leaptMs += durationMs
  }
  const letTimePass = (durationMs: number): void => {
    passTime(durationMs)
    const due = [...pending].filter(({ dueMs }) => dueMs <= clock.monotonicMs())
    for (const timer of due.toSorted((one, other) => one.dueMs - other.dueMs)) {
      if (pending.has(timer)) timer.come()
    }
  }
  return { clock, timers, passTime, letTimePass }
}

interface PendingTimer {
  readonly dueMs: number
  readonly come: () => void
}
