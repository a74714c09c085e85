import { openLock, silentLog } from '@mortise/lock'
import type {
  Actuator,
  BiometricShown,
  LinkedLock,
  LockPorts,
  OpenLock,
  Store,
  Unsubscribe,
} from '@mortise/lock'
import { createMemoryStore, createVirtualDoor } from '@mortise/lock/testing'
import type { ManualTime, VirtualDoor } from '@mortise/lock/testing'
import type { SealCrypto } from '@mortise/protocol/seal'
import { utf8 } from '@mortise/protocol/wire'
import { linkedOf } from '#proof/testing/reachable.ts'
import { startMs } from '#proof/testing/test-lock.ts'
import type { PlantedFault } from './planted/around-ports.ts'
import { diskOf } from './storage.ts'
import type { StoreKind } from './storage.ts'
import { createTrouble } from './trouble.ts'
import type { Trouble } from './trouble.ts'
import type { Witness } from './auditor/witness.ts'

/** A lock of real core and shell, on hardware that fails when it is told to. */
export interface Site {
  readonly time: ManualTime
  /** For whoever has none of their own. */
  readonly crypto: SealCrypto
  /** True time, whatever the lock's clock says. */
  readonly trueMs: () => number
  readonly lock: () => OpenLock
  readonly linked: () => LinkedLock
  readonly door: () => VirtualDoor
  /** Its program has ended, or its life has: it waits to be started again. */
  readonly isDead: () => boolean
  /** Somebody shows a finger or a face. */
  readonly show: (shown: BiometricShown) => void
  /** Somebody types; what is typed reaches a lock without power as little as a real one. */
  readonly press: (keys: string) => void
  /** Somebody tells an assistant a PIN, whose hash is from then on one of a spoken one. */
  readonly hears: (pin: string) => void
  /** What happens to its power and its disk. */
  readonly trouble: Trouble
  /** Called when the power goes; nothing that was asked is answered then. */
  readonly onDeath: (listener: () => void) => Unsubscribe
  readonly restart: (darkMs?: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface SiteOptions {
  readonly time: ManualTime
  readonly seed: number
  readonly witness: Witness
  readonly fault: PlantedFault | undefined
  readonly crypto: SealCrypto
  readonly storeKind: StoreKind
}

interface Running {
  readonly door: VirtualDoor
  readonly lock: OpenLock
  readonly linked: LinkedLock
}

const bootsMax = 5
const KEYPAD_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const

export function openSite({ seed, time, witness, fault, crypto, storeKind }: SiteOptions): Site {
  const disk = diskOf(storeKind, { seed, crypto, witness, isLate: fault?.isDiskLate === true })
  const steel = createMemoryStore()
  const deaths = new Set<() => void>()
  const trouble = createTrouble(witness.committed)
  let dead = false
  const typing = { now: false }
  const spoken = new Set<string>()

  const stop = (): void => {
    dead = true
    for (const listener of Array.from(deaths)) listener()
    deaths.clear()
  }
  const die = (error: unknown): void => {
    stop()
    if (!trouble.isCauseOf(error)) witness.crashed(error)
  }
  const open = (): Running => {
    dead = false
    const door = createVirtualDoor({ ...time, store: steel })
    witness.opens(door)
    const { store, identity } = disk.open(trouble.commits)
    const ports = portsOf({ identity, door, time, store, crypto, witness, typing, spoken })
    const used = fault?.ports?.(ports) ?? ports
    try {
      const lock = openLock({
        ports: used,
        crypto: fault?.crypto?.(crypto) ?? crypto,
        softwareVersion: 'simulated',
        onFatal: die,
        onLifeEnded: stop,
      })
      witness.runs(lock.lockId, lock.state)
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
    crypto,
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
    show({ credentialType, credentialId }) {
      // What a finger looks like is told by the id that it will have.
      const whose = credentialId === undefined ? {} : { whose: credentialId.toHex() }
      running.door.hands.showBiometric({ credentialType, ...whose })
    },
    hears: (pin) => void spoken.add(pin),
    trouble,
    onDeath(listener) {
      deaths.add(listener)
      return () => void deaths.delete(listener)
    },
    async restart(darkMs = 0) {
      await running.lock.close()
      running.door.close()
      stop()
      time.advance(darkMs)
      running = patiently(open, trouble)
    },
    async close() {
      await running.lock.close()
      disk.remove()
    },
  }
}

/** The power may go, or the disk fail, during a boot as well. */
function patiently(open: () => Running, { isCauseOf }: Trouble): Running {
  for (let boots = 1; boots < bootsMax; boots += 1) {
    try {
      return open()
    } catch (error) {
      if (!isCauseOf(error)) throw error
    }
  }
  return open()
}

interface Parts {
  readonly identity: LockPorts['identity']
  readonly door: VirtualDoor
  readonly time: ManualTime
  readonly store: Store
  readonly crypto: SealCrypto
  readonly witness: Witness
  readonly typing: { readonly now: boolean }
  readonly spoken: ReadonlySet<string>
}

function portsOf(parts: Parts): LockPorts {
  const { identity, door, time, store, crypto, witness, typing, spoken } = parts
  const { sha256, randomBytes } = crypto
  const pepper = identity.identitySeed.toHex()
  const { insideButton } = door.ports
  insideButton.onPress(() => witness.insideButton(true))
  insideButton.onRelease(() => witness.insideButton(false))
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
    identity,
    // Not slow: what it costs is measured elsewhere.
    pinHasher: {
      hash(pin) {
        if (typing.now) witness.hashes('keypad')
        else if (spoken.has(pin)) witness.hashes('voice')
        return Promise.resolve(sha256(utf8(`${pepper} ${pin}`)))
      },
    },
    log: silentLog,
  }
}
