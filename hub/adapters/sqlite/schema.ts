/** Columns as SQLite returns them. Truth values are 0 or 1, instants milliseconds since 1970. */
export interface Tables {
  readonly account: AccountTable
  readonly credential: CredentialTable
  readonly session: SessionTable
  readonly setup_token: SetupTokenTable
  readonly lock: LockTable
  readonly report: ReportTable
  readonly member: MemberTable
  readonly ticket: TicketTable
  readonly journal: JournalTable
  readonly entry: EntryTable
}

interface AccountTable {
  id: string
  name: string
  created_ms: number
}

interface CredentialTable {
  public_key: Uint8Array
  account_id: string
  type: string
  passkey_id: Uint8Array | null
}

export interface SessionTable {
  id: string
  token_hash: Uint8Array
  account_id: string
  kind: string
  created_ms: number
  last_seen_ms: number
}

interface SetupTokenTable {
  /** Always 1: there is one or none. */
  only: number
  hash: Uint8Array
  expires_ms: number
}

export interface LockTable {
  id: string
  key: Uint8Array
  sealing_key: Uint8Array
  online: number
  since_ms: number
  door_name: string | null
  state_signed: Uint8Array | null
  state_boot: number | null
  state_counter: number | null
  state_time_ms: number | null
  state_claimed: number | null
  state_received_ms: number | null
  conflict_sequence: number | null
  conflict_seen_ms: number | null
  conflict_evidence: Uint8Array | null
}

export interface ReportTable {
  lock_id: string
  signed: Uint8Array
  version: number
  time_ms: number
  received_ms: number
}

export interface MemberTable {
  lock_id: string
  credential_id: Uint8Array
  credential_type: string
  public_key: Uint8Array
  passkey_id: Uint8Array | null
  relying_party_id: string | null
  user_id: Uint8Array
  user_name: string
  role: string
  enabled: number
  /** Words with spaces between. */
  verbs: string
  not_before_ms: number | null
  not_after_ms: number | null
}

interface TicketTable {
  lock_id: string
  invitation_id: Uint8Array
  public_key: Uint8Array
  not_after_ms: number
  used: number
}

export interface JournalTable {
  lock_id: string
  last_sequence: number
  last_hash: Uint8Array
  signed_head: Uint8Array
  missing: number
}

interface EntryTable {
  lock_id: string
  sequence: number
  bytes: Uint8Array
}
