import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import type { Step } from '#app/state/app/step.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, otherLockId, sighting } from '#app/testing/samples.ts'

const walk = (state: AppState, ...actions: readonly Action[]): Step => run(state, actions)

const types = (step: Step): readonly string[] => step.effects.map((effect) => effect.type)
const unlocked = sighting({ lockState: 'unlocked', counter: 2 })

test('an unlock goes from the press to the signed receipt, and not one step further by itself', () => {
  const pressed = walk(atTheDoor(), { type: 'verbPressed', verb: 'unlock' })
  assert.deepEqual(doorHere(pressed.state)?.operation, { verb: 'unlock', phase: 'proving' })
  assert.deepEqual(types(pressed), ['operate'])
  const sent = walk(pressed.state, { type: 'proven', lockId })
  assert.deepEqual(doorHere(sent.state)?.operation, { verb: 'unlock', phase: 'sent' })
  assert.equal(doorHere(sent.state)?.sighting?.state.lockState, 'locked')
  const done = walk(sent.state, { type: 'operated', lockId, verb: 'unlock', sighting: unlocked })
  assert.equal(doorHere(done.state)?.operation, null)
  assert.equal(doorHere(done.state)?.sighting?.state.lockState, 'unlocked')
})

test('a second press while one command is under way sends nothing', () => {
  const press = { type: 'verbPressed', verb: 'unlock' } as const
  assert.deepEqual(types(walk(atTheDoor(), press, press)), ['operate'])
})

test('a refusal leaves the door as the lock last signed it and says why', () => {
  const { state, effects } = walk(
    atTheDoor(),
    { type: 'verbPressed', verb: 'unlock' },
    {
      type: 'operateFailed',
      lockId,
      verb: 'unlock',
      trouble: 'noLongerValid',
      sighting: null,
    },
  )
  assert.equal(doorHere(state)?.operation, null)
  assert.deepEqual(doorHere(state)?.refusal, { verb: 'unlock', trouble: 'noLongerValid' })
  assert.equal(doorHere(state)?.sighting?.state.lockState, 'locked')
  assert.ok(effects.every((effect) => effect.type !== 'ask'))
})

test('no answer: nobody knows what the bolt did, so the lock is asked at once', () => {
  const failed = { verb: 'unlock', trouble: 'noAnswer', sighting: null } as const
  const step = walk(atTheDoor(), { type: 'operateFailed', lockId, ...failed })
  assert.ok(types(step).includes('ask'))
})

test('an older answer never replaces a newer one, by what the lock counts', () => {
  const cases = [
    [{ boot: 2, counter: 5 }, { boot: 2, counter: 4 }, 5],
    [{ boot: 2, counter: 1 }, { boot: 1, counter: 9 }, 1],
    [{ boot: 1, counter: 9 }, { boot: 2, counter: 1 }, 1],
    [{ boot: 1, counter: 1 }, { boot: 1, counter: 2 }, 2],
  ] as const
  for (const [known, arrived, expected] of cases) {
    const state = atTheDoor({}, { sighting: sighting(known, 1_000) })
    const after = walk(state, {
      type: 'asked',
      lockId,
      sighting: sighting(arrived),
      ownHours: null,
    }).state
    assert.equal(doorHere(after)?.sighting?.state.counter, expected)
  }
})

test('asks again before an answer grows stale, and only while somebody looks', () => {
  const later = (change: Partial<AppState>, age: number) =>
    types(
      walk(atTheDoor(change, { askedAtMs: nowMs - age, sighting: sighting({}, age) }), {
        type: 'ticked',
        nowMs,
      }),
    )
  assert.deepEqual(later({}, 15_000), ['ask'])
  assert.deepEqual(later({}, 14_000), [])
  assert.deepEqual(later({ visible: false }, 60_000), [])
  assert.deepEqual(later({ tab: 'settings' }, 60_000), [])
})

test('a lock that is away is not asked in a loop; its return is answered by a question', () => {
  const away = walk(atTheDoor(), { type: 'askFailed', lockId, trouble: 'lockAway' }).state
  assert.deepEqual(types(walk(away, { type: 'ticked', nowMs: nowMs + 60_000 })), [])
  assert.deepEqual(types(walk(away, { type: 'presenceArrived', lockId, linked: true })), ['ask'])
})

test('a hub that does not answer is tried again, and not every second', () => {
  const away = walk(atTheDoor(), { type: 'askFailed', lockId, trouble: 'hubAway' }).state
  const first = walk(away, { type: 'ticked', nowMs: nowMs + 1_000 })
  assert.deepEqual(types(first), ['readSession'])
  assert.deepEqual(types(walk(first.state, { type: 'ticked', nowMs: nowMs + 2_000 })), [])
  assert.deepEqual(types(walk(first.state, { type: 'ticked', nowMs: nowMs + 7_000 })), [
    'readSession',
  ])
})

test('a streamed state is shown, and confirmed by a question of our own', () => {
  const step = walk(atTheDoor(), { type: 'stateArrived', lockId, sighting: unlocked })
  assert.equal(doorHere(step.state)?.sighting?.state.lockState, 'unlocked')
  assert.deepEqual(types(step), ['ask'])
})

test('another door brings its own list and history, never those of the one before', () => {
  const before = atTheDoor()
  const two: AppState = {
    ...before,
    doors: [...before.doors, ...before.doors.map((each) => ({ ...each, lockId: otherLockId }))],
    access: { ...before.access, lockId, step: { kind: 'person', userId: '1', week: null } },
    history: { ...before.history, lockId, who: 'Ada' },
  }
  const { state } = walk(two, { type: 'doorChosen', lockId: otherLockId })
  assert.equal(state.access.step.kind, 'list')
  assert.equal(state.history.lockId, otherLockId)
  assert.equal(state.history.who, null)
})

test('an ended session leads to the sign-in from wherever it is noticed', () => {
  const { state } = walk(atTheDoor(), { type: 'askFailed', lockId, trouble: 'signedOut' })
  assert.equal(state.stage, 'signIn')
  assert.equal(state.signIn.trouble, 'signedOut')
})

test('a reset is stopped by one press, and what the lock says to it is told', () => {
  const waiting = sighting({ factoryResetAtMs: nowMs + 1000, counter: 2 })
  const pressed = walk(atTheDoor({}, { sighting: waiting }), { type: 'stopResetPressed' })
  assert.deepEqual(pressed.effects, [{ type: 'stopReset', lockId }])
  const after = sighting({ counter: 3 })
  const stopped = walk(pressed.state, { type: 'resetStopped', lockId, sighting: after })
  assert.equal(doorHere(stopped.state)?.sighting?.state.factoryResetAtMs, undefined)
  const trouble = 'notAuthorized' as const
  const refused = walk(pressed.state, {
    type: 'stopResetFailed',
    lockId,
    trouble,
    sighting: null,
  })
  assert.deepEqual(doorHere(refused.state)?.refusal, { verb: 'stopReset', trouble })
  const nowhere = walk({ ...atTheDoor(), here: null }, { type: 'stopResetPressed' })
  assert.deepEqual(nowhere.effects, [])
})
