import { roles } from '@mortise/protocol/words'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type {
  Account,
  AccountCredential,
  AccountStore,
  PasskeyCandidate,
} from '#hub/ports/store.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

type Part = Pick<
  AccountStore,
  | 'hasAccounts'
  | 'saveSetupToken'
  | 'findSetupToken'
  | 'createFirstAccount'
  | 'createAccount'
  | 'findAccountByKey'
  | 'findPasskeys'
>

/** Accounts, their keys and the setup token. */
export function accountPart({ reader, write }: Connections): Part {
  return {
    hasAccounts: async () =>
      (await reader.selectFrom('account').select('id').limit(1).execute()).length > 0,

    saveSetupToken: ({ hash, expiresAtMs }) =>
      write(async (db) => {
        await db
          .replaceInto('setup_token')
          .values({ only: 1, hash, expires_ms: expiresAtMs })
          .execute()
      }),

    findSetupToken: async () => {
      const row = await reader.selectFrom('setup_token').selectAll().executeTakeFirst()
      return row === undefined ? undefined : { hash: row.hash, expiresAtMs: row.expires_ms }
    },

    createFirstAccount: (account, credential, setupTokenHash) =>
      write(async (db) => {
        const taken = await db.selectFrom('account').select('id').limit(1).executeTakeFirst()
        if (taken !== undefined) return false
        const burned = await db
          .deleteFrom('setup_token')
          .where('hash', '=', setupTokenHash)
          .executeTakeFirst()
        if (burned.numDeletedRows === 0n) return false
        await insertAccount(db, account, credential)
        return true
      }),

    createAccount: (account, credential) =>
      write(async (db) => {
        const holder = await accountOf(db, credential.publicKey)
        if (holder !== undefined) return holder
        await insertAccount(db, account, credential)
        return account
      }),

    findAccountByKey: (publicKey) => accountOf(reader, publicKey),

    findPasskeys: async (passkeyId, { ofAccounts, ofOneLock, ofLocks }) => {
      const held = await reader
        .selectFrom('credential')
        .innerJoin('account', 'account.id', 'credential.account_id')
        .select(['credential.public_key', 'account.id', 'account.name', 'account.created_ms'])
        .where('passkey_id', '=', passkeyId)
        .orderBy('account.created_ms')
        .orderBy('account.id')
        .limit(ofAccounts)
        .execute()
      const listed = await reader
        .selectFrom(rankedInLock(reader, passkeyId).as('ranked'))
        .select('public_key')
        .distinct()
        .where('place', '<=', ofOneLock)
        .limit(ofLocks)
        .execute()
      return [
        ...held.map((row): PasskeyCandidate => ({
          publicKey: row.public_key,
          account: toAccount(row),
        })),
        ...listed.map((row): PasskeyCandidate => ({ publicKey: row.public_key })),
      ]
    },
  }
}

/** `roles` from the highest to the lowest, so that a role's place in the text is its rank. */
const rankedRoles = roles.join(' ')

/** Members with that passkey id, each with its place within its lock: the highest role first. */
function rankedInLock(reader: Connections['reader'], passkeyId: Uint8Array) {
  const place = sql<number>`row_number() over (
    partition by lock_id order by instr(${rankedRoles}, role), credential_id
  )`
  return reader
    .selectFrom('member')
    .select(['public_key', place.as('place')])
    .where('passkey_id', '=', passkeyId)
}

async function accountOf(
  db: Connections['reader'],
  publicKey: Uint8Array,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('credential')
    .innerJoin('account', 'account.id', 'credential.account_id')
    .select(['account.id', 'account.name', 'account.created_ms'])
    .where('public_key', '=', publicKey)
    .executeTakeFirst()
  return row === undefined ? undefined : toAccount(row)
}

async function insertAccount(
  db: Transaction<Tables>,
  account: Account,
  credential: AccountCredential,
): Promise<void> {
  await db
    .insertInto('account')
    .values({ id: account.id, name: account.name, created_ms: account.createdAtMs })
    .execute()
  await db
    .insertInto('credential')
    .values({
      public_key: credential.publicKey,
      account_id: account.id,
      type: credential.type,
      passkey_id: credential.passkeyId ?? null,
    })
    .execute()
}

/** Shared with the part that reads sessions. */
export function toAccount(row: {
  readonly id: string
  readonly name: string
  readonly created_ms: number
}): Account {
  return { id: row.id, name: row.name, createdAtMs: row.created_ms }
}
