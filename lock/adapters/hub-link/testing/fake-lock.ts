import { utf8 } from '@mortise/protocol/wire'
import type { LinkedLock, LinkRefusal, RequestOutcome } from '#lock/ports/link.ts'

export interface Asked {
  readonly sealed: Uint8Array
  readonly respond: (outcome: RequestOutcome) => void
}

/** What the fake lock is called; the link only passes it on. */
export const fakeLockId: Uint8Array = new Uint8Array(32).fill(5)

/** A lock with a journal of one-byte entries. An upload holds at most three. */
export function createFakeLock(entryCount = 0) {
  const entries = Array.from({ length: entryCount }, (_, index) => Uint8Array.of(index + 1))
  const acknowledged: number[] = []
  const asked: Asked[] = []
  let states = 0
  let heard = (): void => {}
  const newest: number[] = []
  const refused: LinkRefusal[] = []
  const reached: boolean[] = []
  const lock: LinkedLock = {
    lockId: fakeLockId,
    newestPolicy: (version) => newest.push(version),
    refused: (reason) => refused.push(reason),
    reached: (up) => reached.push(up),
    newestSequence: () => entries.length,
    signedState() {
      states += 1
      return utf8(`state ${states}`)
    },
    signedPolicyReport: () => utf8('policy'),
    uploadAfter(sequence) {
      const part = entries.slice(sequence, sequence + 3)
      const lastSequence = sequence + part.length
      return part.length === 0
        ? undefined
        : { entries: part, signedHead: utf8('head'), lastSequence }
    },
    acknowledged: (sequence) => acknowledged.push(sequence),
    request(sealed, respond) {
      asked.push({ sealed, respond })
      heard()
    },
  }
  return {
    lock,
    acknowledged,
    /** The versions that the hub vouched for. */
    newest,
    /** What the link has refused. */
    refused,
    /** What the lock was told of the link. */
    reached,
    asked,
    states: () => states,
    append: () => entries.push(Uint8Array.of(entries.length + 1)),
    /** Resolves when the next request has arrived. */
    nextRequest: () =>
      new Promise<void>((resolve) => {
        heard = resolve
      }),
  }
}
