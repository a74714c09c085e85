import type { LockPorts, Store, StoreWrite } from '@mortise/lock'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { Claim } from '../auditor/claims.ts'

/** A lock that is broken on purpose, around its ports; the product itself has no such switch. */
export interface PlantedFault {
  readonly name: string
  /** Any of these shows it. */
  readonly breaks: readonly Claim[]
  readonly ports?: (ports: LockPorts) => LockPorts
  readonly crypto?: (crypto: SealCrypto) => SealCrypto
  /** The real store, on a disk that says too early that it has written. */
  readonly isDiskLate?: true
}

type Change = (write: StoreWrite) => StoreWrite | undefined

/** A disk that alters or loses some of what it is given. */
function withWrites(change: Change) {
  return (ports: LockPorts): LockPorts => {
    const { store } = ports
    const commit = (writes: readonly StoreWrite[]): void =>
      store.commit(writes.map(change).filter((write) => write !== undefined))
    return { ...ports, store: { ...store, commit } }
  }
}

/** Acknowledges at once and writes with the next commit. */
function lateStore(store: Store): Store {
  let waiting: readonly StoreWrite[] = []
  return {
    ...store,
    commit(writes) {
      if (writes.length === 0) return
      store.commit(waiting)
      waiting = writes
    },
  }
}

/** The same tries, and no lockout that still runs. */
function unlocked(tries: Registers['tries']): Registers['tries'] {
  const { keypad } = tries
  return keypad === undefined ? tries : { ...tries, keypad: { ...keypad, lockedUntilMs: 0 } }
}

type Registers = Extract<StoreWrite, { type: 'registers' }>['registers']

const halfDayMs = 43_200_000
const longMs = 20_000

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'a start drives the bolt',
    breaks: ['intentFirst'],
    ports(ports) {
      ports.timers.set(1_000, () => ports.actuator.drive('retract'))
      return ports
    },
  },
  {
    name: 'every drive is sent twice',
    breaks: ['oneDrive', 'intentFirst'],
    ports: (ports) => ({
      ...ports,
      actuator: {
        ...ports.actuator,
        drive(direction) {
          ports.actuator.drive(direction)
          ports.actuator.drive(direction)
        },
      },
    }),
  },
  {
    name: 'the motor turns the other way',
    breaks: ['intentFirst', 'trueResult'],
    ports: (ports) => ({
      ...ports,
      actuator: {
        ...ports.actuator,
        drive: (direction) => ports.actuator.drive(direction === 'extend' ? 'retract' : 'extend'),
      },
    }),
  },
  {
    name: 'the bolt moves before its intent is durable',
    breaks: ['intentFirst', 'countedFirst', 'receipts'],
    ports: (ports) => ({ ...ports, store: lateStore(ports.store) }),
  },
  {
    name: 'the disk calls durable what it has only heard of',
    breaks: ['durable'],
    isDiskLate: true,
  },
  {
    name: 'the disk forgets wrong codes',
    breaks: ['countedFirst'],
    ports: withWrites((write) =>
      write.type === 'registers'
        ? { ...write, registers: { ...write.registers, tries: {} } }
        : write,
    ),
  },
  {
    name: 'the disk forgets a lockout',
    breaks: ['lockoutServed', 'guesses'],
    ports: withWrites((write) =>
      write.type === 'registers'
        ? { ...write, registers: { ...write.registers, tries: unlocked(write.registers.tries) } }
        : write,
    ),
  },
  {
    name: 'the disk forgets a new policy',
    breaks: ['mayOpen', 'nobodyLockedOut', 'attemptsKept', 'freshDeed', 'relocks'],
    ports: withWrites((write) => (write.type === 'policy' ? undefined : write)),
  },
  {
    name: 'the disk forgets that a one-time code was used',
    breaks: ['mayOpen'],
    ports: withWrites((write) => (write.type === 'usage' ? undefined : write)),
  },
  {
    name: 'the journal is written over',
    breaks: ['chain'],
    ports: withWrites((write) =>
      write.type === 'entry' && write.sequence % 50 === 0
        ? { ...write, bytes: write.bytes.with(0, (write.bytes[0] ?? 0) ^ 1) }
        : write,
    ),
  },
  {
    name: 'signatures are not checked',
    breaks: ['mayOpen', 'freshDeed'],
    crypto: (crypto) => ({ ...crypto, verifyEd25519: () => true, verifyEs256: () => true }),
  },
  {
    name: 'every code is the same code',
    breaks: ['freshDeed', 'mayOpen', 'nobodyLockedOut', 'attemptsKept'],
    ports: (ports) => ({
      ...ports,
      pinHasher: { hash: () => Promise.resolve(new Uint8Array(32)) },
    }),
  },
  {
    name: 'the bolt is where it was sent',
    breaks: ['trueState', 'trueResult'],
    ports(ports) {
      let sent: 'extended' | 'retracted' | undefined
      return {
        ...ports,
        actuator: {
          position: () => sent ?? ports.actuator.position(),
          drive(direction) {
            sent = direction === 'extend' ? 'extended' : 'retracted'
            ports.actuator.drive(direction)
          },
          onPosition: (listener) =>
            ports.actuator.onPosition((position) => listener(sent ?? position)),
          onStall: (listener) => ports.actuator.onStall(listener),
        },
      }
    },
  },
  {
    name: 'the door is always taken for closed',
    breaks: ['autoRelock', 'trueState'],
    ports: (ports) => ({
      ...ports,
      doorContact: { position: () => 'closed', onChange: () => () => {} },
    }),
  },
  {
    name: 'the lock’s time passes twice as fast',
    breaks: ['timeRight', 'autoRelock', 'lockoutServed'],
    ports: (ports) => ({
      ...ports,
      clock: { ...ports.clock, monotonicMs: () => ports.clock.monotonicMs() * 2 },
      timers: {
        set: (delayMs, callback) =>
          ports.timers.set(delayMs > longMs ? delayMs / 2 : delayMs, callback),
      },
    }),
  },
  {
    name: 'the clock is twelve hours wrong',
    breaks: ['timeRight'],
    ports: (ports) => ({
      ...ports,
      clock: {
        ...ports.clock,
        wallMs() {
          const wallMs = ports.clock.wallMs()
          return wallMs === undefined ? undefined : wallMs + halfDayMs
        },
      },
    }),
  },
  {
    name: 'the cover’s switch is not heard',
    breaks: ['alarm'],
    ports: (ports) => ({
      ...ports,
      tamper: { state: () => 'inPlace', onChange: () => () => {} },
    }),
  },
  {
    name: 'the keypad is not heard',
    breaks: ['attemptsKept'],
    ports: (ports) => ({ ...ports, keypad: { onKey: () => () => {} } }),
  },
]
