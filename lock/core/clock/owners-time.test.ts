import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, nextPolicy, person, policyOf } from '@mortise/access/testing'
import { policyMessage } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import { claimedLock, startWallMs } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const resident = person(2, 'resident')
const policy = policyOf([owner.user, resident.user])
const nextDoor = policyMessage.encode(nextPolicy(policy, { doorName: 'Next door' }))

const words: readonly (readonly [Operation, prepare?: (lock: TestLock) => void])[] = [
  [{ type: 'lock' }],
  [{ type: 'unlock' }],
  [{ type: 'setOperatingMode', operatingMode: 'vacation' }],
  [{ type: 'changePolicy', policy: nextDoor, pins: [] }],
  [
    {
      type: 'enrolCredential',
      credentialId: idOf(40),
      credentialType: 'fingerprint',
      userId: resident.user.id,
    },
  ],
  [{ type: 'stopFactoryReset' }, (lock) => lock.askForReset()],
  [{ type: 'factoryReset' }, (lock) => void lock.pressInside()],
]

/** Its clock has gone ten minutes ahead of the monotonic one. */
function doubtfulLock(): TestLock {
  const lock = claimedLock(owner, policy, [], { readerTypes: ['fingerprint'] })
  lock.wallMs = startWallMs + 600_000
  lock.input({ type: 'timer', name: 'timeFloor' })
  assert.equal(lock.published().timeCertain, false)
  return lock
}

describe('a time in doubt', () => {
  for (const [operation, prepare] of words) {
    test(`ends with an owner’s ${operation.type}, and the journal says so`, () => {
      const lock = doubtfulLock()
      prepare?.(lock)
      assert.equal(lock.published().timeCertain, false)
      lock.send(owner, operation)
      assert.equal(lock.published().timeCertain, true)
      const names = lock.entriesOf('timeConfirmed').map(({ userName }) => userName)
      assert.deepEqual(names, [owner.user.name])
    })
  }
})
