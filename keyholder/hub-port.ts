import type { RestClient } from '@mortise/protocol/rest'
import { idTextOf, RestError } from '@mortise/protocol/rest'
import { KeyholderError } from './errors.ts'
import type { KeyholderErrorCode } from './error-codes.ts'
import type { HubPort } from './ports.ts'

/** What each refusal of the hub means to a person; what is not listed is a hub that does not work. */
const meanings: { readonly [Code in RestError['code']]?: KeyholderErrorCode } = {
  notSignedIn: 'signedOut',
  rateLimited: 'tooManyRequests',
  notAllowed: 'notAllowedByHub',
  notYetValid: 'notAllowedByHub',
  notFound: 'notAllowedByHub',
  invitationUnknown: 'invitationUnknown',
  invitationUsed: 'invitationUsed',
  invitationExpired: 'invitationOver',
  lockOffline: 'lockOffline',
  lockTimeout: 'noAnswer',
  lockBusy: 'lockBusy',
  lockCannotRead: 'requestUndeliverable',
}

/**
 * Runs a call to the hub and turns its refusals into errors of the keyholder.
 * @throws KeyholderError for every RestError; whatever else `call` throws
 */
export async function withKeyholderErrors<Value>(call: () => Promise<Value>): Promise<Value> {
  try {
    return await call()
  } catch (cause) {
    if (!(cause instanceof RestError)) throw cause
    const detail = cause.status === 0 ? {} : { detail: `it answered ${cause.status} ${cause.code}` }
    const meaning = meanings[cause.code]
    throw meaning === undefined
      ? new KeyholderError('hubUnreachable', { cause, ...detail })
      : new KeyholderError(meaning, { cause })
  }
}

/** The hub port over the hub's REST client. */
export function hubPortOver(client: RestClient): HubPort {
  return {
    relay: (lockId, sealed) =>
      withKeyholderErrors(async () => {
        const answer = await client.relay({ lockId: idTextOf(lockId), sealed })
        return answer.sealed
      }),
    policyReport: (lockId) =>
      withKeyholderErrors(async () => {
        const answer = await client.getPolicy({ lockId: idTextOf(lockId) })
        return answer.signed
      }),
    historyPage: (lockId, beforeSequence) =>
      withKeyholderErrors(async () => {
        const before = beforeSequence === undefined ? {} : { before: beforeSequence }
        const page = await client.listEvents({ lockId: idTextOf(lockId), ...before })
        const { entries, signedHead, next } = page
        const more = next !== undefined
        return signedHead === undefined ? { entries, more } : { entries, signedHead, more }
      }),
  }
}
