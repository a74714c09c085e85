import { join } from 'node:path'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openLock, silentLog } from '@mortise/lock'
import type { OpenLock } from '@mortise/lock'
import {
  createPinHasher,
  createSystemClock,
  createSystemRandom,
  createSystemTimers,
  openDisk,
  openVirtualDoor,
} from '@mortise/lock/testing'

/** The lock of real parts with the virtual door, at which nobody is. */
export function openQuietLock(folder: string): OpenLock {
  const system = {
    clock: createSystemClock(),
    timers: createSystemTimers(),
    random: createSystemRandom(),
  }
  const { secrets, store } = openDisk({ folder, random: system.random })
  const door = openVirtualDoor({
    statePath: join(folder, 'door.json'),
    port: 0,
    travelMs: 1_000,
    ...system,
  })
  return openLock({
    ports: {
      ...door,
      ...system,
      store,
      identity: secrets,
      pinHasher: createPinHasher(secrets),
      log: silentLog,
    },
    crypto,
    softwareVersion: 'bench',
    onFatal(error) {
      throw error
    },
  })
}
