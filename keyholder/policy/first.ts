import type { Credential, Policy, PolicySettings, RelyingParty } from '@mortise/protocol/words'

/** What the first owner says about a lock. */
export interface FirstPolicyOptions {
  readonly lockId: Uint8Array
  /** 16 random bytes. */
  readonly ownerId: Uint8Array
  readonly doorName: string
  /** IANA name. */
  readonly timeZone: string
  readonly ownerName: string
  readonly credentials: readonly Credential[]
  readonly relyingParties: readonly RelyingParty[]
  readonly settings?: Partial<PolicySettings>
}

/**
 * The door locks itself only when its owners ask for that. Five wrong codes, as other keypads
 * allow; thirty seconds of the first lockout, which then doubles.
 */
export const defaultSettings: PolicySettings = {
  autoRelockTime: 0,
  wrongCodeEntryLimit: 5,
  userCodeTemporaryDisableTime: 30,
}

/** Version 1: one owner who may do everything. */
export function firstPolicy(options: FirstPolicyOptions): Policy {
  return {
    v: 1,
    lockId: options.lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: options.doorName,
    timeZone: options.timeZone,
    settings: { ...defaultSettings, ...options.settings },
    relyingParties: options.relyingParties,
    users: [
      {
        id: options.ownerId,
        name: options.ownerName,
        role: 'owner',
        userStatus: 'occupiedEnabled',
        verbs: ['lock', 'unlock'],
        credentials: options.credentials,
      },
    ],
    invitations: [],
  }
}
