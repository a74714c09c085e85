import { join } from 'node:path'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { freshRegisters } from '@mortise/lock-core'
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
import { lockIdOf } from '@mortise/protocol/verify'
import { policyMessage } from '@mortise/protocol/wire'
import type { Policy, User } from '@mortise/protocol/words'
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
  await writePolicy(disk, codes, await pinHasher.hash(rightCode))
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

async function writePolicy(
  { secrets, store }: ReturnType<typeof openDisk>,
  codes: number,
  rightTag: Uint8Array,
): Promise<void> {
  const lockId = lockIdOf(crypto, crypto.ed25519PublicKey(secrets.identitySeed))
  const users = Array.from({ length: codes }, (_, index) => visitor(index))
  const policy: Policy = {
    v: 1,
    lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'Bench',
    timeZone: 'UTC',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [],
    users,
    invitations: [],
  }
  // The last one comes, so that a search from the front would show.
  const tags = users.flatMap(({ credentials }, index) =>
    credentials.map(({ id }) => ({
      type: 'pinTag' as const,
      credentialId: id,
      tag: index === codes - 1 ? rightTag : crypto.randomBytes(32),
    })),
  )
  store.commit([
    { type: 'policy', policy: policyMessage.encode(policy) },
    ...tags,
    { type: 'registers', registers: { ...freshRegisters, policyVersionFloor: 1 } },
  ])
}

function visitor(index: number): User {
  return {
    id: crypto.randomBytes(16),
    name: `Visitor ${index}`,
    role: 'guest',
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: [{ type: 'pin', id: crypto.randomBytes(16), createdAtMs: 0 }],
  }
}
