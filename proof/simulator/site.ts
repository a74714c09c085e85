import { openLock, silentLog } from '@mortise/lock'
import type { Actuator, LinkedLock, LockPorts, OpenLock, Store, Unsubscribe } from '@mortise/lock'
import { createMemoryDisk, createMemoryStore, createVirtualDoor } from '@mortise/lock/testing'
import type { ManualTime, VirtualDoor } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { utf8 } from '@mortise/protocol/wire'
import { linkedOf } from '#proof/testing/reachable.ts'
import { startMs } from '#proof/testing/test-lock.ts'
import type { PlantedFault } from './planted.ts'
import type { Witness } from './witness.ts'

/** A lock of real core and shell, on hardware that fails when it is told to. */
export interface Site {
  readonly time: ManualTime
  /** True time, whatever the lock's clock says. */
  readonly trueMs: () => number
  readonly lock: () => OpenLock
  readonly linked: () => LinkedLock
  readonly door: () => VirtualDoor
  readonly isDead: () => boolean
  /** Somebody types; what is typed reaches a lock without power as little as a real one. */
  readonly press: (keys: string) => void
  /** The power goes at the commit after so many others, before or after it is durable. */
  readonly cutPower: (commits: number, when: 'before' | 'after') => void
  /** Called when the power goes; nothing that was asked is answered then. */
  readonly onDeath: (listener: () => void) => Unsubscribe
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface SiteOptions {
  readonly time: ManualTime
  readonly seed: number
  readonly witness: Witness
  readonly fault: PlantedFault | undefined
  readonly crypto: SealCrypto
}

interface Running {
  readonly door: VirtualDoor
  readonly lock: OpenLock
  readonly linked: LinkedLock
}

interface Cut {
  commits: number
  readonly when: 'before' | 'after'
}

const bootsMax = 5
const KEYPAD_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const

export function openSite({ seed, time, witness, fault, crypto }: SiteOptions): Site {
  const disk = createMemoryDisk()
  const steel = createMemoryStore()
  const deaths = new Set<() => void>()
  let cut: Cut | undefined
  let dead = false
  const typing = { now: false }

  const fail = (when: Cut['when']): void => {
    if (cut?.when !== when) return
    cut.commits -= 1
    if (cut.commits >= 0) return
    cut = undefined
    throw new MortiseError('world', 'powerCut', 'the power went')
  }
  const openStore = (): Store =>
    disk.open({
      beforeDurable: () => fail('before'),
      afterDurable(writes) {
        witness.committed(writes)
        fail('after')
      },
    })
  const die = (error: unknown): void => {
    dead = true
    for (const listener of Array.from(deaths)) listener()
    deaths.clear()
    if (!isPowerCut(error)) witness.crashed(error)
  }
  const open = (): Running => {
    dead = false
    const door = createVirtualDoor({ ...time, store: steel })
    witness.opens(door)
    const store = openStore()
    const ports = portsOf({ seed, door, time, store, crypto, witness, typing })
    const used = fault?.ports?.(ports) ?? ports
    try {
      const lock = openLock({
        ports: used,
        crypto: fault?.crypto?.(crypto) ?? crypto,
        softwareVersion: 'simulated',
        onFatal: die,
      })
      return { door, lock, linked: linkedOf(lock) }
    } catch (error) {
      store.close()
      door.close()
      throw error
    }
  }
  let running = open()
  return {
    time,
    trueMs: () => startMs + time.clock.monotonicMs(),
    lock: () => running.lock,
    linked: () => running.linked,
    door: () => running.door,
    isDead: () => dead,
    press(keys) {
      typing.now = true
      for (const key of keys) {
        const known = KEYPAD_KEYS.find((candidate) => candidate === key)
        if (known !== undefined) running.door.hands.pressKey(known)
      }
      typing.now = false
    },
    cutPower(commits, when) {
      cut = { commits, when }
    },
    onDeath(listener) {
      deaths.add(listener)
      return () => void deaths.delete(listener)
    },
    async restart() {
      await running.lock.close()
      running.door.close()
      for (const listener of Array.from(deaths)) listener()
      deaths.clear()
      running = patiently(open)
    },
    close: () => running.lock.close(),
  }
}

/** The power may go during a boot as well. */
function patiently(open: () => Running): Running {
  for (let boots = 1; boots < bootsMax; boots += 1) {
    try {
      return open()
    } catch (error) {
      if (!isPowerCut(error)) throw error
    }
  }
  return open()
}

function isPowerCut(error: unknown): boolean {
  return error instanceof MortiseError && error.code === 'powerCut'
}

interface Parts {
  readonly seed: number
  readonly door: VirtualDoor
  readonly time: ManualTime
  readonly store: Store
  readonly crypto: SealCrypto
  readonly witness: Witness
  readonly typing: { readonly now: boolean }
}

function portsOf({ seed, door, time, store, crypto, witness, typing }: Parts): LockPorts {
  const { sha256, randomBytes } = crypto
  const { actuator } = door.ports
  const watched: Actuator = {
    ...actuator,
    drive(direction) {
      witness.drives(direction)
      actuator.drive(direction)
    },
  }
  return {
    ...door.ports,
    actuator: watched,
    clock: time.clock,
    timers: time.timers,
    store,
    random: { bytes: randomBytes },
    identity: {
      identitySeed: sha256(utf8(`identity ${seed}`)),
      sealingPrivateKey: sha256(utf8(`sealing ${seed}`)),
    },
    // Not slow: what it costs is measured elsewhere.
    pinHasher: {
      hash(pin) {
        if (typing.now) witness.hashes()
        return Promise.resolve(sha256(utf8(`${seed} ${pin}`)))
      },
    },
    log: silentLog,
  }
}
