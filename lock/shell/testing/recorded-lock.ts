import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { utf8 } from '@mortise/protocol/wire'
import { createMemoryDisk } from '#lock/adapters/memory/store.ts'
import type { MemoryDisk } from '#lock/adapters/memory/store.ts'
import { createVirtualDoor } from '#lock/adapters/virtual/door.ts'
import { createManualTime } from '#lock/adapters/virtual/manual-time.ts'
import { NEW_DOOR } from '#lock/adapters/virtual/physics.ts'
import { createMemoryStore } from '#lock/adapters/virtual/record.ts'
import type { RecordStore } from '#lock/adapters/virtual/record.ts'
import type { Link, LinkedLock } from '#lock/ports/link.ts'
import { silentLog } from '#lock/ports/log.ts'
import { openLock } from '../run-lock.ts'
import type { RequestLimits } from '../rate.ts'
import { createPhone } from './phone.ts'

export interface World {
  readonly disk?: MemoryDisk
  readonly steel?: RecordStore
  readonly secret?: number
  /** The commit with this number, from 1, fails; before or after it is durable. */
  readonly failCommit?: { readonly number: number; readonly when: 'before' | 'after' }
  readonly requestLimits?: RequestLimits
}

/** A lock on fake ports. `events` tells what happened, in order; time passes when told to. */
export function createRecordedLock(world: World = {}) {
  const { disk = createMemoryDisk(), steel = lockedSteel(), secret = 1 } = world
  const events: string[] = []
  const fatal: unknown[] = []
  const time = createManualTime({ wallMs: Date.UTC(2026, 5, 1) })
  const door = createVirtualDoor({ ...time, store: steel })
  let commits = 0
  const failAt = (when: 'before' | 'after') => {
    if (when === 'before') commits += 1
    const { failCommit } = world
    if (failCommit?.number === commits && failCommit.when === when) throw new DiskFailure()
  }
  const store = disk.open({
    beforeDurable: () => failAt('before'),
    afterDurable(writes) {
      events.push(`durable ${writes.map(({ type }) => type).join(' ')}`)
      failAt('after')
    },
  })
  const { actuator, indicator } = door.ports
  const lock = openLock({
    ports: {
      ...door.ports,
      ...time,
      actuator: {
        ...actuator,
        drive(direction) {
          events.push(`drive ${direction}`)
          actuator.drive(direction)
        },
      },
      indicator: {
        ...indicator,
        show(signal) {
          events.push(`show ${signal.kind}`)
          indicator.show(signal)
        },
      },
      store,
      random: { bytes: (count) => crypto.randomBytes(count) },
      identity: {
        identitySeed: crypto.sha256(utf8(`seed ${secret}`)),
        sealingPrivateKey: crypto.sha256(utf8(`sealing ${secret}`)),
      },
      pinHasher: { hash: (pin) => Promise.resolve(crypto.sha256(utf8(pin))) },
      log: silentLog,
    },
    crypto,
    softwareVersion: 'test',
    ...(world.requestLimits && { requestLimits: world.requestLimits }),
    onFatal: (error) => fatal.push(error),
    onLifeEnded: () => events.push('life ended'),
  })
  const phone = createPhone(lock, async (sealed) => {
    const outcome = lock.request(sealed)
    // A drive ends when its time has passed, and a hash when the promises behind it have run.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    time.advance(2_000)
    return outcome
  })
  const press = (keys: string) => {
    for (const key of keys) pressKey(key)
  }
  const pressKey = (key: string) => {
    const known = KEYS.find((candidate) => candidate === key)
    if (known !== undefined) door.hands.pressKey(known)
  }
  return {
    lock,
    door,
    time,
    store,
    disk,
    steel,
    events,
    fatal,
    phone,
    press,
    commits: () => commits,
    /** Presses the inside button and claims with what the inside display shows. */
    claim(withCode = false) {
      door.hands.pressInsideButton()
      return phone.claim(door.snapshot().setupCode?.text ?? '', withCode)
    },
  }
}

function lockedSteel(): RecordStore {
  return createMemoryStore({ ...NEW_DOOR, bolt: 'extended' })
}

const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const

/** A link that records its notices and hands out what it was given. */
export function createRecordedLink() {
  const notices: string[] = []
  let linked: LinkedLock | undefined
  const link: Link = {
    start(lock) {
      linked = lock
    },
    stateChanged: () => notices.push('state'),
    policyChanged: () => notices.push('policy'),
    journalGrew: () => notices.push('journal'),
    close() {
      notices.push('closed')
      return Promise.resolve()
    },
  }
  return { link, notices, linked: () => linked }
}

/** Stands for a disk that fails in the middle of a commit. */
export class DiskFailure extends Error {}
