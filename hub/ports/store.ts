import type { Role, Verb } from '@mortise/protocol/words'

/**
 * What the hub remembers. Contract of every adapter:
 *
 * - A promise of a writing method that resolves means durable: it survives a power cut.
 * - A writing method is atomic: all of it, or nothing and a rejected promise. After a rejection the
 *   caller does not know whether it happened; every method may be repeated.
 * - Writing methods are applied in the order of their calls. Reads see every write that has resolved.
 * - Instants are milliseconds since 1970, as integers.
 */
export interface Store extends AccountStore, LockStore, JournalStore {
  /** Waits for what is under way, then lets go of files and connections. */
  close(): Promise<void>
}

export interface Account {
  /** 16 random bytes as hexadecimal. */
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
}

/** What an account signs in with: a key that it has proved to hold. */
export interface AccountCredential {
  readonly type: 'passkey' | 'deviceKey'
  /** P-256 point for passkeys, Ed25519 key for device keys. Belongs to one account at most. */
  readonly publicKey: Uint8Array
  readonly passkeyId?: Uint8Array
}

export interface Session {
  readonly id: string
  readonly accountId: string
  readonly kind: 'browser' | 'device'
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
}

export interface OpenSetupToken {
  readonly hash: Uint8Array
  readonly expiresAtMs: number
}

export interface AccountStore {
  hasAccounts(): Promise<boolean>
  /** Replaces the open setup token, so that there is never more than one. */
  saveSetupToken(token: OpenSetupToken): Promise<void>
  findSetupToken(): Promise<OpenSetupToken | undefined>
  /**
   * Makes the first account and burns the setup token, in one.
   * @returns false, and changes nothing, when an account exists or that token is not open any more.
   */
  createFirstAccount(
    account: Account,
    credential: AccountCredential,
    setupTokenHash: Uint8Array,
  ): Promise<boolean>
  /** @returns the account that holds the key: this one, or the one that held it already. */
  createAccount(account: Account, credential: AccountCredential): Promise<Account>
  findAccountByKey(publicKey: Uint8Array): Promise<Account | undefined>
  /**
   * Public keys of the passkeys with that id: of accounts, the oldest first, and of policy reports,
   * from each lock those of the highest roles. Whoever writes a policy can claim any id, so what one
   * lock says must not crowd out another, nor a new account an old one.
   */
  findPasskeys(passkeyId: Uint8Array, limits: PasskeyLimits): Promise<readonly PasskeyCandidate[]>

  /** Ends the account's oldest sessions beyond `keepMax`. Only the token's hash is kept. */
  createSession(session: Session, tokenHash: Uint8Array, keepMax: number): Promise<void>
  findSession(tokenHash: Uint8Array): Promise<SessionWithAccount | undefined>
  /** Most recently used first. */
  listSessions(accountId: string): Promise<readonly Session[]>
  touchSession(id: string, lastSeenAtMs: number): Promise<void>
  /** @returns false when that account has no such session. */
  endSession(accountId: string, id: string): Promise<boolean>
  /** @returns the ids of the sessions that ended. */
  endOtherSessions(accountId: string, keepId: string): Promise<readonly string[]>
  /** Forgets sessions that were made before, or last used before, the given instants. */
  forgetSessions(createdBeforeMs: number, lastSeenBeforeMs: number): Promise<void>
}

/** How many keys are tried for one passkey id. */
export interface PasskeyLimits {
  readonly ofAccounts: number
  readonly ofOneLock: number
  /** Of all locks together. */
  readonly ofLocks: number
}

export interface PasskeyCandidate {
  readonly publicKey: Uint8Array
  /** Absent when no account holds it. */
  readonly account?: Account
}

export interface SessionWithAccount {
  readonly session: Session
  readonly account: Account
}

/** One credential of one user of a lock, as its signed report has it. */
export interface StoredMember {
  readonly userId: Uint8Array
  readonly userName: string
  readonly role: Role
  readonly enabled: boolean
  readonly verbs: readonly Verb[]
  readonly validity?: { readonly notBeforeMs: number; readonly notAfterMs: number }
  readonly credentialId: Uint8Array
  readonly credentialType: 'passkey' | 'deviceKey'
  readonly publicKey: Uint8Array
  readonly passkeyId?: Uint8Array
  readonly relyingPartyId?: string
}

/** The newest state that the lock signed. */
export interface StoredState {
  readonly signed: Uint8Array
  readonly boot: number
  readonly counter: number
  /** Lock time. */
  readonly timeMs: number
  readonly claimed: boolean
  readonly receivedAtMs: number
}

