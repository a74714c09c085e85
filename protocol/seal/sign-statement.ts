import type { SealCrypto } from '#protocol/seal/port.ts'
import type { StatementLabel } from '#protocol/seal/statement.ts'
import { labelled } from '#protocol/wire/labels.ts'
import { signedStatementMessage } from '#protocol/wire/reply.ts'

/** Signs a body as the lock. `seed` is the lock's 32-byte Ed25519 identity seed. */
export function signStatement(
  crypto: SealCrypto,
  label: StatementLabel,
  seed: Uint8Array,
  body: Uint8Array,
): Uint8Array {
  const signature = crypto.signEd25519(seed, labelled(label, body))
  return signedStatementMessage.encode({ body, signature })
}
