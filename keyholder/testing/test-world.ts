import type { SealCrypto } from '@mortise/protocol/seal'
import type { Claimed } from '#keyholder/arrival/claim.ts'
import { claim } from '#keyholder/arrival/claim.ts'
import type { OwnCredential } from '#keyholder/known-lock.ts'
import { newDeviceKeyCredential } from '#keyholder/policy/credentials.ts'
import type { Device, Prover } from '#keyholder/ports.ts'
import { deviceKeyProver } from '#keyholder/trust/device-key.ts'
import type { FakeLock } from './fake-lock.ts'
import { createFakeLock } from './fake-lock.ts'
import type { TestHub } from './test-hub.ts'
import { createTestHub } from './test-hub.ts'
import { createTestMemory } from './test-memory.ts'

/** One person's device, one lock, and the hub between them. */
export interface TestWorld {
  readonly lock: FakeLock
  readonly hub: TestHub
  readonly device: Device
  /** The device's own credential. */
  readonly credential: OwnCredential
  /** Proofs that were made: each is a gesture with a passkey. */
  readonly proofs: number
  /** Moves the clock that device and lock share. */
  pass(durationMs: number): void
  /** Another device with its own memory and key, at the same hub. */
  anotherDevice(): { readonly device: Device; readonly credential: OwnCredential }
  /** Claims the lock as the person "Ada". */
  claim(): Promise<Claimed>
}

const startMs = 1_800_000_000_000

export function createTestWorld(crypto: SealCrypto): TestWorld {
  let nowMs = startMs
  let proofs = 0
  const clock = { nowMs: () => nowMs }
  const lock = createFakeLock(crypto, clock.nowMs)
  const hub = createTestHub(lock)
  const counted = (prover: Prover): Prover => ({
    prove: (hash, credential) => {
      proofs += 1
      return prover.prove(hash, credential)
    },
  })
  const newDevice = (name: string) => {
    const seed = crypto.randomBytes(32)
    const prover = counted(deviceKeyProver(crypto, seed))
    const device: Device = { crypto, hub, prover, memory: createTestMemory(), clock }
    const publicKey = crypto.ed25519PublicKey(seed)
    return { device, credential: newDeviceKeyCredential(device, { name, publicKey }) }
  }
  const { device, credential } = newDevice('laptop')
  return {
    lock,
    hub,
    device,
    credential,
    get proofs() {
      return proofs
    },
    pass: (durationMs) => {
      nowMs += durationMs
    },
    anotherDevice: () => newDevice('another'),
    claim: () =>
      claim(device, lock.claimText, {
        doorName: 'Front door',
        timeZone: 'Europe/Berlin',
        ownerName: 'Ada',
        credentials: [credential],
        relyingParties: [],
      }),
  }
}
