import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action, DoorFound } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { initialState } from '#app/state/app/initial.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import { selectWizard } from '#app/state/select/select-wizard.ts'
import { run, update } from '#app/testing/update.ts'
import { lockId, nowMs, otherLockId, sighting } from '#app/testing/samples.ts'

function walk(state: AppState, actions: readonly Action[]) {
  const step = run(state, actions)
  return { ...step, types: step.effects.map(({ type }) => type) }
}

const began = (change: Partial<Extract<Action, { readonly type: 'began' }>>): Action => ({
  type: 'began',
  place: { mode: 'convenience', appHost: 'h', hubHost: 'h', appVersion: '1' },
  taste: { theme: 'system', paints: {} },
  setupToken: null,
  invitation: null,
  progress: null,
  online: true,
  canShare: false,
  canScan: false,
  remembered: [],
  tab: 'door',
  nowMs,
  ...change,
})

const door: DoorFound = {
  lockId,
  name: 'Front door',
  linked: true,
  role: 'owner',
  ownUserId: null,
  ownTime: null,
  metBy: 'claim',
  safetyCode: '',
  trouble: null,
}
const token = 't'.repeat(43)

const firstRun: readonly Action[] = [
  began({ setupToken: token }),
  { type: 'personNameTyped', name: ' Ada ' },
  { type: 'createPasskeyPressed' },
  { type: 'accountMade' },
  { type: 'setupTextTyped', text: 'mortise1.x' },
  { type: 'setupTextRead', text: 'mortise1.x', lockId },
  { type: 'claimPressed' },
  { type: 'claimed', door, sighting: sighting(), atMs: nowMs },
]

test('the first run leads from the link to a door that was locked and unlocked once', () => {
  const claimed = walk(initialState, firstRun)
  assert.deepEqual(claimed.types, [
    'checkSetup',
    'makeAccount',
    'forgetLink',
    'openLive',
    'readSetupText',
    'claim',
    'saveProgress',
  ])
  assert.equal(selectWizard(claimed.state)?.step, 'name')
  const tested = walk(claimed.state, [
    { type: 'nameDonePressed' },
    { type: 'operated', lockId, verb: 'lock', sighting: sighting({ counter: 2 }) },
    { type: 'operated', lockId, verb: 'unlock', sighting: sighting({ counter: 3 }) },
  ])
  const view = selectWizard(tested.state)
  assert.deepEqual(
    [view?.step, view?.test?.lockedOnce, view?.test?.unlockedOnce],
    ['test', true, true],
  )
  const finished = walk(tested.state, [{ type: 'finishPressed' }])
  assert.equal(finished.state.stage, 'doors')
  assert.deepEqual(finished.effects.at(-1), { type: 'saveProgress', progress: null })
})

test('what can be tried first at the door stands first, and stays there', () => {
  const first = (state: AppState) => selectWizard(state)?.test?.first
  for (const [lockState, verb, other] of [
    ['unlocked', 'lock', 'unlock'],
    ['locked', 'unlock', 'lock'],
  ] as const) {
    const claimed: Action = {
      type: 'claimed',
      door,
      sighting: sighting({ lockState }),
      atMs: nowMs,
    }
    const actions = [...firstRun.slice(0, -1), claimed, { type: 'nameDonePressed' }] as const
    const begun = walk(initialState, actions).state
    assert.equal(first(begun), verb)
    const pressed = walk(begun, [{ type: 'verbPressed', verb }]).state
    const moved = sighting({ lockState: verb === 'lock' ? 'locked' : 'unlocked', counter: 2 })
    const arrived = walk(pressed, [{ type: 'stateArrived', lockId, sighting: moved }]).state
    assert.equal(first(arrived), verb)
    const done = walk(arrived, [{ type: 'operated', lockId, verb, sighting: moved }]).state
    assert.equal(first(done), verb)
    assert.equal(first(walk(done, [{ type: 'verbPressed', verb: other }]).state), verb)
  }
})

