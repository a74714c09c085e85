import { argon2 } from 'node:crypto'
import { MortiseError } from '@mortise/protocol/errors'
import { utf8 } from '@mortise/protocol/wire'
import type { PinSecrets } from '#lock/ports/identity.ts'
import type { PinHasher } from '#lock/ports/pin-hasher.ts'

/**
 * Argon2id (RFC 9106) with the OWASP Password Storage Cheat Sheet's first small setting. A million
 * codes are few, so what keeps a stolen store quiet is the pepper, which is not in it; the cost is
 * for whoever has the pepper as well.
 */
export const ARGON2ID = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const

/** Hashes on the thread pool of libuv. */
export function createPinHasher({ pinSalt, pinPepper }: PinSecrets): PinHasher {
  return {
    hash: (pin) =>
      new Promise((resolve, reject) => {
        const parameters = { ...ARGON2ID, message: utf8(pin), nonce: pinSalt, secret: pinPepper }
        argon2('argon2id', parameters, (error, tag) => {
          if (error === null) resolve(new Uint8Array(tag))
          else reject(failure(error))
        })
      }),
  }
}

function failure(cause: Error): MortiseError {
  return new MortiseError('world', 'pinHashFailed', 'a code could not be hashed', {
    nextStep: 'Give the lock more memory: each hash needs 19 MiB.',
    cause,
  })
}
