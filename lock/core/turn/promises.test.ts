import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock } from '#core/testing/test-lock.ts'
import { assertPromises } from '#core/turn/promises.ts'
import { beginTurn, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

const owner = person(1, 'owner')

/** A turn of a lock whose bolt is being drawn, or is at rest. */
function turnOf(moving: boolean): Turn {
  const lock = claimedLock(owner, policyOf([owner.user]))
  if (moving) lock.send(owner, { type: 'unlock' })
  return beginTurn(
    { crypto, softwareVersion: 'test', challengeSecret: new Uint8Array(32) },
    lock.state,
    lock.now(),
  )
}

const drive = (intent: number) => ({ type: 'drive', direction: 'retract', intent }) as const

/** Faults that no code path makes: each promise must notice its own. */
const faults: readonly (readonly [
  promise: string,
  moving: boolean,
  spoil: (turn: Turn) => void,
])[] = [
  ['a drive has its open intent', false, (turn) => turn.effects.push(drive(99))],
  [
    'a drive has an intent of the same turn',
    true,
    (turn) => turn.effects.push(drive(turn.state.registers.openIntent?.sequence ?? 0)),
  ],
  ['a turn drives at most once', false, (turn) => turn.effects.push(drive(1), drive(1))],
  [
    'an intent is open exactly while it is driven',
    false,
    (turn) => updateRegisters(turn, { openIntent: { sequence: 1, verb: 'lock' } }),
  ],
  ['the time floor never goes back', false, (turn) => updateRegisters(turn, { timeFloorMs: 0 })],
  [
    'the policy version floor never goes back',
    false,
    (turn) => updateRegisters(turn, { policyVersionFloor: 0 }),
  ],
  [
    'the policy in force is the highest that ever was',
    false,
    (turn) => updateRegisters(turn, { policyVersionFloor: 2 }),
  ],
  ['boots never go back', false, (turn) => updateRegisters(turn, { boots: 0 })],
  [
    'sequences rise by one',
    false,
    (turn) => turn.writes.push({ type: 'entry', sequence: 99, bytes: new Uint8Array() }),
  ],
  [
    'the chain ends with the last entry written',
    false,
    (turn) => {
      const sequence = turn.state.chain.sequence + 1
      turn.writes.push({ type: 'entry', sequence, bytes: new Uint8Array() })
    },
  ],
]

describe('a turn that would break a promise stops', () => {
  for (const [promise, moving, spoil] of faults) {
    test(promise, () => {
      const turn = turnOf(moving)
      assertPromises(turn)
      spoil(turn)
      assert.throws(() => assertPromises(turn), { code: 'invariant', message: promise })
    })
  }

  test('no drive starts while another is under way', () => {
    const turn = turnOf(true)
    const sequence = turn.state.chain.sequence + 1
    updateRegisters(turn, { openIntent: { sequence, verb: 'unlock' } })
    turn.effects.push(drive(sequence))
    assert.throws(() => assertPromises(turn), {
      message: 'no drive starts while another is under way',
    })
  })
})
