import type { StoreWrite, StoredRegisters } from '#lock/ports/store.ts'

const REGISTERS: StoredRegisters = {
  boots: 1,
  timeFloorMs: 1_800_000_000_000,
  policyVersionFloor: 0,
  tries: {},
}

function registers(changed: Partial<StoredRegisters>): StoreWrite {
  return { type: 'registers', registers: { ...REGISTERS, ...changed } }
}

function entry(sequence: number): StoreWrite {
  return { type: 'entry', sequence, bytes: new Uint8Array(90).fill(sequence) }
}

const CODE_ID = new Uint8Array(16).fill(1)

/** The commits of a short life: start, claim, unlock, a wrong code, a removed code. */
export const COMMITS: readonly (readonly StoreWrite[])[] = [
  [registers({}), entry(1)],
  [
    { type: 'policy', policy: new Uint8Array(20_000).fill(1) },
    { type: 'pinTag', credentialId: CODE_ID, tag: new Uint8Array(32).fill(1) },
    { type: 'bindings', bindings: [] },
    registers({ policyVersionFloor: 1 }),
    entry(2),
  ],
  [registers({ policyVersionFloor: 1, openIntent: { sequence: 3, verb: 'unlock' } }), entry(3)],
  [registers({ policyVersionFloor: 1 }), entry(4)],
  [
    registers({
      policyVersionFloor: 1,
      tries: { keypad: { wrongCodes: 1, lockouts: 0, lockedUntilMs: 0 } },
    }),
  ],
  [
    { type: 'policy', policy: new Uint8Array(30_000).fill(2) },
    { type: 'pinTagRemoved', credentialId: CODE_ID },
    registers({ policyVersionFloor: 2 }),
    entry(5),
  ],
]
