import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { selectAccess } from '#app/state/select/select-access.ts'
import { selectSettings } from '#app/state/select/select-settings.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, door, lockId, nowMs, otherLockId, reading } from '#app/testing/samples.ts'

suite('from the settings to the rules of a door', () => {
  const workshop = door({ lockId: otherLockId, name: 'Workshop' })
  const atHome = atTheDoor()
  const two = { ...atHome, tab: 'settings', doors: [...atHome.doors, workshop] } as const

  test('leads to the door that was meant, and the rules open when they are read', () => {
    const { state, effects } = run(two, [
      { type: 'doorSheetOpened', lockId: otherLockId },
      { type: 'doorRulesPressed', lockId: otherLockId },
    ])
    assert.deepEqual([state.here, state.tab, state.settings.sheet], [otherLockId, 'access', null])
    const types = effects.map(({ type }) => type)
    assert.ok(types.includes('readPeople') && types.includes('showTab'), types.join())
    assert.equal(selectAccess(state, 'Europe/Berlin')?.sheet, null)
    const read = run(state, [
      // As the address follows.
      { type: 'tabChosen', tab: 'access' },
      { type: 'peopleRead', lockId: otherLockId, reading: reading(), nowMs },
    ]).state
    assert.equal(selectAccess(read, 'Europe/Berlin')?.sheet?.kind, 'rules')
  })

  test('is offered to everybody but guests, who may not read them', () => {
    const offered = (role: 'resident' | 'guest') => {
      const state = atTheDoor({}, { role })
      return selectSettings(state).doors.find((each) => each.lockId === lockId)?.mayRead
    }
    assert.deepEqual([offered('resident'), offered('guest')], [true, false])
  })
})
