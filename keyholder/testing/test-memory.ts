import { toHex } from '@mortise/protocol/wire'
import type { Memory } from '#keyholder/ports.ts'
import type { KnownLock } from '#keyholder/known-lock.ts'

/** A memory that forgets when the program ends. */
export function createTestMemory(): Memory {
  const locks = new Map<string, KnownLock>()
  return {
    read: (lockId) => Promise.resolve(locks.get(toHex(lockId))),
    list: () => Promise.resolve([...locks.values()]),
    update: async (lockId, change) => {
      const key = toHex(lockId)
      const after = change(locks.get(key))
      locks.set(key, after)
      return after
    },
  }
}
