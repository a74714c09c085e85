import type { Role, UserStatus, Verb } from '#protocol/words/matter.ts'

/** SHA-256 of the lock's Ed25519 identity key: nobody else can claim the id. 32 bytes. */
export type LockId = Uint8Array

/** A way in that a user proves themselves with. Its id is 16 random bytes and never used again. */
export type Credential =
  | {
      /** Digits at the keypad. The policy holds no secret; the lock keeps a slow, peppered hash. */
      readonly type: 'pin'
      readonly id: Uint8Array
      /** When it was set, for the age reminder. Milliseconds since 1970. */
      readonly createdAtMs: number
    }
  | {
      readonly type: 'passkey'
      readonly id: Uint8Array
      readonly createdAtMs: number
      /** What the person calls the phone. */
      readonly name: string
      /** WebAuthn credential id. */
      readonly passkeyId: Uint8Array
      /** P-256 point, uncompressed, 65 bytes. */
      readonly publicKey: Uint8Array
      /** The relying party it was made for; must be one of the policy's. */
      readonly relyingPartyId: string
    }
  | {
      readonly type: 'deviceKey'
      readonly id: Uint8Array
      readonly createdAtMs: number
      readonly name: string
      /** Ed25519, 32 bytes. */
      readonly publicKey: Uint8Array
    }

/** Half-open: from `notBeforeMs` (included) until `notAfterMs` (excluded). Milliseconds since 1970. */
export interface Validity {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

export interface User {
  /** 16 random bytes. */
  readonly id: Uint8Array
  readonly name: string
  readonly role: Role
  readonly userStatus: UserStatus
  readonly verbs: readonly Verb[]
  /** Absent: always. */
  readonly validity?: Validity
  readonly credentials: readonly Credential[]
}

/** A one-time chance for somebody to attach a key of their own to a user who is in the policy. */
export interface Invitation {
  readonly id: Uint8Array
  readonly userId: Uint8Array
  /** Ed25519 key whose secret half travels in the link's fragment, which no server sees. */
  readonly ticketPublicKey: Uint8Array
  readonly notAfterMs: number
}

/** Where passkeys of this lock may be used: WebAuthn Level 3 section 5.1.4.1, and its exact origins. */
export interface RelyingParty {
  readonly id: string
  readonly origins: readonly string[]
}

export interface PolicySettings {
  /** Seconds until the lock locks itself again once the door is closed; 0 is never. Matter AutoRelockTime. */
  readonly autoRelockTime: number
  /** Wrong codes until the keypad locks itself. Matter WrongCodeEntryLimit. */
  readonly wrongCodeEntryLimit: number
  /** Seconds of the first keypad lockout; every further one doubles. Matter UserCodeTemporaryDisableTime. */
  readonly userCodeTemporaryDisableTime: number
}

/** The owners' document: who may do what, when, at one lock. The single source of truth. */
export interface Policy {
  readonly v: 1
  readonly lockId: LockId
  /** 1 for the first, then one more each time. */
  readonly version: number
  /** SHA-256 of the encoded policy before; 32 zero bytes for the first. */
  readonly previous: Uint8Array
  /** What people call the door. */
  readonly doorName: string
  /** IANA name. */
  readonly timeZone: string
  readonly settings: PolicySettings
  readonly relyingParties: readonly RelyingParty[]
  readonly users: readonly User[]
  readonly invitations: readonly Invitation[]
}

/** A credential that the lock itself attached to a user of the policy: an accepted invitation. */
export interface Binding {
  readonly userId: Uint8Array
  readonly invitationId: Uint8Array
  readonly credential: Credential
}
