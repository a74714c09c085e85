import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppState } from '#app/state/app/app-state.ts'
import { selectSettings } from '#app/state/select/select-settings.ts'
import { atTheDoor, lockId, sighting } from '#app/testing/samples.ts'
import { run } from '#app/testing/update.ts'
import type { Action } from '#app/state/app/action.ts'

const opened = { type: 'handOverOpened', lockId } as const
const named = (name: string) => ({ type: 'handOverNamed', name }) as const
const pressed = { type: 'setBackPressed' } as const

const walk = (state: AppState, ...actions: readonly Action[]) => run(state, actions)
const viewOf = (state: AppState) => selectSettings(state).handOver
const doorName = (state: AppState): string => state.doors[0]?.name ?? ''

test('the lock is set back once the name of its door is written out, and not before', () => {
  const owner = atTheDoor({}, { role: 'owner' })
  const wrong = walk(owner, opened, named('Back door'), pressed)
  assert.deepEqual(wrong.effects, [])
  assert.deepEqual(viewOf(wrong.state)?.isMeant, false)
  const right = walk(owner, opened, named(` ${doorName(owner)} `), pressed)
  assert.deepEqual(right.effects, [{ type: 'setBack', lockId }])
  assert.equal(viewOf(right.state)?.phase, 'proving')
  const twice = walk(right.state, pressed)
  assert.deepEqual(twice.effects, [])
  const sent = walk(right.state, { type: 'setBackProven', lockId })
  assert.equal(viewOf(sent.state)?.phase, 'sent')
  const done = walk(sent.state, { type: 'wasSetBack', lockId, sighting: sighting() })
  assert.equal(viewOf(done.state)?.phase, 'done')
})

test('a refusal is told in the sheet, where it can be tried again', () => {
  const owner = atTheDoor({}, { role: 'owner' })
  const asked = walk(owner, opened, named(doorName(owner)), pressed).state
  const trouble = 'insideButtonNeeded'
  const refused = walk(asked, { type: 'setBackFailed', lockId, trouble, sighting: null }).state
  assert.deepEqual(viewOf(refused)?.trouble, trouble)
  assert.deepEqual(walk(refused, pressed).effects, [{ type: 'setBack', lockId }])
  const closed = walk(asked, { type: 'settingsSheetClosed' }).state
  const late = walk(closed, { type: 'setBackFailed', lockId, trouble, sighting: null }).state
  assert.equal(viewOf(late), null)
})

test('who is no owner reads how it is done, and orders nothing', () => {
  for (const role of ['resident', 'manager'] as const) {
    const state = atTheDoor({}, { role })
    const tried = walk(state, opened, named(doorName(state)), pressed)
    assert.deepEqual(tried.effects, [])
    assert.equal(viewOf(tried.state)?.mayOrder, false)
  }
  const guest = selectSettings(
    walk(atTheDoor({}, { role: 'guest' }), { type: 'doorSheetOpened', lockId }).state,
  )
  assert.equal(guest.door?.handOver, null)
})
