import { join } from 'node:path'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import {
  createMemoryStore,
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  createVirtualDoor,
  openDisk,
} from '@mortise/lock/testing'
import type { VirtualDoor } from '@mortise/lock/testing'
import { writeHouse } from '#proof/bench/large-policy.ts'
import { immediateTimers } from '#proof/bench/immediate-timers.ts'
import type { Case } from '#proof/bench/statistics.ts'

const rightCode = '805129'

/** A lock of real parts with that many people who have a code each; one of them comes. */
export interface KeypadHouse {
  /** From the first key to the drive of the bolt; the bolt is thrown by hand before. */
  readonly enterCode: Case
  readonly hashOnce: Case
  readonly close: () => Promise<void>
}

export async function openKeypadHouse(folder: string, codes: number): Promise<KeypadHouse> {
  const random = createSystemRandom()
  const disk = openDisk({ folder: join(folder, `codes-${codes}`), random })
  const pinHasher = createPinHasher(disk.secrets)
  writeHouse(disk, codes, await pinHasher.hash(rightCode))
  const clock = createSystemClock()
  const timers = createSystemTimers()
  const door = createVirtualDoor({
    clock,
    timers: immediateTimers(timers),
    travelMs: 0,
    store: createMemoryStore(),
  })
  let driven: () => void = () => undefined
  const { actuator } = door.ports
  const lock = openLock({
    ports: {
      ...door.ports,
      actuator: {
        ...actuator,
        drive(direction) {
          driven()
          actuator.drive(direction)
        },
      },
      clock,
      timers,
      random,
      store: disk.store,
      identity: disk.secrets,
      pinHasher,
      log: silentLog,
    },
    crypto,
    softwareVersion: 'bench',
    onFatal(error) {
      throw error
    },
  })
  return {
    enterCode: {
      async before() {
        await restingBolt(door)
        door.hands.turnBolt('extended')
        await restingBolt(door)
      },
      async run() {
        const drive = new Promise<void>((resolve) => (driven = resolve))
        for (const key of ['8', '0', '5', '1', '2', '9', '#'] as const) door.hands.pressKey(key)
        await drive
      },
    },
    hashOnce: { run: async () => void (await pinHasher.hash(rightCode)) },
    async close() {
      await lock.close()
      door.close()
    },
  }
}

/** The bolt moves at the end of a turn, and the lock writes it down in the one after. */
async function restingBolt(door: VirtualDoor): Promise<void> {
  do await new Promise(setImmediate)
  while (door.snapshot().moving !== null)
  await new Promise(setImmediate)
}
