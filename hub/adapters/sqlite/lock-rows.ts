import { MortiseError } from '@mortise/protocol/errors'
import { roles, verbs } from '@mortise/protocol/words'
import type { LockRecord, StoredMember } from '#hub/ports/store.ts'
import type { JournalTable, LockTable, MemberTable } from '#hub/adapters/sqlite/schema.ts'

type Nullable<Row> = { readonly [Name in keyof Row]: Row[Name] | null }

/** A lock with what is joined to it; the joined columns are null while there is none. */
export type JoinedLockRow = LockTable & {
  readonly report_version: number | null
  readonly report_time_ms: number | null
} & Nullable<Pick<JournalTable, 'last_sequence' | 'last_hash' | 'signed_head' | 'missing'>>

export function toLockRecord(row: JoinedLockRow): LockRecord {
  return {
    lockId: row.id,
    lockKey: row.key,
    sealingKey: row.sealing_key,
    sinceMs: row.since_ms,
    ...(row.door_name === null ? {} : { doorName: row.door_name }),
    ...reportOf(row),
    ...stateOf(row),
    ...journalOf(row),
    ...conflictOf(row),
  }
}

function reportOf(row: JoinedLockRow): Pick<LockRecord, 'report'> {
  const { report_version: version, report_time_ms: timeMs } = row
  return version === null || timeMs === null ? {} : { report: { version, timeMs } }
}

function stateOf(row: JoinedLockRow): Pick<LockRecord, 'state'> {
  const { state_signed, state_boot, state_counter, state_time_ms, state_received_ms } = row
  if (state_signed === null || state_boot === null) return {}
  if (state_counter === null || state_time_ms === null || state_received_ms === null) return {}
  return {
    state: {
      signed: state_signed,
      boot: state_boot,
      counter: state_counter,
      timeMs: state_time_ms,
      claimed: row.state_claimed === 1,
      receivedAtMs: state_received_ms,
    },
  }
}

function journalOf(row: JoinedLockRow): Pick<LockRecord, 'journal'> {
  const { last_sequence, last_hash, signed_head, missing } = row
  if (last_sequence === null || last_hash === null) return {}
  if (signed_head === null || missing === null) return {}
  return {
    journal: {
      lastSequence: last_sequence,
      lastHash: last_hash,
      signedHead: signed_head,
      missing,
    },
  }
}

function conflictOf(row: JoinedLockRow): Pick<LockRecord, 'conflict'> {
  const { conflict_sequence: sequence, conflict_seen_ms: seenAtMs } = row
  return sequence === null || seenAtMs === null ? {} : { conflict: { sequence, seenAtMs } }
}

export function toMemberRow(lockId: string, member: StoredMember): MemberTable {
  return {
    lock_id: lockId,
    credential_id: member.credentialId,
    credential_type: member.credentialType,
    public_key: member.publicKey,
    passkey_id: member.passkeyId ?? null,
    relying_party_id: member.relyingPartyId ?? null,
    user_id: member.userId,
    user_name: member.userName,
    role: member.role,
    enabled: member.enabled ? 1 : 0,
    verbs: member.verbs.join(' '),
    not_before_ms: member.validity?.notBeforeMs ?? null,
    not_after_ms: member.validity?.notAfterMs ?? null,
  }
}

/** @throws MortiseError `storeCorrupt` for words that no version of the hub writes. */
export function toMember(row: MemberTable): StoredMember {
  const role = roles.find((word) => word === row.role)
  if (role === undefined) {
    throw new MortiseError('world', 'storeCorrupt', 'the store holds an unknown role')
  }
  const { not_before_ms: notBeforeMs, not_after_ms: notAfterMs } = row
  return {
    userId: row.user_id,
    userName: row.user_name,
    role,
    enabled: row.enabled === 1,
    verbs: verbs.filter((verb) => row.verbs.split(' ').includes(verb)),
    ...(notBeforeMs === null || notAfterMs === null
      ? {}
      : { validity: { notBeforeMs, notAfterMs } }),
    credentialId: row.credential_id,
    credentialType: row.credential_type === 'passkey' ? 'passkey' : 'deviceKey',
    publicKey: row.public_key,
    ...(row.passkey_id === null ? {} : { passkeyId: row.passkey_id }),
    ...(row.relying_party_id === null ? {} : { relyingPartyId: row.relying_party_id }),
  }
}
