import type { CancelTimer, Timers } from '#lock/ports/index.ts'
import type { LinkedLock, Upload } from '#lock/ports/link.ts'

export interface UploaderOptions {
  readonly lock: LinkedLock
  readonly send: (upload: Upload) => void
  readonly timers: Timers
  readonly acknowledgeMs: number
  /** The hub took an upload and never said that it is durable. */
  readonly stalled: () => void
}

export interface Uploader {
  /** Sends the next entries, unless some are under way or there are none. */
  readonly pump: () => void
  readonly acknowledge: (sequence: number) => void
  readonly stop: () => void
}

/**
 * Brings the journal to the hub from where its copy ends: one upload at a time, the next one when
 * all of it is durable there.
 * @param lastSequence where the hub says that its copy ends; believed up to the newest entry
 */
export function createUploader(options: UploaderOptions, lastSequence: number): Uploader {
  const { lock, send, timers, acknowledgeMs, stalled } = options
  let durableThere = Math.min(lastSequence, lock.newestSequence())
  let sent = durableThere
  /** Right before the first entry of what is under way: lies above the copy's end after a gap. */
  let sentAfter = durableThere
  let stopped = false
  let cancelWait: CancelTimer = () => {}

  lock.acknowledged(durableThere)
  const pump = (): void => {
    if (stopped || sent > durableThere) return
    const upload = lock.uploadAfter(durableThere)
    if (upload === undefined) return
    sent = upload.lastSequence
    sentAfter = sent - upload.entries.length
    cancelWait = timers.set(acknowledgeMs, stalled)
    send(upload)
  }
  return {
    pump,
    acknowledge(sequence) {
      // The hub heard the upload and took none of it: waiting or repeating would change nothing.
      if (sequence === sentAfter) return cancelWait()
      const known = Math.min(sequence, sent)
      if (known <= durableThere) return
      durableThere = known
      lock.acknowledged(known)
      if (durableThere < sent) return
      cancelWait()
      pump()
    },
    stop() {
      stopped = true
      cancelWait()
    },
  }
}
