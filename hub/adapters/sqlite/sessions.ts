import type { AccountStore, Session } from '#hub/ports/store.ts'
import { toAccount } from '#hub/adapters/sqlite/accounts.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'
import type { SessionTable } from '#hub/adapters/sqlite/schema.ts'

type Part = Pick<
  AccountStore,
  | 'createSession'
  | 'findSession'
  | 'listSessions'
  | 'touchSession'
  | 'endSession'
  | 'endOtherSessions'
  | 'forgetSessions'
>

/** Sessions, under the hash of their token. */
export function sessionPart(connections: Connections): Part {
  return {
    ...reads(connections),
    ...beginnings(connections.write),
    ...ends(connections.write),
  }
}

function reads({ reader, prepareRead }: Connections): Pick<Part, 'findSession' | 'listSessions'> {
  const sessionByHash = prepareRead(
    reader
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'session.account_id')
      .selectAll('session')
      .select(['account.name', 'account.created_ms as account_created_ms'])
      .where('token_hash', '=', new Uint8Array()),
  )
  return {
    findSession: async (tokenHash) => {
      const [row] = sessionByHash(tokenHash)
      if (row === undefined) return undefined
      const { account_id: id, name, account_created_ms: created_ms } = row
      return { session: toSession(row), account: toAccount({ id, name, created_ms }) }
    },

    listSessions: async (accountId) => {
      const rows = await reader
        .selectFrom('session')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('last_seen_ms', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toSession)
    },
  }
}

function beginnings(write: Connections['write']): Pick<Part, 'createSession' | 'touchSession'> {
  return {
    createSession: (session, tokenHash, keepMax) =>
      write(async (db) => {
        const { accountId } = session
        const newest = db
          .selectFrom('session')
          .select('id')
          .where('account_id', '=', accountId)
          .orderBy('last_seen_ms', 'desc')
          .limit(keepMax - 1)
        await db
          .deleteFrom('session')
          .where('account_id', '=', accountId)
          .where('id', 'not in', newest)
          .execute()
        await db
          .insertInto('session')
          .values({
            id: session.id,
            token_hash: tokenHash,
            account_id: accountId,
            kind: session.kind,
            created_ms: session.createdAtMs,
            last_seen_ms: session.lastSeenAtMs,
          })
          .execute()
      }),

    touchSession: (id, lastSeenAtMs) =>
      write(async (db) => {
        await db
          .updateTable('session')
          .set({ last_seen_ms: lastSeenAtMs })
          .where('id', '=', id)
          .execute()
      }),
  }
}

function ends(
  write: Connections['write'],
): Pick<Part, 'endSession' | 'endOtherSessions' | 'forgetSessions'> {
  return {
    endSession: (accountId, id) =>
      write(async (db) => {
        const ended = await db
          .deleteFrom('session')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst()
        return ended.numDeletedRows > 0n
      }),

    endOtherSessions: (accountId, keepId) =>
      write(async (db) => {
        const rows = await db
          .deleteFrom('session')
          .where('account_id', '=', accountId)
          .where('id', '!=', keepId)
          .returning('id')
          .execute()
        return rows.map(({ id }) => id)
      }),

    forgetSessions: (createdBeforeMs, lastSeenBeforeMs) =>
      write(async (db) => {
        await db
          .deleteFrom('session')
          .where((where) =>
            where.or([
              where('created_ms', '<', createdBeforeMs),
              where('last_seen_ms', '<', lastSeenBeforeMs),
            ]),
          )
          .execute()
      }),
  }
}

function toSession(row: SessionTable): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind === 'device' ? 'device' : 'browser',
    createdAtMs: row.created_ms,
    lastSeenAtMs: row.last_seen_ms,
  }
}
