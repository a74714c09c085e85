import assert from 'node:assert/strict'
import { ask, changePolicy, draftPerson, LockRefusal } from '@mortise/keyholder'
import type { Contact, HubPort, NewPerson } from '@mortise/keyholder'
import { directHub } from '#proof/testing/direct-hub.ts'
import { phoneClock } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { createPerson, introduce } from '#proof/testing/person.ts'
import type { ManualTime } from '@mortise/lock/testing'
import { startMs } from '#proof/testing/test-lock.ts'

/** Somebody in the policy with a device key of their own, and a client that obeys only them. */
export interface Member {
  readonly contact: Contact
  readonly userId: Uint8Array
  /** The sealed request of an act, signed and kept instead of sent. */
  readonly prepare: (act: (contact: Contact) => Promise<unknown>) => Promise<Uint8Array>
}

/** Has the owner add somebody. Another owner takes a press of the inside button. */
export async function addMember(household: Household, person: NewPerson): Promise<Member> {
  const { contact: owner, test } = household
  const honest = directHub(test)
  let kept: Uint8Array | undefined
  let keeps = false
  const hub: HubPort = {
    ...honest,
    relay(lockId, sealed) {
      if (!keeps) return honest.relay(lockId, sealed)
      kept = sealed
      return Promise.reject(new Error('kept'))
    },
  }
  const one = createPerson({ name: person.name, hub, nowMs: phoneClock(test) })
  const draft = draftPerson(owner.device, person, [one.credential])
  if (person.role === 'owner') test().door.hands.pressInsideButton()
  await changePolicy(owner, draft)
  const contact = await introduce(one, test().lock)
  return {
    contact,
    userId: draft.user.id,
    async prepare(act) {
      // With a challenge in hand the command itself is the next thing that is sent.
      await ask(contact)
      keeps = true
      await act(contact).catch(() => undefined)
      keeps = false
      assert.ok(kept)
      return kept
    },
  }
}

/** The lock's own word on an attempt. */
export async function verdictOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'done'
  } catch (error) {
    if (error instanceof LockRefusal) return error.reason
    throw error
  }
}

/** A clock that stands still at the beginning, for the positive controls; timers go on. */
export function stoppedClock(time: ManualTime): ManualTime {
  return { ...time, clock: { wallMs: () => startMs, monotonicMs: () => 0 } }
}
