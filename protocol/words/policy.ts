import type {
  CredentialRule,
  OperatingMode,
  Role,
  UserStatus,
  UserType,
  Verb,
} from '#protocol/words/matter.ts'

/** SHA-256 of the lock's Ed25519 identity key: nobody else can claim the id. 32 bytes. */
export type LockId = Uint8Array

/** A way in that a user proves themselves with. Its id is 16 random bytes and never used again. */
export type Credential =
  | {
      /**
       * Digits at the keypad; of an agent, digits that are spoken to it, and good for nothing else. The
       * policy holds no secret; the lock keeps a slow, peppered hash.
       */
      readonly type: 'pin'
      readonly id: Uint8Array
      /** When it was set, for the age reminder. Milliseconds since 1970. */
      readonly createdAtMs: number
      /** Opens as if nothing were wrong, and tells the owners silently. */
      readonly duress?: true
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
  | {
      /** A finger. The template stays in the reader; the policy knows that there is one. */
      readonly type: 'fingerprint'
      readonly id: Uint8Array
      readonly createdAtMs: number
      /** Which finger. */
      readonly name: string
      readonly duress?: true
    }
  | {
      /** A face. The template stays in the reader. */
      readonly type: 'face'
      readonly id: Uint8Array
      readonly createdAtMs: number
      readonly name: string
    }
  | {
      /** A tag that answers challenges; one that only tells its number proves nothing and has no place here. */
      readonly type: 'rfid'
      readonly id: Uint8Array
      readonly createdAtMs: number
      readonly name: string
      /** P-256 point, uncompressed, 65 bytes. */
      readonly publicKey: Uint8Array
    }

/** Credentials whose holder signs commands. */
export type SigningCredential = Extract<Credential, { type: 'passkey' | 'deviceKey' }>

/** Half-open: from `notBeforeMs` (included) until `notAfterMs` (excluded). Milliseconds since 1970. */
export interface Validity {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/**
 * Some days of each week, in the time that a clock on the door's wall would show. Both minutes are
 * included to their end. A window whose end is before its start runs past midnight and belongs to
 * the day on which it starts.
 */
export interface WeekDaySchedule {
  /** Matter DaysMaskMap: bit 0 is Sunday, bit 6 Saturday. */
  readonly daysMask: number
  /** 0 to 1439. */
  readonly startMinute: number
  readonly endMinute: number
}

/** A stretch of the calendar in the door's wall time: minutes since 1970-01-01T00:00, both included to their end. */
export interface YearDaySchedule {
  readonly startLocalMinute: number
  readonly endLocalMinute: number
}

export interface HolidaySchedule extends YearDaySchedule {
  readonly name: string
  /** Holds during the holiday, unless somebody has set another one. Absent: as on any day. */
  readonly operatingMode?: OperatingMode
}

/** What holidays mean for a person's week-day schedules. */
export const holidayRules = ['asUsual', 'noAccess', 'onlyThen'] as const
export type HolidayRule = (typeof holidayRules)[number]

/** How far a manager may go with guests. */
export interface Delegation {
  /** Guests in the policy after the manager's change. */
  readonly guestsMax: number
  /** From a guest's start to the end. */
  readonly stayHoursMax: number
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
  /** Absent: `unrestrictedUser`. */
  readonly userType?: UserType
  /** Absent: `single`. */
  readonly credentialRule?: CredentialRule
  /** Only with a user type that follows them. */
  readonly weekDaySchedules?: readonly WeekDaySchedule[]
  readonly yearDaySchedules?: readonly YearDaySchedule[]
  /** Absent: `asUsual`. */
  readonly holidayRule?: HolidayRule
  /** How often the person may open, ever. Absent: as often as they like. */
  readonly useLimit?: number
  /** Minutes from the first use, of an `expiringUser`. Matter ExpiringUserTimeout. */
  readonly expiringUserTimeout?: number
  /**
   * Hours without word from the hub that this policy is the newest, after which the person is
   * refused; 0 is no limit. Absent: 24 for guests, no limit for everybody else.
   */
  readonly maxOfflineHours?: number
  /** Opens only on days on which an owner, manager or resident has already opened. */
  readonly afterHousehold?: true
  /** Of managers only. Absent: no limit but the manager's own rights. */
  readonly delegation?: Delegation
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

/** When a face opens the door by itself. */
export const faceRules = ['alone', 'notAloneAtNight', 'neverAlone'] as const
export type FaceRule = (typeof faceRules)[number]

/** How much a Matter controller may do. It is a channel of its own, never a user of the owners. */
export const matterChannels = ['closed', 'lockOnly', 'unlockWithPin', 'unlock'] as const
export type MatterChannel = (typeof matterChannels)[number]

/** Hours in which some may not open. */
export interface QuietHours {
  readonly schedules: readonly WeekDaySchedule[]
  readonly roles: readonly Role[]
}

export interface PolicySettings {
  /** Seconds until the lock locks itself again once the door is closed; 0 is never. Matter AutoRelockTime. */
  readonly autoRelockTime: number
  /** Wrong codes until the keypad locks itself. Matter WrongCodeEntryLimit. */
  readonly wrongCodeEntryLimit: number
  /** Seconds of the first keypad lockout; every further one doubles. Matter UserCodeTemporaryDisableTime. */
  readonly userCodeTemporaryDisableTime: number
  readonly quietHours?: QuietHours
  /** What counts as night. Absent: 22:00 to 05:59, every day. */
  readonly nightHours?: readonly WeekDaySchedule[]
  /** Absent: `notAloneAtNight`. Vacation mode never lets a face open alone. */
  readonly faceRule?: FaceRule
  /** Seconds for which the latch stays pulled. Absent: 5. */
  readonly unlatchSeconds?: number
  /** Seconds until an open door is ajar; 0 is never. Absent: 0. */
  readonly doorAjarSeconds?: number
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
  /** Absent: `closed`. */
  readonly matterChannel?: MatterChannel
  readonly holidaySchedules?: readonly HolidaySchedule[]
  /**
   * Hours in which the door, once somebody with the right to has unlocked it, stays unlocked. They
   * never unlock it by themselves.
   */
  readonly passageSchedules?: readonly WeekDaySchedule[]
}

/** A credential that the lock itself attached to a user of the policy: an accepted invitation. */
export interface Binding {
  readonly userId: Uint8Array
  readonly invitationId: Uint8Array
  readonly credential: Credential
}
