import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Migration, MigrationProvider } from 'kysely/migration'
import { MortiseError } from '@mortise/protocol/errors'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

const first = [
  `create table account (
    id text primary key,
    name text not null,
    created_ms integer not null
  ) strict`,
  `create table credential (
    public_key blob primary key,
    account_id text not null references account (id) on delete cascade,
    type text not null,
    passkey_id blob
  ) strict`,
  `create index credential_account on credential (account_id)`,
  `create index credential_passkey on credential (passkey_id) where passkey_id is not null`,
  `create table session (
    id text primary key,
    token_hash blob not null unique,
    account_id text not null references account (id) on delete cascade,
    kind text not null,
    created_ms integer not null,
    last_seen_ms integer not null
  ) strict`,
  `create index session_account on session (account_id)`,
  `create table setup_token (
    only integer primary key check (only = 1),
    hash blob not null,
    expires_ms integer not null
  ) strict`,
  `create table lock (
    id text primary key,
    key blob not null,
    sealing_key blob not null,
    online integer not null,
    since_ms integer not null,
    door_name text,
    state_signed blob,
    state_boot integer,
    state_counter integer,
    state_time_ms integer,
    state_claimed integer,
    state_received_ms integer,
    conflict_sequence integer,
    conflict_seen_ms integer,
    conflict_evidence blob
  ) strict`,
  `create table report (
    lock_id text primary key references lock (id) on delete cascade,
    signed blob not null,
    version integer not null,
    time_ms integer not null,
    received_ms integer not null
  ) strict`,
  `create table member (
    lock_id text not null references lock (id) on delete cascade,
    credential_id blob not null,
    credential_type text not null,
    public_key blob not null,
    passkey_id blob,
    relying_party_id text,
    user_id blob not null,
    user_name text not null,
    role text not null,
    enabled integer not null,
    verbs text not null,
    not_before_ms integer,
    not_after_ms integer,
    primary key (lock_id, credential_id)
  ) strict, without rowid`,
  `create index member_key on member (public_key)`,
  `create index member_passkey on member (passkey_id) where passkey_id is not null`,
  `create table journal (
    lock_id text primary key references lock (id) on delete cascade,
    last_sequence integer not null,
    last_hash blob not null,
    signed_head blob not null,
    missing integer not null
  ) strict`,
  // No further index: every one on the intake path costs two thirds of its speed.
  `create table entry (
    lock_id text not null references lock (id) on delete cascade,
    sequence integer not null,
    bytes blob not null,
    primary key (lock_id, sequence)
  ) strict, without rowid`,
]

const tickets = [
  `create table ticket (
    lock_id text not null references lock (id) on delete cascade,
    invitation_id blob not null,
    public_key blob not null,
    not_after_ms integer not null,
    used integer not null,
    primary key (lock_id, invitation_id)
  ) strict, without rowid`,
]

function migration(statements: readonly string[]): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}

/** Never edited once released: a change is a further entry. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': migration(first),
  '0002-tickets': migration(tickets),
}

/** Brings the file to the newest schema. Refuses a file that a newer hub wrote. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider: MigrationProvider = { getMigrations: async () => migrations }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error === undefined) return
  throw new MortiseError('world', 'migrationFailed', 'the store cannot be brought up to date', {
    nextStep: 'Start the newest version of the hub that used this data folder, or a backup of it.',
    cause: error,
  })
}
