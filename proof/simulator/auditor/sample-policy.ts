import type { Policy, Role, User } from '@mortise/protocol/words'

/** Somebody with one code, of this id as well. */
export function sampleUser(role: Role, id: Uint8Array): User {
  const credentials = [{ type: 'pin', id, createdAtMs: 1 }] as const
  return { id, name: role, role, verbs: ['unlock'], userStatus: 'occupiedEnabled', credentials }
}

/** A policy of these people, to judge by. */
export function samplePolicy(users: readonly User[], wrongCodeEntryLimit = 5): Policy {
  return {
    v: 1,
    lockId: new Uint8Array(32),
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'door',
    timeZone: 'UTC',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit, userCodeTemporaryDisableTime: 30 },
    relyingParties: [],
    users,
    invitations: [],
  }
}
