import type { DatabaseSync } from 'node:sqlite'

/** Every statement of a running lock, compiled once. */
export function prepareStatements(database: DatabaseSync) {
  return {
    begin: database.prepare('begin immediate'),
    commit: database.prepare('commit'),
    putEntry: database.prepare('insert into entries (sequence, bytes) values (?, ?)'),
    putDocument: database.prepare(
      'insert or replace into documents (name, bytes, sha256) values (?, ?, ?)',
    ),
    putPinTag: database.prepare(
      'insert or replace into pin_tags (credential_id, tag) values (?, ?)',
    ),
    removePinTag: database.prepare('delete from pin_tags where credential_id = ?'),
    putRegisters: database.prepare(
      `insert or replace into registers (id, boots, time_floor_ms, policy_version_floor,
         open_intent_sequence, open_intent_verb, operating_mode, operating_mode_until_ms,
         household_opened_ms, policy_confirmed_ms, time_unexplained_ms, standing_alarms, battery,
         journal_loss_after, journal_loss_hash, tries)
         values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    putUsage: database.prepare(
      'insert or replace into usages (user_id, uses, first_use_ms) values (?, ?, ?)',
    ),
    removeUsage: database.prepare('delete from usages where user_id = ?'),
    usages: database.prepare('select user_id, uses, first_use_ms from usages order by user_id'),
    endLife: database.prepare('insert or replace into life_ended (id) values (1)'),
    lifeEnded: database.prepare('select id from life_ended'),
    eraseEntries: database.prepare(
      'delete from entries where sequence < (select min(sequence) from entries) + ?',
    ),
    eraseRegisters: database.prepare('delete from registers'),
    eraseOutbox: database.prepare('delete from outbox'),
    eraseIdentity: database.prepare('delete from identity'),
    forgetEnd: database.prepare('delete from life_ended'),
    removeDocuments: database.prepare('delete from documents'),
    removePinTags: database.prepare('delete from pin_tags'),
    removeUsages: database.prepare('delete from usages'),
    putAcknowledged: database.prepare(
      'insert or replace into outbox (id, acknowledged) values (1, ?)',
    ),
    putIdentity: database.prepare('insert into identity (id, lock_id) values (1, ?)'),
    identity: database.prepare('select lock_id from identity'),
    registers: database.prepare('select * from registers'),
    document: database.prepare('select bytes, sha256 from documents where name = ?'),
    pinTags: database.prepare('select credential_id, tag from pin_tags order by credential_id'),
    pruneEntries: database.prepare('delete from entries where sequence <= ?'),
    oldestEntry: database.prepare('select min(sequence) as sequence from entries'),
    newestEntry: database.prepare(
      'select sequence, bytes from entries order by sequence desc limit 1',
    ),
    entriesFrom: database.prepare(
      'select sequence, bytes from entries where sequence >= ? order by sequence limit ?',
    ),
    acknowledged: database.prepare('select acknowledged from outbox'),
  }
}

export type Statements = ReturnType<typeof prepareStatements>
