import type { ChainHead } from '@mortise/protocol/chain'
import { genesisHead } from '@mortise/protocol/chain'
import { verifyStatement } from '@mortise/protocol/verify'
import { bytesEqual, headMessage, WireError } from '@mortise/protocol/wire'
import type { Contact } from '#keyholder/contact/contact.ts'

/** Why a history is not the lock's. */
export type HistoryFaultCode =
  /** The head does not carry this lock's signature. */
  | 'headForged'
  /** The head is older than one that this device has seen: entries were taken away at the end. */
  | 'rolledBack'
  /** At a place that this device has seen, the history is another one. */
  | 'forked'
  /** Bytes that are no entry. */
  | 'malformed'
  /** An entry comes twice, or out of order. */
  | 'outOfOrder'
  /** An entry was altered, or is of another chain. */
  | 'brokenLink'

export interface HistoryFault {
  readonly code: HistoryFaultCode
  /** Sequence at which the history stops being whole. */
  readonly sequence: number
}

/**
 * The end of the journal as the lock signed it, or `undefined` when the statement is not this
 * lock's. No statement at all stands for an empty journal.
 */
export function openHead(contact: Contact, signedHead: Uint8Array | undefined) {
  const { device, lockId, known } = contact
  if (signedHead === undefined) return genesisHead(device.crypto, lockId)
  try {
    const body = verifyStatement(device.crypto, 'head', known.lockKey, signedHead)
    if (body === undefined) return undefined
    const { sequence, hash, lockId: headLockId } = headMessage.decode(body)
    return bytesEqual(headLockId, lockId) ? { sequence, hash } : undefined
  } catch (cause) {
    if (cause instanceof WireError) return undefined
    throw cause
  }
}

/** What the head that this device remembers says against the head that it is shown. */
export function headFault(
  head: ChainHead,
  remembered: ChainHead | undefined,
): HistoryFault | undefined {
  if (remembered === undefined) return undefined
  if (head.sequence < remembered.sequence) return { code: 'rolledBack', sequence: head.sequence }
  const forked = head.sequence === remembered.sequence && !bytesEqual(head.hash, remembered.hash)
  return forked ? { code: 'forked', sequence: head.sequence } : undefined
}

/** Remembers a checked head, unless a newer one is remembered already. */
export async function rememberHead(contact: Contact, head: ChainHead): Promise<void> {
  if (head.sequence === 0) return
  contact.known = await contact.device.memory.update(contact.lockId, (before) => {
    const known = before ?? contact.known
    const newer = known.head !== undefined && known.head.sequence >= head.sequence
    return newer ? known : { ...known, head }
  })
}
