import type { State } from '#protocol/words/index.ts'

/** What a lock says that is claimed, locked and well. */
export function sampleState(change: Partial<State> = {}): State {
  return {
    v: 1,
    lockId: new Uint8Array(32),
    boot: 1,
    counter: 1,
    timeMs: 0,
    timeCertain: true,
    claimed: true,
    policyVersion: 1,
    policyHash: new Uint8Array(32),
    sequence: 1,
    lockState: 'locked',
    doorState: 'doorClosed',
    moving: false,
    alarms: [],
    softwareVersion: '0.1.0',
    ...change,
  }
}
