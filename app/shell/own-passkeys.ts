import type { KnownLock } from '@mortise/keyholder'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Database } from '#app/shell/database.ts'
import type { OwnPasskey } from '#app/shell/passkeys.ts'

/** The passkeys that this phone has made or used, as public data. */
export interface OwnPasskeys {
  readonly list: () => Promise<readonly OwnPasskey[]>
  readonly add: (passkey: OwnPasskey) => Promise<void>
  /** A passkey that signed in here; its public key is learned from a lock's signed list later. */
  readonly addUsed: (passkeyId: Uint8Array) => Promise<void>
  /** Ids of all passkeys that were used here, also of those whose public key is not known. */
  readonly ids: () => Promise<readonly Uint8Array[]>
}

/** @param knownLocks locks whose lists have named this phone's credential. */
export function browserOwnPasskeys(
  database: Database,
  knownLocks: () => Promise<readonly KnownLock[]>,
): OwnPasskeys {
  const made = async (): Promise<readonly OwnPasskey[]> =>
    (await database.all('passkeys')).filter(isOwnPasskey)
  return {
    list: async () => unique([...(await made()), ...(await knownLocks()).flatMap(fromLock)]),
    add: (passkey) => database.put('passkeys', toHex(passkey.passkeyId), passkey),
    addUsed: async (passkeyId) => {
      await database.update('passkeys', toHex(passkeyId), (before) => before ?? { passkeyId })
    },
    ids: async () => (await database.all('passkeys')).flatMap(idOf),
  }
}

function fromLock({ credential }: KnownLock): readonly OwnPasskey[] {
  return credential?.type === 'passkey' ? [credential] : []
}

function unique(passkeys: readonly OwnPasskey[]): readonly OwnPasskey[] {
  return passkeys.filter(
    (each, index) =>
      passkeys.findIndex((other) => bytesEqual(other.passkeyId, each.passkeyId)) === index,
  )
}

function isOwnPasskey(record: unknown): record is OwnPasskey {
  return (
    typeof record === 'object' &&
    record !== null &&
    'passkeyId' in record &&
    'publicKey' in record &&
    record.publicKey instanceof Uint8Array
  )
}

function idOf(record: unknown): readonly Uint8Array[] {
  if (typeof record !== 'object' || record === null || !('passkeyId' in record)) return []
  return record.passkeyId instanceof Uint8Array ? [record.passkeyId] : []
}
