import type { OwnCredential } from '@mortise/keyholder'
import type { RestClient } from '@mortise/protocol/rest'

/** A credential that the hub names for somebody who may not read the lock's list. */
export async function credentialByHub(
  client: Pick<RestClient, 'getLock'>,
  lockId: string,
  isOwn: (passkeyId: Uint8Array) => boolean,
): Promise<OwnCredential | undefined> {
  const { you } = await client.getLock({ lockId })
  for (const { type, credentialId, publicKey, passkeyId, relyingPartyId } of you?.credentials ??
    []) {
    if (type !== 'passkey' || passkeyId === undefined || relyingPartyId === undefined) continue
    if (!isOwn(passkeyId)) continue
    // Name and date are the lock's business; a wrong id is refused by the lock.
    const id = { id: credentialId, createdAtMs: 0, name: '' }
    return { type, ...id, passkeyId, publicKey, relyingPartyId }
  }
  return undefined
}
