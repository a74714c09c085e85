import assert from 'node:assert/strict'
import type { Contact } from '@mortise/keyholder'
import type { PolicySettings } from '@mortise/protocol/words'
import { directHub } from './direct-hub.ts'
import { claimAs, createPerson } from './person.ts'
import type { Person } from './person.ts'
import { openTestLock, startMs } from './test-lock.ts'
import type { TestLock, TestLockOptions } from './test-lock.ts'

/** A claimed lock and its owner, with an honest hub between them. */
export interface Household {
  readonly owner: Person
  readonly contact: Contact
  /** The lock as it runs at the moment. */
  readonly test: () => TestLock
  readonly restart: (changes?: TestLockOptions) => Promise<TestLock>
  /** Types at the keypad and waits for the answer. */
  readonly type: (keys: string) => Promise<void>
}

export interface HouseholdOptions extends TestLockOptions {
  readonly settings?: Partial<PolicySettings>
  /** 32 bytes; drawn when absent. */
  readonly ownerSeed?: Uint8Array
}

/** Wall clock of the phones: it goes with the lock's simulated time. */
export function phoneClock(test: () => TestLock): () => number {
  return () => test().time.clock.wallMs() ?? startMs
}

export async function foundHousehold(options: HouseholdOptions = {}): Promise<Household> {
  let test = openTestLock(options)
  const current = (): TestLock => test
  const { ownerSeed: seed } = options
  const owner = createPerson({
    name: 'Ada',
    hub: directHub(current),
    nowMs: phoneClock(current),
    ...(seed && { seed }),
  })
  test.door.hands.pressInsideButton()
  const shown = test.door.snapshot().setupCode
  assert.ok(shown)
  const contact = await claimAs(owner, shown.text, options.settings)
  return {
    owner,
    contact,
    test: current,
    async restart(changes) {
      test = await test.restart(changes)
      return test
    },
    type: (keys) => typeKeys(current(), keys),
  }
}

const keypadKeys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const
const hashTurns = 20
const answerMs = 2_000

async function typeKeys({ door, time }: TestLock, keys: string): Promise<void> {
  for (const key of keys) {
    const known = keypadKeys.find((candidate) => candidate === key)
    assert.ok(known)
    door.hands.pressKey(known)
  }
  // The hash is a promise; the bolt then travels in simulated time.
  for (let turn = 0; turn < hashTurns; turn += 1) await Promise.resolve()
  time.advance(answerMs)
}