test('a session that was read before the claim does not take the new door away', () => {
  const claimed = walk(initialState, firstRun).state
  const other = { ...door, lockId: otherLockId }
  const cases: readonly (readonly [number, readonly DoorFound[], readonly string[]])[] = [
    // begun before or after the claim, doors that the hub named, doors that stay
    [-1, [], [lockId]],
    [0, [], [lockId]],
    [-1, [other], [otherLockId, lockId]],
    [-1, [other, door], [otherLockId, lockId]],
    [1, [other], [otherLockId]],
  ]
  for (const [afterMs, doors, stay] of cases) {
    const begunAtMs = nowMs + afterMs
    const read: Action = { type: 'sessionRead', name: 'Ada', doors, knewDoors: false, begunAtMs }
    const { state } = walk(claimed, [read])
    assert.deepEqual(
      state.doors.map((each) => each.lockId),
      stay,
    )
    assert.equal(selectWizard(state)?.step, 'name')
  }
  // A door that was only remembered is the hub's to name.
  const remembered = [{ ...door, sighting: null }]
  const read: Action = {
    type: 'sessionRead',
    name: 'Ada',
    doors: [other],
    knewDoors: false,
    begunAtMs: nowMs,
  }
  const { doors } = walk(initialState, [began({ remembered }), read]).state
  assert.deepEqual(
    doors.map((each) => each.lockId),
    [otherLockId],
  )
})

test('the setup token is in the state only until it is spent', () => {
  const before = walk(initialState, firstRun.slice(0, 3)).state
  assert.ok(JSON.stringify(before).includes(token))
  const after = walk(before, firstRun.slice(3, 4)).state
  assert.ok(!JSON.stringify(after).includes(token))
})

test('the setup text is forgotten once the lock is claimed', () => {
  assert.ok(!JSON.stringify(walk(initialState, firstRun).state.wizard).includes('mortise1.'))
})

test('a name that stays costs no signature; a new one is a change of the list', () => {
  const claimed = walk(initialState, firstRun).state
  assert.ok(!walk(claimed, [{ type: 'nameDonePressed' }]).types.includes('nameDoor'))
  const renamed = walk(claimed, [
    { type: 'doorNameTyped', name: 'Garden door ' },
    { type: 'nameDonePressed' },
  ])
  assert.deepEqual(renamed.effects, [{ type: 'nameDoor', lockId, name: 'Garden door' }])
  const named = walk(renamed.state, [{ type: 'doorNamed', lockId, name: 'Garden door' }])
  assert.equal(named.state.doors[0]?.name, 'Garden door')
  assert.equal(selectWizard(named.state)?.step, 'test')
})

test('a reload goes on where it was left', () => {
  const session = {
    type: 'sessionRead',
    name: 'Ada',
    doors: [door],
    knewDoors: false,
    begunAtMs: nowMs,
  } as const
  for (const step of ['name', 'test'] as const) {
    const { state } = walk(initialState, [began({ progress: { step, lockId } }), session])
    assert.equal(state.stage, 'wizard')
    assert.equal(selectWizard(state)?.step, step)
    assert.equal(selectWizard(state)?.doorName, 'Front door')
  }
  const claimless = walk(initialState, [began({}), { ...session, doors: [] }]).state
  assert.equal(selectWizard(claimless)?.step, 'claim')
  const done = walk(initialState, [began({}), session]).state
  assert.equal(done.stage, 'doors')
})

test('progress of a lock that is no longer there is not resumed', () => {
  const gone = { step: 'test', lockId: 'gone' } as const
  const session = {
    type: 'sessionRead',
    name: 'Ada',
    doors: [door],
    knewDoors: false,
    begunAtMs: nowMs,
  } as const
  assert.equal(walk(initialState, [began({ progress: gone }), session]).state.stage, 'doors')
})

test('without a network the doors of last time are shown, none of them as known', () => {
  const remembered = [{ ...door, linked: false, sighting: sighting({}, 3_600_000) }]
  const { state } = walk(initialState, [
    began({ remembered, online: false }),
    { type: 'sessionFailed', trouble: 'offline' },
  ])
  assert.equal(state.stage, 'doors')
  const nothing = walk(initialState, [began({}), { type: 'sessionFailed', trouble: 'hubAway' }])
  assert.equal(nothing.state.stage, 'unreachable')
  assert.equal(nothing.state.startTrouble, 'hubAway')
})

