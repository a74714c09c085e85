import { currentState, policyReport } from '@mortise/lock-core'
import type { CoreState, Input, Now } from '@mortise/lock-core'
import { entryHash } from '@mortise/protocol/chain'
import { limits } from '@mortise/protocol/limits'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import {
  entryMessage,
  headMessage,
  policyReportMessage,
  stateMessage,
} from '@mortise/protocol/wire'
import type { LinkedLock } from '#lock/ports/link.ts'
import type { Log } from '#lock/ports/log.ts'
import type { Store } from '#lock/ports/store.ts'
import type { LockKeys } from './keys.ts'
import type { Requests } from './requests.ts'
import { readStorage } from './storage.ts'

export interface LinkedOptions {
  readonly crypto: VerifyCrypto
  readonly keys: LockKeys
  readonly store: Store
  readonly log: Log
  readonly requests: Requests
  readonly state: () => CoreState
  readonly now: () => Now
  readonly feed: (input: Input) => void
  /** The other side holds more of the journal than before. */
  readonly acknowledged: () => void
}

/** What a link may see of the lock: signed statements and sealed replies. */
export function createLinkedLock(options: LinkedOptions): LinkedLock {
  const { keys, store, log, requests, state, now, feed } = options
  return {
    lockId: keys.lockId,
    newestPolicy: (version) => feed({ type: 'newestPolicy', version }),
    refused: (reason) => feed({ type: 'linkRefused', reason }),
    reached: (up) => feed({ type: 'link', up }),
    newestSequence: () => state().chain.sequence,
    signedState: () => keys.sign('state', stateMessage.encode(currentState(state(), now()))),
    signedPolicyReport() {
      const report = policyReport(state(), now())
      return report && keys.sign('policyReport', policyReportMessage.encode(report))
    },
    uploadAfter(sequence) {
      try {
        const entries = store.entriesFrom(sequence + 1, limits.entriesPerUploadMax)
        const last = entries.at(-1)
        if (last === undefined) return undefined
        const lastSequence = entryMessage.decode(last).sequence
        return { entries, signedHead: signHead(options, last, lastSequence), lastSequence }
      } catch (error) {
        // Old entries that cannot be read must not take the door with them.
        log.error('journalUnreadable', { sequence: sequence + 1, error: String(error) })
        return undefined
      }
    },
    acknowledged(sequence) {
      if (sequence <= store.acknowledgedSequence()) return
      store.acknowledged(sequence)
      feed(readStorage(options.crypto, store))
      options.acknowledged()
    },
    request: requests.receive,
  }
}

/**
 * Signs the chain up to this entry. The head of each upload is its last entry, so that the hub can
 * check every upload by itself, however many follow.
 */
function signHead(
  { crypto, keys, state, now }: LinkedOptions,
  last: Uint8Array,
  sequence: number,
): Uint8Array {
  const head = {
    v: 1,
    lockId: keys.lockId,
    sequence,
    hash: entryHash(crypto, last),
    timeMs: currentState(state(), now()).timeMs,
  } as const
  return keys.sign('head', headMessage.encode(head))
}
