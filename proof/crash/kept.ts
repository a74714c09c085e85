import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { LockKeys } from '@mortise/keyholder'
import type { LockSecrets, Stored } from '@mortise/lock'
import { createFileStore, createSystemRandom, openDisk } from '@mortise/lock/testing'
import { lockIdOf } from '@mortise/protocol/verify'
import { policyMessage } from '@mortise/protocol/wire'
import type { Entry, Policy } from '@mortise/protocol/words'

/** What the disk of a lock holds while no process has it open, and what it keeps of its journal. */
export interface Kept extends Stored {
  readonly entries: readonly Uint8Array[]
  /** Whose disk it is; absent where no lock ever ran. */
  readonly keys?: LockKeys & { readonly lockId: Uint8Array }
}

/** Far more than any deed writes. */
const entriesMax = 100_000

export function readDisk(folder: string): Kept {
  const { store, secrets } = openDisk({
    folder: join(folder, 'lock'),
    random: createSystemRandom(),
  })
  try {
    const keys = keysOf(secrets)
    return { ...store.load(), entries: store.entriesFrom(1, entriesMax), keys }
  } finally {
    store.close()
  }
}

function keysOf({ identitySeed, sealingPrivateKey }: LockSecrets) {
  const lockKey = nodeSealCrypto.ed25519PublicKey(identitySeed)
  const sealingKey = nodeSealCrypto.x25519PublicKey(sealingPrivateKey)
  return { lockId: lockIdOf(nodeSealCrypto, lockKey), lockKey, sealingKey }
}

/** How the bolt of the door in this folder has moved in its life. */
export function readDoor(folder: string) {
  const counts = createFileStore(join(folder, 'door.json')).load()?.counts
  return {
    extensions: counts?.motorExtensions ?? 0,
    retractions: counts?.motorRetractions ?? 0,
    byHand: (counts?.handExtensions ?? 0) + (counts?.handRetractions ?? 0),
  }
}

export function policyOf({ policy }: Stored): Policy | undefined {
  return policy === undefined ? undefined : policyMessage.decode(policy)
}

/** Openings that somebody asked for by a code. */
export function openings(journal: readonly Entry[]): number {
  return journal.filter(({ type, source, verb }) => {
    return type === 'operationIntent' && source === 'keypad' && verb === 'unlock'
  }).length
}
