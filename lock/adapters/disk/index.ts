import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { MortiseError } from '@mortise/protocol/errors'
import { lockIdOf } from '@mortise/protocol/verify'
import type { LockSecrets } from '#lock/ports/identity.ts'
import type { Random } from '#lock/ports/random.ts'
import type { Store } from '#lock/ports/store.ts'
import { storeError } from './database.ts'
import { ensureFolder } from './files.ts'
import { createSecrets, loadSecrets } from './secrets.ts'
import type { StoreSize } from './budget.ts'
import type { DiskStore } from './store.ts'
import { openDiskStore } from './store.ts'
import type { OnWritePoint } from './write-point.ts'

export { readPrivateFile } from './files.ts'
export type { StoreSize } from './budget.ts'
export type { OnWritePoint, WritePoint } from './write-point.ts'

/** The store in the lock's folder; SQLite keeps its log beside it. */
export const STORE_FILE = 'lock.db'

export interface OpenDiskOptions {
  /** Made, for its owner only, when it is not there. */
  readonly folder: string
  readonly random: Random
  readonly onWritePoint?: OnWritePoint
  /** The most that the store may grow to, and what it holds back; for tests. */
  readonly storeSize?: StoreSize
}

export interface OpenedDisk {
  readonly secrets: LockSecrets
  readonly store: Store
}

/**
 * Opens what a lock keeps on disk. The first start makes the store, then the secrets, then ties
 * the store to them; a crash in between is taken up where it ended. A life that a factory reset has
 * ended is erased first, and its keys are replaced. Anything else that is missing
 * or does not fit is refused.
 * @throws MortiseError with a `StoreErrorCode`, `secretsMissing`, or one of `files.ts` and `secrets.ts`
 */
export function openDisk(options: OpenDiskOptions): OpenedDisk {
  const { folder, random, onWritePoint = () => {}, storeSize } = options
  ensureFolder(folder)
  let found = loadSecrets(folder)
  const path = join(folder, STORE_FILE)
  if (found !== undefined && !existsSync(path)) throw storeError('storeMissing')
  const mayBeNew = found === undefined
  const renewKeys = (): void => {
    found = createSecrets(folder, random, onWritePoint)
  }
  const store = openDiskStore({ path, mayBeNew, onWritePoint, renewKeys, ...storeSize })
  try {
    const secrets = found ?? createFirstSecrets(folder, store, random, onWritePoint)
    store.bindTo(lockIdOf(nodeSealCrypto, nodeSealCrypto.ed25519PublicKey(secrets.identitySeed)))
    return { secrets, store }
  } catch (error) {
    store.close()
    throw error
  }
}

function createFirstSecrets(
  folder: string,
  store: DiskStore,
  random: Random,
  onWritePoint: OnWritePoint,
): LockSecrets {
  if (store.load().registers !== undefined || store.isBound()) {
    const message = 'the lock has lived before, but its secrets are gone'
    throw new MortiseError('world', 'secretsMissing', message, {
      nextStep: 'Restore the secrets file from a backup; without it this lock must be reset.',
    })
  }
  return createSecrets(folder, random, onWritePoint)
}
