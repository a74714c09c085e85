import { policyMessage, WireError } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import { findFlaw } from '@mortise/access'
import { KeyholderError } from '#keyholder/errors.ts'
import { adviceForFlaw, nameFlaw } from '#keyholder/flaws.ts'

/**
 * A policy as bytes, checked as the lock will check them.
 * @throws KeyholderError `policyUnfit`; its message names the field, or what is wrong and with whom or
 *   what, which is then its `flaw` as well
 */
export function encodePolicy(policy: Policy): Uint8Array {
  const found = findFlaw(policy)
  // For a door without an owner the lock has a word of its own, which people are told at length.
  if (found !== undefined && found.flaw !== 'noLastingOwner') {
    const flaw = nameFlaw(found)
    const { because: detail, nextStep } = adviceForFlaw(flaw)
    throw new KeyholderError('policyUnfit', { detail, nextStep, flaw })
  }
  try {
    const encoded = policyMessage.encode(policy)
    policyMessage.decode(encoded)
    return encoded
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    throw new KeyholderError('policyUnfit', { detail: cause.message, cause })
  }
}
