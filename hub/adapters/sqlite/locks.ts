import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { LockRecord, LockStore, LockWithMembers, StoredMember } from '#hub/ports/store.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'
import { toLockRecord, toMember, toMemberRow } from '#hub/adapters/sqlite/lock-rows.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'
import { replaceTickets, ticketReads } from '#hub/adapters/sqlite/tickets.ts'

/** Rows of one insert: SQLite allows 32,766 parameters in one statement. */
const memberRowsPerInsert = 1_000

/** Locks, their newest state and report, and who belongs to them. */
export function lockPart(connections: Connections): LockStore {
  const { reader, write } = connections
  return {
    ...lockLists(reader),
    ...lockReads(connections),
    ...ticketReads(reader),
    ...comings(write),
    ...statements(write),
  }
}

type Writes = Connections['write']

/** That a lock exists, and when it came or went. */
function comings(write: Writes): Pick<LockStore, 'saveLock' | 'saveSince' | 'markAllOffline'> {
  return {
    saveLock: ({ lockId, lockKey, sealingKey, sinceMs }) =>
      write(async (db) => {
        const row = { id: lockId, key: lockKey, sealing_key: sealingKey, since_ms: sinceMs }
        await db
          .insertInto('lock')
          .values({ ...row, online: 0 })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealing_key: sealingKey }))
          .execute()
      }),

    saveSince: (lockId, online, sinceMs) =>
      write(async (db) => {
        await db
          .updateTable('lock')
          .set({ online: online ? 1 : 0, since_ms: sinceMs })
          .where('id', '=', lockId)
          .execute()
      }),

    markAllOffline: (sinceMs) =>
      write(async (db) => {
        await db
          .updateTable('lock')
          .set({ online: 0, since_ms: sinceMs })
          .where('online', '=', 1)
          .execute()
      }),
  }
}

/** What the lock signed; older ones never replace newer ones, whoever calls first. */
function statements(write: Writes): Pick<LockStore, 'saveState' | 'saveReport'> {
  return {
    saveState: (lockId, state) =>
      write(async (db) => {
        await db
          .updateTable('lock')
          .set({
            state_signed: state.signed,
            state_boot: state.boot,
            state_counter: state.counter,
            state_time_ms: state.timeMs,
            state_claimed: state.claimed ? 1 : 0,
            state_received_ms: state.receivedAtMs,
          })
          .where('id', '=', lockId)
          .where((where) =>
            where.or([
              where('state_boot', 'is', null),
              sql<boolean>`(state_boot, state_counter, state_time_ms) < (${state.boot}, ${state.counter}, ${state.timeMs})`,
            ]),
          )
          .execute()
      }),

    saveReport: (lockId, report, doorName, members, tickets) =>
      write(async (db) => {
        const known = await db
          .selectFrom('report')
          .select(['version', 'time_ms'])
          .where('lock_id', '=', lockId)
          .executeTakeFirst()
        if (known !== undefined && !isNewer(known, report)) return
        await db
          .replaceInto('report')
          .values({
            lock_id: lockId,
            signed: report.signed,
            version: report.version,
            time_ms: report.timeMs,
            received_ms: report.receivedAtMs,
          })
          .execute()
        await db.updateTable('lock').set({ door_name: doorName }).where('id', '=', lockId).execute()
        await replaceMembers(db, lockId, members)
        await replaceTickets(db, lockId, tickets)
      }),
  }
}

function isNewer(
  known: { readonly version: number; readonly time_ms: number },
  report: { readonly version: number; readonly timeMs: number },
): boolean {
  if (report.version !== known.version) return report.version > known.version
  return report.timeMs > known.time_ms
}

async function replaceMembers(
  db: Transaction<Tables>,
  lockId: string,
  members: readonly StoredMember[],
): Promise<void> {
  await db.deleteFrom('member').where('lock_id', '=', lockId).execute()
  for (let from = 0; from < members.length; from += memberRowsPerInsert) {
    const rows = members
      .slice(from, from + memberRowsPerInsert)
      .map((member) => toMemberRow(lockId, member))
    await db.insertInto('member').values(rows).execute()
  }
}

/** What every tap and every upload asks. */
function lockReads({
  reader,
  prepareRead,
}: Connections): Pick<LockStore, 'findLock' | 'findLockFor' | 'listLocksOf'> {
  const lockById = prepareRead(joinedLocks(reader).where('lock.id', '=', ''))
  const membersOf = prepareRead(
    ownMembers(reader, '').selectAll('member').where('member.lock_id', '=', ''),
  )
  const findLock = (lockId: string): LockRecord | undefined => {
    const [row] = lockById(lockId)
    return row === undefined ? undefined : toLockRecord(row)
  }
  const findLockFor = (accountId: string, lockId: string): LockWithMembers | undefined => {
    const lock = findLock(lockId)
    return lock && { lock, members: membersOf(accountId, lockId).map(toMember) }
  }
  return {
    findLock: async (lockId) => findLock(lockId),

    findLockFor: async (accountId, lockId) => findLockFor(accountId, lockId),

    listLocksOf: async (accountId, afterLockId, limit) => {
      const ids = await ownMembers(reader, accountId)
        .select('member.lock_id')
        .distinct()
        .where('member.lock_id', '>', afterLockId ?? '')
        .orderBy('member.lock_id')
        .limit(limit)
        .execute()
      return ids
        .map(({ lock_id }) => findLockFor(accountId, lock_id))
        .filter((entry) => entry !== undefined)
    },
  }
}

type Lists = Pick<LockStore, 'countLocks' | 'findReport' | 'listAccountsOf' | 'findMembersByKey'>

function lockLists(reader: Connections['reader']): Lists {
  return {
    countLocks: async () => {
      const row = await reader
        .selectFrom('lock')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return row.count
    },

    findReport: async (lockId) => {
      const row = await reader
        .selectFrom('report')
        .selectAll()
        .where('lock_id', '=', lockId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const { signed, version, time_ms: timeMs, received_ms: receivedAtMs } = row
      return { signed, version, timeMs, receivedAtMs }
    },

    listAccountsOf: async (lockId) => {
      const rows = await reader
        .selectFrom('member')
        .innerJoin('credential', 'credential.public_key', 'member.public_key')
        .select('credential.account_id')
        .distinct()
        .where('member.lock_id', '=', lockId)
        .execute()
      return rows.map(({ account_id }) => account_id)
    },

    findMembersByKey: async (publicKey, nowMs, limit) => {
      const isOver = sql`enabled = 0 or coalesce(not_after_ms <= ${nowMs}, 0)`
      const rows = await reader
        .selectFrom('member')
        .selectAll()
        .where('public_key', '=', publicKey)
        .orderBy(isOver)
        .orderBy('lock_id')
        .limit(limit)
        .execute()
      return rows.map(toMember)
    },
  }
}

function joinedLocks(reader: Connections['reader']) {
  return reader
    .selectFrom('lock')
    .leftJoin('report', 'report.lock_id', 'lock.id')
    .leftJoin('journal', 'journal.lock_id', 'lock.id')
    .selectAll('lock')
    .select([
      'report.version as report_version',
      'report.time_ms as report_time_ms',
      'journal.last_sequence',
      'journal.last_hash',
      'journal.signed_head',
      'journal.missing',
    ])
}

/** Members whose key that account has proved. */
function ownMembers(reader: Connections['reader'], accountId: string) {
  return reader
    .selectFrom('credential')
    .innerJoin('member', 'member.public_key', 'credential.public_key')
    .where('credential.account_id', '=', accountId)
}
