import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Step } from '#app/state/app/step.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import { selectMode } from '#app/state/select/select-mode.ts'
import { update } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, otherLockId, sighting } from '#app/testing/samples.ts'

const zone = 'Europe/Berlin'
const ownTime = { window: null, timeZone: zone }

function run(state: AppState, ...actions: readonly Action[]): Step {
  return actions.reduce<Step>((now, action) => update(now.state, action), { state, effects: [] })
}

const opened = run(atTheDoor({}, { ownTime }), { type: 'modeOpened' }).state
const away = sighting({ operatingMode: 'vacation', counter: 2 })

test('the sheet opens with the mode that holds, and nothing to sign', () => {
  const view = selectMode(opened, zone)
  assert.equal(view?.chosen, 'normal')
  assert.equal(view.endMs, null)
  assert.ok(view.choices.every(({ may }) => may))
})

test('a mode is asked for with its end in the hours of the door, and waited for', () => {
  const chosen = run(
    opened,
    { type: 'modeChosen', mode: 'vacation' },
    { type: 'modeLastingChosen', lasting: 'morning' },
  ).state
  // It is 18:42 on Thursday; the morning is Friday's, seven o'clock in Berlin.
  const morningMs = Date.parse('2025-11-07T06:00:00Z')
  assert.equal(selectMode(chosen, zone)?.endMs, morningMs)
  const pressed = run(chosen, { type: 'modeSetPressed' })
  assert.deepEqual(pressed.effects, [
    { type: 'setMode', lockId, mode: 'vacation', untilMs: morningMs },
  ])
  assert.equal(pressed.state.mode?.phase, 'proving')
  assert.deepEqual(run(pressed.state, { type: 'modeSetPressed' }).effects, [], 'once')
  assert.notEqual(run(pressed.state, { type: 'modeClosed' }).state.mode, null, 'not waved away')
  const sent = run(pressed.state, { type: 'modeProven', lockId }).state
  assert.equal(sent.mode?.phase, 'sent')
  const done = run(sent, { type: 'modeSet', lockId, sighting: away })
  assert.equal(done.state.mode, null)
  assert.equal(done.state.doors[0]?.sighting?.state.operatingMode, 'vacation')
})

test('the normal mode has no end', () => {
  const chosen = run(
    atTheDoor({}, { ownTime, sighting: away }),
    { type: 'modeOpened' },
    { type: 'modeChosen', mode: 'normal' },
    { type: 'modeLastingChosen', lasting: 'week' },
    { type: 'modeSetPressed' },
  )
  assert.deepEqual(chosen.effects, [{ type: 'setMode', lockId, mode: 'normal', untilMs: null }])
})

test('a refusal is told in the sheet, and a silence asks the lock', () => {
  const pressed = run(
    opened,
    { type: 'modeChosen', mode: 'lockdown' },
    { type: 'modeSetPressed' },
  ).state
  const refused = { type: 'modeFailed', lockId, trouble: 'notAuthorized', sighting: null } as const
  const told = run(pressed, refused)
  assert.equal(told.state.mode?.trouble, 'notAuthorized')
  assert.equal(told.state.mode.phase, 'choosing')
  const silent = run(pressed, { ...refused, trouble: 'noAnswer' })
  assert.ok(silent.effects.some(({ type }) => type === 'ask'))
  const other = run(pressed, { ...refused, lockId: otherLockId })
  assert.equal(other.state.mode?.phase, 'proving', 'word of another door')
})

const roles = [
  [
    'owner',
    'lockdown',
    ['normal', 'vacation', 'privacy', 'noRemoteLockUnlock', 'passage', 'lockdown'],
  ],
  ['resident', 'normal', ['normal', 'vacation', 'privacy', 'lockdown']],
  ['resident', 'lockdown', ['lockdown']],
  ['guest', 'normal', ['normal']],
] as const

for (const [role, operatingMode, may] of roles) {
  test(`a ${role} may choose from ${operatingMode}: ${may.join(', ')}`, () => {
    const at = atTheDoor({}, { ownTime, role, sighting: sighting({ operatingMode }) })
    const view = selectMode(run(at, { type: 'modeOpened' }).state, zone)
    const choices = (view?.choices ?? []).filter((choice) => choice.may).map(({ mode }) => mode)
    assert.deepEqual(new Set(choices), new Set(may))
  })
}

test('the sheet goes with the door that it is of, and with the session', () => {
  const second = {
    ...opened,
    doors: opened.doors.flatMap((one) => [one, { ...one, lockId: otherLockId }]),
  }
  assert.equal(run(second, { type: 'doorChosen', lockId: otherLockId }).state.mode, null)
  assert.equal(run(opened, { type: 'signedOut' }).state.mode, null)
})

test('a resident is offered a change of mode, but none out of lockdown', () => {
  const mayChange = (operatingMode: 'normal' | 'lockdown') =>
    selectDoor(atTheDoor({}, { ownTime, role: 'resident', sighting: sighting({ operatingMode }) }))
      ?.mode?.mayChange
  assert.equal(mayChange('normal'), true)
  assert.equal(mayChange('lockdown'), false)
})

test('the end of a mode counts by the lock’s clock and this phone’s patience', () => {
  const state = { operatingMode: 'privacy', operatingModeUntilMs: nowMs + 60_000 } as const
  // The lock is a minute behind, and answered ten seconds ago.
  const behind = sighting({ ...state, timeMs: nowMs - 60_000 }, 10_000)
  const at = atTheDoor({}, { ownTime, sighting: behind })
  const view = selectMode(run(at, { type: 'modeOpened' }).state, zone)
  assert.equal(view?.now.untilMs, nowMs + 110_000)
})
