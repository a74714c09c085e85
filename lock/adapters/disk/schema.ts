import type { DatabaseSync } from 'node:sqlite'
import { MortiseError } from '@mortise/protocol/errors'
import { pragma } from './pragma.ts'

/** "MORT", in the header of the file (SQLite file format section 1.3.12). */
export const APPLICATION_ID = 0x4d4f5254

/** One step per version; a released step is never changed, only followed by another. */
const MIGRATIONS: readonly string[] = [
  `
  create table identity (
    id integer primary key check (id = 1),
    lock_id blob not null check (length(lock_id) = 32)
  ) strict;
  create table registers (
    id integer primary key check (id = 1),
    boots integer not null,
    time_floor_ms integer not null,
    policy_version_floor integer not null,
    wrong_codes integer not null,
    keypad_lockouts integer not null,
    keypad_locked_until_ms integer not null,
    open_intent_sequence integer,
    open_intent_verb text check (open_intent_verb in ('lock', 'unlock')),
    check ((open_intent_sequence is null) = (open_intent_verb is null))
  ) strict;
  create table documents (
    name text primary key check (name in ('policy', 'bindings')),
    bytes blob not null,
    sha256 blob not null check (length(sha256) = 32)
  ) strict, without rowid;
  create table pin_tags (
    credential_id blob primary key,
    tag blob not null
  ) strict, without rowid;
  create table entries (
    sequence integer primary key check (sequence > 0),
    bytes blob not null
  ) strict;
  create table outbox (
    id integer primary key check (id = 1),
    acknowledged integer not null check (acknowledged >= 0)
  ) strict;
  `,
  `
  create table registers_next (
    id integer primary key check (id = 1),
    boots integer not null,
    time_floor_ms integer not null,
    policy_version_floor integer not null,
    wrong_codes integer not null,
    keypad_lockouts integer not null,
    keypad_locked_until_ms integer not null,
    open_intent_sequence integer,
    open_intent_verb text check (open_intent_verb in ('lock', 'unlock', 'unlatch')),
    operating_mode text,
    operating_mode_until_ms integer,
    household_opened_ms integer,
    policy_confirmed_ms integer,
    matter_wrong_codes integer,
    matter_lockouts integer,
    matter_locked_until_ms integer,
    check ((open_intent_sequence is null) = (open_intent_verb is null)),
    check (operating_mode is not null or operating_mode_until_ms is null),
    check ((matter_wrong_codes is null) = (matter_lockouts is null)),
    check ((matter_wrong_codes is null) = (matter_locked_until_ms is null))
  ) strict;
  insert into registers_next (id, boots, time_floor_ms, policy_version_floor, wrong_codes,
      keypad_lockouts, keypad_locked_until_ms, open_intent_sequence, open_intent_verb)
    select id, boots, time_floor_ms, policy_version_floor, wrong_codes,
      keypad_lockouts, keypad_locked_until_ms, open_intent_sequence, open_intent_verb
    from registers;
  drop table registers;
  alter table registers_next rename to registers;
  create table documents_next (
    name text primary key check (name in ('policy', 'bindings', 'matter')),
    bytes blob not null,
    sha256 blob not null check (length(sha256) = 32)
  ) strict, without rowid;
  insert into documents_next select name, bytes, sha256 from documents;
  drop table documents;
  alter table documents_next rename to documents;
  create table usages (
    user_id blob primary key,
    uses integer not null check (uses > 0),
    first_use_ms integer
  ) strict, without rowid;
  `,
  `
  alter table registers add column time_unexplained_ms integer;
  `,
  `
  alter table registers add column lasting_alarms text;
  `,
  `
  alter table registers add column battery text;
  `,
  `
  alter table registers add column journal_loss_after integer;
  alter table registers add column journal_loss_hash blob;
  `,
  `
  alter table registers rename column lasting_alarms to standing_alarms;
  `,
  `
  alter table registers add column reader_wrong_codes integer;
  alter table registers add column reader_lockouts integer;
  alter table registers add column reader_locked_until_ms integer;
  `,
  `
  create table registers_next (
    id integer primary key check (id = 1),
    boots integer not null,
    time_floor_ms integer not null,
    policy_version_floor integer not null,
    open_intent_sequence integer,
    open_intent_verb text check (open_intent_verb in ('lock', 'unlock', 'unlatch')),
    operating_mode text,
    operating_mode_until_ms integer,
    household_opened_ms integer,
    policy_confirmed_ms integer,
    time_unexplained_ms integer,
    standing_alarms text,
    battery text,
    journal_loss_after integer,
    journal_loss_hash blob,
    tries text not null,
    check ((open_intent_sequence is null) = (open_intent_verb is null)),
    check (operating_mode is not null or operating_mode_until_ms is null)
  ) strict;
  insert into registers_next
    select id, boots, time_floor_ms, policy_version_floor, open_intent_sequence,
      open_intent_verb, operating_mode, operating_mode_until_ms, household_opened_ms,
      policy_confirmed_ms, time_unexplained_ms, standing_alarms, battery, journal_loss_after,
      journal_loss_hash,
      'keypad:' || wrong_codes || ':' || keypad_lockouts || ':' || keypad_locked_until_ms
      || coalesce(' matter:' || matter_wrong_codes || ':' || matter_lockouts || ':'
        || matter_locked_until_ms, '')
      || coalesce(' biometric:' || reader_wrong_codes || ':' || reader_lockouts || ':'
        || reader_locked_until_ms, '')
    from registers;
  drop table registers;
  alter table registers_next rename to registers;
  `,
  `
  create table life_ended (
    id integer primary key check (id = 1)
  ) strict;
  `,
]

/** The version that this software writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length

/** Tables that hold authority; small, so they are checked page by page at every start. */
export const AUTHORITY_TABLES = [
  'identity',
  'registers',
  'documents',
  'pin_tags',
  'usages',
  'outbox',
  'life_ended',
] as const

/**
 * Brings the tables to this software's version, all steps in one transaction.
 * @throws MortiseError `storeTooNew` or `storeCorrupt` (world)
 */
export function migrate(database: DatabaseSync, mayBeEmpty: boolean): void {
  const version = pragma(database, 'user_version')
  const applicationId = pragma(database, 'application_id')
  if (version > SCHEMA_VERSION) {
    const message = `the store has version ${version}, this software knows up to ${SCHEMA_VERSION}`
    throw new MortiseError('world', 'storeTooNew', message, {
      nextStep: 'Start the newer software that made it; going back needs a backup from before.',
    })
  }
  if (version === SCHEMA_VERSION && applicationId === APPLICATION_ID) return
  const isOurs =
    version === 0 ? mayBeEmpty && hasNoTables(database) : applicationId === APPLICATION_ID
  if (!isOurs) {
    throw new MortiseError('world', 'storeCorrupt', 'the file is empty or is no lock store', {
      nextStep: 'Restore the store from a backup.',
    })
  }
  database.exec('begin immediate')
  for (const step of MIGRATIONS.slice(version)) database.exec(step)
  database.exec(`pragma application_id = ${APPLICATION_ID}`)
  database.exec(`pragma user_version = ${SCHEMA_VERSION}`)
  database.exec('commit')
}

function hasNoTables(database: DatabaseSync): boolean {
  return database.prepare('select 1 from sqlite_schema limit 1').get() === undefined
}
