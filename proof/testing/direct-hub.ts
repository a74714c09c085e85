import { KeyholderError } from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import type { Reachable } from './reachable.ts'

const pageSize = 50

/** An honest hub without a network: carries, and keeps what the lock signed. */
export function directHub(current: () => Reachable): HubPort {
  return {
    async relay(_lockId, sealed) {
      const outcome = await current().deliver(sealed)
      if (outcome.type === 'reply') return outcome.sealed
      throw new KeyholderError(outcome.reason === 'busy' ? 'lockBusy' : 'requestUndeliverable')
    },
    policyReport() {
      const signed = current().linked.signedPolicyReport()
      if (signed === undefined) throw new KeyholderError('hubUnreachable')
      return Promise.resolve(signed)
    },
    historyPage(_lockId, before = Infinity) {
      const { linked, store } = current()
      const newest = Math.min(linked.newestSequence(), before - 1)
      const first = Math.max(1, newest - pageSize + 1)
      const entries = store.entriesFrom(first, newest - first + 1).toReversed()
      const signedHead = linked.uploadAfter(linked.newestSequence() - 1)?.signedHead
      const more = first > 1
      return Promise.resolve(
        signedHead === undefined ? { entries, more } : { signedHead, entries, more },
      )
    },
  }
}
