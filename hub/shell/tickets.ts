import { hubLimits } from '@mortise/hub-core'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { fromBase64Url, fromHex, toBase64Url, toHex } from '@mortise/protocol/wire'
import type { RestErrorCode } from '@mortise/protocol/rest'
import type { StoredTicket } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { Nonces } from '#hub/shell/nonces.ts'
import { refusal } from '#hub/shell/refusal.ts'

/** What the holder of a ticket shows to be let in. */
export interface TicketEntry {
  readonly nonce: Uint8Array
  /** Hexadecimal. */
  readonly lockId: string
  readonly invitationId: Uint8Array
  readonly signature: Uint8Array
}

/**
 * The way in for somebody who was invited and has no account yet: whoever proves to hold the ticket
 * of an open invitation may send sealed requests to that one lock, for a few minutes. It gives no
 * right at the door: the lock alone binds a key.
 */
export interface Tickets {
  readonly begin: () => { readonly nonce: Uint8Array; readonly expiresAtMs: number }
  /** @throws RestError `nonceUnusable`, `invitationUnknown`, `invitationUsed`, `invitationExpired`. */
  readonly enter: (
    entry: TicketEntry,
  ) => Promise<{ readonly token: string; readonly expiresAtMs: number }>
  /** Which lock a token reaches, and by which invitation. @throws RestError `notSignedIn`. */
  readonly reach: (
    token: string,
  ) => Promise<{ readonly lockId: string; readonly invitation: string }>
}

interface TicketSession {
  readonly tokenHash: string
  readonly lockId: string
  readonly invitationId: Uint8Array
  readonly expiresAtMs: number
}

const tokenBytes = 32

/**
 * Sessions of tickets, in memory: a restart ends them, and the link lets its holder in again. One
 * for each open invitation, of which a lock has few, so nobody fills the memory.
 */
export function createTickets(
  { store, clock, random, crypto, log }: HubDependencies,
  nonces: Nonces,
): Tickets {
  const sessions = new Map<string, TicketSession>()
  const nameOf = (lockId: string, invitationId: Uint8Array): string =>
    `${lockId} ${toHex(invitationId)}`
  const hashOf = (token: Uint8Array): string => toHex(crypto.sha256(token))

  const refuse = (code: RestErrorCode): never => {
    log.write('warn', 'invitationRefused', { code })
    throw refusal(code)
  }

  /** Why a ticket whose holder has proved it lets nobody in; undefined when it does. */
  const faultOf = ({ used, notAfterMs }: StoredTicket): RestErrorCode | undefined => {
    if (used) return 'invitationUsed'
    return clock.nowMs() >= notAfterMs ? 'invitationExpired' : undefined
  }

  const forgetEnded = (): void => {
    for (const [name, { expiresAtMs }] of sessions) {
      if (expiresAtMs <= clock.nowMs()) sessions.delete(name)
    }
  }

  return {
    begin: () => nonces.issue('ticket'),

    enter: async ({ nonce, lockId, invitationId, signature }) => {
      nonces.use('ticket', nonce)
      const ticket = await store.findTicket(lockId, invitationId)
      const signed = ticketEntryInput(nonce, fromHex(lockId) ?? new Uint8Array(), invitationId)
      // One answer for "no such invitation" and "wrong key": ids tell a stranger nothing.
      if (ticket === undefined || !crypto.verifyEd25519(ticket.publicKey, signed, signature)) {
        return refuse('invitationUnknown')
      }
      const fault = faultOf(ticket)
      if (fault !== undefined) return refuse(fault)
      forgetEnded()
      const token = random.bytes(tokenBytes)
      const expiresAtMs = clock.nowMs() + hubLimits.ticketSessionLifeMs
      const session = { tokenHash: hashOf(token), lockId, invitationId, expiresAtMs }
      sessions.set(nameOf(lockId, invitationId), session)
      log.write('info', 'invitationEntered', { lockId: lockId.slice(0, 8) })
      return { token: toBase64Url(token), expiresAtMs }
    },

    reach: async (token) => {
      const bytes = fromBase64Url(token)
      if (bytes?.length !== tokenBytes) throw refusal('notSignedIn')
      forgetEnded()
      const tokenHash = hashOf(bytes)
      const found = [...sessions].find(([, session]) => session.tokenHash === tokenHash)
      if (found === undefined) throw refusal('notSignedIn')
      const [invitation, { lockId, invitationId }] = found
      // What the lock signed last decides each time: used or withdrawn ends it at once.
      const ticket = await store.findTicket(lockId, invitationId)
      if (ticket !== undefined && faultOf(ticket) === undefined) return { lockId, invitation }
      sessions.delete(invitation)
      throw refusal('notSignedIn')
    },
  }
}
