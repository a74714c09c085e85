import type { Transaction } from 'kysely'
import type { LockStore, StoredTicket } from '#hub/ports/store.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

/** Invitations as the newest report of each lock has them. */
export function ticketReads(reader: Connections['reader']): Pick<LockStore, 'findTicket'> {
  return {
    findTicket: async (lockId, invitationId) => {
      const row = await reader
        .selectFrom('ticket')
        .selectAll()
        .where('lock_id', '=', lockId)
        .where('invitation_id', '=', invitationId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const { public_key: publicKey, not_after_ms: notAfterMs, used } = row
      return { invitationId: row.invitation_id, publicKey, notAfterMs, used: used === 1 }
    },
  }
}

export async function replaceTickets(
  db: Transaction<Tables>,
  lockId: string,
  tickets: readonly StoredTicket[],
): Promise<void> {
  await db.deleteFrom('ticket').where('lock_id', '=', lockId).execute()
  if (tickets.length === 0) return
  const rows = tickets.map(({ invitationId, publicKey, notAfterMs, used }) => ({
    lock_id: lockId,
    invitation_id: invitationId,
    public_key: publicKey,
    not_after_ms: notAfterMs,
    used: used ? 1 : 0,
  }))
  await db.insertInto('ticket').values(rows).execute()
}