test('the door of last time is asked at once, before the hub has told who is signed in', () => {
  const remembered = [{ ...door, linked: false, sighting: sighting({}, 3_600_000) }]
  const { state, types } = walk(initialState, [began({ remembered })])
  assert.deepEqual(types, ['ask', 'readSession'])
  assert.equal(state.stage, 'doors')
  assert.equal(selectDoor(state)?.headline, 'asking')
  const answered = walk(state, [
    { type: 'asked', lockId, sighting: sighting(), ownHours: null },
  ]).state
  assert.equal(selectDoor(answered)?.headline, 'locked')
  const ended = walk(state, [{ type: 'sessionFailed', trouble: 'signedOut' }]).state
  assert.equal(ended.stage, 'signIn')
})

test('an answer to an older text says nothing about the one that stands there', () => {
  const typed = walk(initialState, [
    ...firstRun.slice(0, 4),
    { type: 'setupTextTyped', text: 'mortise1.new' },
    { type: 'setupTextRead', text: 'mortise1.old', lockId },
  ])
  assert.notEqual(selectWizard(typed.state)?.setup.kind, 'good')
})

test('a spent link offers the sign-in', () => {
  const { state, types } = walk(initialState, [
    ...firstRun.slice(0, 3),
    { type: 'wizardFailed', trouble: 'setupOver' },
    { type: 'signInInsteadPressed' },
    { type: 'sessionFailed', trouble: 'signedOut' },
  ])
  assert.equal(state.stage, 'signIn')
  assert.ok(types.includes('forgetLink'))
})

test('a link that no longer works says so at once, and asks for no passkey', () => {
  const { state } = walk(initialState, [
    began({ setupToken: token }),
    { type: 'setupLinkFoundSpent' },
    { type: 'personNameTyped', name: 'Ada' },
  ])
  assert.equal(selectWizard(state)?.trouble, 'setupLinkSpent')
  assert.deepEqual(update(state, { type: 'createPasskeyPressed' }).effects, [])
  assert.ok(!JSON.stringify(state).includes(token))
})

test('a link of a hub that has an account leads to the sign-in at once', () => {
  const over: Action = { type: 'setupFoundOver' }
  const signedOut: Action = { type: 'sessionFailed', trouble: 'signedOut' }
  const opened = walk(initialState, [began({ setupToken: token })])
  assert.deepEqual(opened.types, ['checkSetup'])
  const { state, types } = walk(opened.state, [over, signedOut])
  assert.equal(state.stage, 'signIn')
  assert.equal(state.signIn.trouble, 'setupOver')
  assert.deepEqual(types, ['forgetLink', 'readSession', 'clearShelf'])
  assert.ok(!JSON.stringify(state).includes(token))
  const session = {
    type: 'sessionRead',
    name: 'Ada',
    doors: [door],
    knewDoors: false,
    begunAtMs: nowMs,
  } as const
  assert.equal(walk(opened.state, [over, session]).state.stage, 'doors')
  // Neither a passkey sheet nor a first run that went on is taken away.
  for (const count of [3, 4]) {
    const going = walk(initialState, firstRun.slice(0, count)).state
    assert.deepEqual(walk(going, [over]).state, going)
  }
})

test('adding a further door starts at the claim and can be left', () => {
  const session = {
    type: 'sessionRead',
    name: 'Ada',
    doors: [door],
    knewDoors: false,
    begunAtMs: nowMs,
  } as const
  const adding = walk(initialState, [began({}), session, { type: 'addDoorPressed' }]).state
  assert.equal(selectWizard(adding)?.step, 'claim')
  assert.equal(selectWizard(adding)?.further, true)
  assert.equal(walk(adding, [{ type: 'wizardCancelled' }]).state.stage, 'doors')
})
