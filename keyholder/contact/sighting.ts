import { verifyStatement } from '@mortise/protocol/verify'
import { bytesEqual, stateMessage, WireError } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'
import type { Contact, Sighting } from './contact.ts'

/**
 * Takes in a state that is fresh beyond doubt (it carries this device's nonce, or stands in the
 * receipt of a command just made), and remembers the policy version that it tells of.
 */
export async function recordFreshState(
  contact: Contact,
  state: State,
  sentAtMs: number,
): Promise<Sighting> {
  const fault = policyFault(contact, state)
  const sighting: Sighting = {
    state,
    confirmedAtMs: sentAtMs,
    ...(fault === undefined ? {} : { fault }),
  }
  // Two questions can be under way at once, and the later answer may arrive first.
  if (contact.sighting === undefined || !isOlder(state, contact.sighting.state)) {
    contact.sighting = sighting
  }
  await rememberPolicy(contact, { version: state.policyVersion, hash: state.policyHash })
  return sighting
}

/**
 * Takes in a state from the stream that the lock publishes through the hub. The hub may have held
 * it back, so it counts as known only since the moment that the lock's own clock says, measured
 * from the last answer to a question of ours.
 * @returns undefined when it is older than what is known, or nothing was asked yet.
 * @throws KeyholderError `replyUnreadable`, `replyForged`, `wrongLock`
 */
export function followState(contact: Contact, signedState: Uint8Array): Sighting | undefined {
  const state = verifiedState(contact, signedState)
  const { sighting: known, device } = contact
  if (known === undefined || isOlder(state, known.state)) return undefined
  const sinceAnswerMs = Math.max(0, state.timeMs - known.state.timeMs)
  const confirmedAtMs = Math.min(device.clock.nowMs(), known.confirmedAtMs + sinceAnswerMs)
  const fault = policyFault(contact, state)
  contact.sighting = { state, confirmedAtMs, ...(fault === undefined ? {} : { fault }) }
  return contact.sighting
}

/** By what the lock counts, not by time: an honest lock's clock may be corrected. */
function isOlder(state: State, than: State): boolean {
  if (state.boot !== than.boot) return state.boot < than.boot
  return state.counter < than.counter
}

function verifiedState(contact: Contact, signedState: Uint8Array): State {
  try {
    const { lockKey } = contact.known
    const body = verifyStatement(contact.device.crypto, 'state', lockKey, signedState)
    if (body === undefined) throw new KeyholderError('replyForged')
    const state = stateMessage.decode(body)
    if (!bytesEqual(state.lockId, contact.lockId)) throw new KeyholderError('wrongLock')
    return state
  } catch (cause) {
    if (cause instanceof WireError) throw new KeyholderError('replyUnreadable', { cause })
    throw cause
  }
}

function policyFault(contact: Contact, state: State): Sighting['fault'] {
  const remembered = contact.known.policy
  // Without an owner there is no list that could be an older one: the lock says that it was set back.
  if (remembered === undefined || !state.claimed) return undefined
  if (state.policyVersion < remembered.version) return 'policyRolledBack'
  const sameVersion = state.policyVersion === remembered.version
  return sameVersion && !bytesEqual(state.policyHash, remembered.hash) ? 'policyForked' : undefined
}

/** Remembers a policy version that the lock signed, unless a newer one is remembered. */
export async function rememberPolicy(
  contact: Contact,
  policy: { readonly version: number; readonly hash: Uint8Array },
): Promise<void> {
  const remembered = contact.known.policy
  if (policy.version === 0) return
  if (remembered !== undefined && remembered.version >= policy.version) return
  contact.known = await contact.device.memory.update(contact.lockId, (before) => {
    const known = before ?? contact.known
    const newer = known.policy !== undefined && known.policy.version >= policy.version
    return newer ? known : { ...known, policy: { version: policy.version, hash: policy.hash } }
  })
}
