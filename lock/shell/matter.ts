import type { Input, LockUserChange, MatterAnswer, MatterCommand } from '@mortise/lock-core'
import type { Random } from '#lock/ports/index.ts'

/** What a Matter adapter may ask of the lock. Who may do what is the lock's to decide. */
export interface MatterPort {
  /**
   * A command that passed Matter's own access control (privilege, timed invoke).
   * @param fabricIndex of the sender
   * @returns the exact status and fields of the answer
   */
  readonly command: (fabricIndex: number, command: MatterCommand) => Promise<MatterAnswer>
  readonly fabricRemoved: (fabricIndex: number) => void
  /** Told after each change of a user, a credential or a schedule: Matter's LockUserChange event. */
  readonly onUserChanged: (
    listener: (change: LockUserChange, fabricIndex: number) => void,
  ) => () => void
}

export interface MatterChannel extends MatterPort {
  readonly answered: (requestId: number, answer: MatterAnswer) => void
  readonly userChanged: (change: LockUserChange, fabricIndex: number) => void
}

/** Finds the way back for answers to Matter commands. */
export function createMatterChannel(random: Random, feed: (input: Input) => void): MatterChannel {
  const waiting = new Map<number, (answer: MatterAnswer) => void>()
  const listeners = new Set<(change: LockUserChange, fabricIndex: number) => void>()
  let lastRequestId = 0
  return {
    command: (fabricIndex, command) =>
      new Promise((resolve) => {
        lastRequestId += 1
        waiting.set(lastRequestId, resolve)
        const requestId = lastRequestId
        feed({ type: 'matter', requestId, fabricIndex, command, random: random.bytes(32) })
      }),
    fabricRemoved: (fabricIndex) => feed({ type: 'matterFabricRemoved', fabricIndex }),
    onUserChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answered(requestId, answer) {
      waiting.get(requestId)?.(answer)
      waiting.delete(requestId)
    },
    userChanged(change, fabricIndex) {
      for (const listener of listeners) listener(change, fabricIndex)
    },
  }
}
