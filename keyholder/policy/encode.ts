import { policyMessage, WireError } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'

/**
 * A policy as bytes, checked as the lock will check them.
 * @throws KeyholderError `policyUnfit`; `detail` names the field
 */
export function encodePolicy(policy: Policy): Uint8Array {
  try {
    const encoded = policyMessage.encode(policy)
    policyMessage.decode(encoded)
    return encoded
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    throw new KeyholderError('policyUnfit', { detail: cause.message, cause })
  }
}
