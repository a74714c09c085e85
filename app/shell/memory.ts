import type { KnownLock, Memory } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Database } from '#app/shell/database.ts'

/** The keyholder's memory in the browser: public keys and hashes only. */
export function browserMemory(database: Database): Memory {
  return {
    read: async (lockId) => knownLock(await database.get('locks', toHex(lockId))),
    list: async () => (await database.all('locks')).flatMap((record) => knownLock(record) ?? []),
    update: (lockId, change) =>
      database.update('locks', toHex(lockId), (before) => change(knownLock(before))),
  }
}

/** Only this program writes the store; a record of another shape is of a version that is no more. */
function knownLock(record: unknown): KnownLock | undefined {
  return isKnownLock(record) ? record : undefined
}

function isKnownLock(record: unknown): record is KnownLock {
  return (
    typeof record === 'object' &&
    record !== null &&
    'lockId' in record &&
    record.lockId instanceof Uint8Array &&
    'lockKey' in record &&
    record.lockKey instanceof Uint8Array &&
    'sealingKey' in record &&
    record.sealingKey instanceof Uint8Array &&
    'metBy' in record
  )
}
