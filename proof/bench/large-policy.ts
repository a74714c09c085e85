import { join } from 'node:path'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { freshRegisters } from '@mortise/lock-core'
import type { StoreWrite } from '@mortise/lock'
import { createSystemRandom, openDisk } from '@mortise/lock/testing'
import type { OpenedDisk } from '@mortise/lock/testing'
import { lockIdOf } from '@mortise/protocol/verify'
import { policyMessage } from '@mortise/protocol/wire'
import type { Policy, User } from '@mortise/protocol/words'

/** Monday to Friday, round the clock. */
const workingWeek = { daysMask: 0b011_1110, startMinute: 0, endMinute: 1_439 }

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

/** A policy of that many people, each with a code and a week's schedule. */
export function scheduledHouse(lockId: Uint8Array, people: number): Policy {
  const users = Array.from({ length: people }, (_, index) => ({
    ...visitor(index),
    userType: 'weekDayScheduleUser' as const,
    weekDaySchedules: [workingWeek],
  }))
  return policyOf(lockId, users)
}

function policyOf(lockId: Uint8Array, users: readonly User[]): Policy {
  return {
    v: 1,
    lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'Bench',
    timeZone: 'Europe/Berlin',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [],
    users,
    invitations: [],
  }
}

/** People who live there, so that nobody is refused for the hours that the lock is without a hub. */
export interface People {
  readonly users: readonly User[]
  /** The hashes of their codes. Hashing ten thousand honestly takes five minutes. */
  readonly pinTags: readonly PinTagWrite[]
}

type PinTagWrite = Extract<StoreWrite, { readonly type: 'pinTag' }>

/** @param tag of the code of the last one, so that a search from the front would show */
export function residents(count: number, tag: Uint8Array): People {
  const users = Array.from({ length: count }, (_, index) => ({
    ...visitor(index),
    role: 'resident' as const,
  }))
  const pinTags = users.flatMap(({ credentials }, index) =>
    credentials.map(({ id }) => ({
      type: 'pinTag' as const,
      credentialId: id,
      tag: index === count - 1 ? tag : crypto.randomBytes(32),
    })),
  )
  return { users, pinTags }
}

/** Puts a house into a lock's store as it stands after years of use, past the lock. */
export function writeHouse({ secrets, store }: OpenedDisk, people: number, tag: Uint8Array): void {
  const lockId = lockIdOf(crypto, crypto.ed25519PublicKey(secrets.identitySeed))
  const { users, pinTags } = residents(people, tag)
  store.commit([
    { type: 'policy', policy: policyMessage.encode(policyOf(lockId, users)) },
    ...pinTags,
    { type: 'registers', registers: { ...freshRegisters, policyVersionFloor: 1 } },
  ])
}

/** A closed lock with that many people. @returns its folder */
export function largeHouse(folder: string, name: string, people: number): string {
  const path = join(folder, name)
  const disk = openDisk({ folder: path, random: createSystemRandom() })
  writeHouse(disk, people, crypto.randomBytes(32))
  disk.store.close()
  return path
}