export interface StoredReport {
  readonly signed: Uint8Array
  readonly version: number
  readonly timeMs: number
  readonly receivedAtMs: number
}

/** A lock without the large parts. */
export interface LockRecord {
  /** Hexadecimal. */
  readonly lockId: string
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  /** When it last came or went. */
  readonly sinceMs: number
  readonly doorName?: string
  readonly report?: { readonly version: number; readonly timeMs: number }
  readonly state?: StoredState
  readonly journal?: JournalRecord
  /** A second history was seen; the first time stays on record. */
  readonly conflict?: { readonly sequence: number; readonly seenAtMs: number }
}

/** What the lock's newest report says of one invitation. */
export interface StoredTicket {
  readonly invitationId: Uint8Array
  readonly publicKey: Uint8Array
  readonly notAfterMs: number
  readonly used: boolean
}

export interface LockStore {
  countLocks(): Promise<number>
  findLock(lockId: string): Promise<LockRecord | undefined>
  /** Makes the lock, or renews the sealing key that it signed. */
  saveLock(lock: {
    readonly lockId: string
    readonly lockKey: Uint8Array
    readonly sealingKey: Uint8Array
    readonly sinceMs: number
  }): Promise<void>
  saveSince(lockId: string, online: boolean, sinceMs: number): Promise<void>
  /** At start: whatever was online when the hub died has been away since some time; say since now. */
  markAllOffline(sinceMs: number): Promise<void>
  /** Keeps the stored state when it is not older, by boot, then counter, then lock time. */
  saveState(lockId: string, state: StoredState): Promise<void>
  /** Replaces report, door name, all members and all tickets in one. Keeps the stored report when it is not older, by version, then lock time. */
  saveReport(
    lockId: string,
    report: StoredReport,
    doorName: string,
    members: readonly StoredMember[],
    tickets: readonly StoredTicket[],
  ): Promise<void>
  /** An invitation of the newest report of that lock. */
  findTicket(lockId: string, invitationId: Uint8Array): Promise<StoredTicket | undefined>
  findReport(lockId: string): Promise<StoredReport | undefined>
  /** Locks with a member whose key the account has proved, by id, after `afterLockId`. */
  listLocksOf(
    accountId: string,
    afterLockId: string | undefined,
    limit: number,
  ): Promise<readonly LockWithMembers[]>
  /** The lock and the account's own members there, of which there may be none. */
  findLockFor(accountId: string, lockId: string): Promise<LockWithMembers | undefined>
  /** Accounts that have proved a key of a member of that lock. */
  listAccountsOf(lockId: string): Promise<readonly string[]>
  /** Those who are enabled and whose time is not over come first. */
  findMembersByKey(
    publicKey: Uint8Array,
    nowMs: number,
    limit: number,
  ): Promise<readonly StoredMember[]>
}

export interface LockWithMembers {
  readonly lock: LockRecord
  readonly members: readonly StoredMember[]
}

/** The hub's copy of one lock's journal. */
export interface JournalRecord {
  readonly lastSequence: number
  readonly lastHash: Uint8Array
  /** The head that the lock signed over exactly this end. */
  readonly signedHead: Uint8Array
  /** Sequences below the end that this hub never got. */
  readonly missing: number
}

export interface JournalAppend {
  /** What the copy must end with for this to be applied; 0 while there is none. */
  readonly after: number
  readonly entries: readonly { readonly sequence: number; readonly bytes: Uint8Array }[]
  readonly lastHash: Uint8Array
  readonly signedHead: Uint8Array
  /** Newly found missing. */
  readonly missing: number
}

export interface JournalStore {
  /**
   * Appends, if the copy still ends at `after`. Several callers share one transaction.
   * @returns false, and changes nothing, when it ends elsewhere.
   */
  appendEntries(lockId: string, append: JournalAppend): Promise<boolean>
  /** Keeps the first conflict of a lock, with what was sent as evidence. */
  saveConflict(
    lockId: string,
    conflict: { readonly sequence: number; readonly seenAtMs: number },
    evidence: Uint8Array,
  ): Promise<void>
  /** Newest first, below `before` if given. */
  listEntries(
    lockId: string,
    before: number | undefined,
    limit: number,
  ): Promise<readonly { readonly sequence: number; readonly bytes: Uint8Array }[]>
  /** Both ends included, oldest first. */
  readEntries(
    lockId: string,
    fromSequence: number,
    toSequence: number,
  ): Promise<readonly { readonly sequence: number; readonly bytes: Uint8Array }[]>
}
