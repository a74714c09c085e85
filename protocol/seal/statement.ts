import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { labelled } from '#protocol/wire/labels.ts'
import { signedStatementMessage } from '#protocol/wire/reply.ts'

/** What a lock signs: replies to people, its state, its policy in force, the head of its journal. */
export type StatementLabel = 'reply' | 'state' | 'policyReport' | 'head'

/**
 * Opens a signed statement.
 * @param signed an encoded `SignedStatement`
 * @returns the body when the lock's signature over label and body is good, otherwise undefined.
 * @throws WireError when `signed` is not an encoded statement.
 */
export function verifyStatement(
  crypto: VerifyCrypto,
  label: StatementLabel,
  lockKey: Uint8Array,
  signed: Uint8Array,
): Uint8Array | undefined {
  const { body, signature } = signedStatementMessage.decode(signed)
  return crypto.verifyEd25519(lockKey, labelled(label, body), signature) ? body : undefined
}
