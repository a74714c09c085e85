import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { DoorSetting, DoorSettings } from '@mortise/access'
import type { HolidaySchedule, Role } from '@mortise/protocol/words'
import type { PeopleReading, Wish } from '#app/state/model/access/access-state.ts'
import { usualRow } from '#app/state/model/access/week.ts'
import type { HolidayFormChange, RuleFormChange } from '#app/state/model/access/rules-view.ts'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { update } from '#app/testing/update.ts'
import { plainSettings } from '#app/gallery/sample.ts'
import { atTheDoor, lockId, nowMs, reading } from '#app/testing/samples.ts'

const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const nights = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const guests: readonly Role[] = ['guest']

function after(change: Partial<PeopleReading>, ...actions: readonly Action[]): AppState {
  let state = update(atTheDoor(), { type: 'tabChosen', tab: 'access' }).state
  state = update(state, { type: 'peopleRead', lockId, reading: reading(change), nowMs }).state
  for (const action of actions) state = update(state, action).state
  return state
}

function wished(state: AppState, action: Action): Wish | null {
  const effect = update(state, action).effects.find(({ type }) => type === 'propose')
  return effect?.type === 'propose' ? effect.wish : null
}

function sheet(state: AppState) {
  return selectAccess(state, 'Europe/Berlin')?.sheet ?? null
}

type RuleRow = readonly [DoorSetting, RuleFormChange, Partial<DoorSettings>]
const wishes: Readonly<Record<string, RuleRow>> = {
  'another name': ['doorName', { text: ' Gate ' }, { doorName: 'Gate' }],
  'another zone': ['timeZone', { text: 'Asia/Tokyo' }, { timeZone: 'Asia/Tokyo' }],
  'it locks itself': ['autoRelockTime', { text: '120' }, { autoRelockTime: 120 }],
  'the latch': ['unlatchSeconds', { text: '10' }, { unlatchSeconds: 10 }],
  'fewer tries': ['wrongCodeEntryLimit', { text: '3' }, { wrongCodeEntryLimit: 3 }],
  'no face': ['faceRule', { text: 'neverAlone' }, { faceRule: 'neverAlone' }],
  'more for Matter': ['matterChannel', { text: 'lockOnly' }, { matterChannel: 'lockOnly' }],
  'quiet hours': [
    'quietHours',
    { on: true, week: [usualRow] },
    { quietHours: { schedules: [office], roles: guests } },
  ],
  'hours in which it stays open': [
    'passageSchedules',
    { on: true, week: [usualRow] },
    { passageSchedules: [office] },
  ],
  'another night': ['nightHours', { week: [usualRow] }, { nightHours: [office] }],
}

const quiet = { ...plainSettings, quietHours: { schedules: [nights], roles: guests } }
const problems: Readonly<Record<string, readonly [DoorSetting, RuleFormChange, string]>> = {
  'no name': ['doorName', { text: ' ' }, 'nameMissing'],
  'a long name': ['doorName', { text: 'x'.repeat(65) }, 'nameTooLong'],
  'a zone that is none': ['timeZone', { text: 'Nowhere' }, 'zoneUnknown'],
  'quiet hours for nobody': ['quietHours', { roles: [] }, 'rolesMissing'],
  'no days': ['nightHours', { week: [{ ...usualRow, days: [] }] }, 'daysMissing'],
}

suite('a rule of the door', () => {
  for (const [name, [setting, change, changes]] of Object.entries(wishes)) {
    test(name, () => {
      const form = after({}, { type: 'ruleOpened', setting }, { type: 'ruleFormChanged', change })
      assert.deepEqual(wished(form, { type: 'ruleReviewPressed' }), {
        kind: 'changeSettings',
        changes,
      })
    })
  }

  for (const [name, [setting, change, problem]] of Object.entries(problems)) {
    test(`${name}: ${problem}, told after the first try`, () => {
      const form = after(
        { settings: quiet },
        { type: 'ruleOpened', setting },
        { type: 'ruleFormChanged', change },
      )
      const before = sheet(form)
      assert.equal(before?.kind === 'rule' && before.form.problem, null)
      assert.equal(wished(form, { type: 'ruleReviewPressed' }), null)
      const tried = sheet(update(form, { type: 'ruleReviewPressed' }).state)
      assert.equal(tried?.kind === 'rule' && tried.form.problem, problem)
    })
  }

  test('quiet hours end', () => {
    const open: Action = { type: 'ruleOpened', setting: 'quietHours' }
    const off: Action = { type: 'ruleFormChanged', change: { on: false } }
    assert.deepEqual(wished(after({ settings: quiet }, open, off), { type: 'ruleReviewPressed' }), {
      kind: 'changeSettings',
      changes: { quietHours: null },
    })
  })

  test('what nobody changed is not signed', () => {
    for (const setting of ['autoRelockTime', 'quietHours', 'nightHours', 'doorName'] as const) {
      const form = after({ settings: quiet }, { type: 'ruleOpened', setting })
      const { state, effects } = update(form, { type: 'ruleReviewPressed' })
      assert.deepEqual([effects, sheet(state)?.kind], [[], 'rules'], setting)
    }
  })

  test('what is in force can be chosen, whatever it is', () => {
    const settings = { ...plainSettings, autoRelockTime: 77 }
    const form = sheet(after({ settings }, { type: 'ruleOpened', setting: 'autoRelockTime' }))
    assert.ok(form?.kind === 'rule')
    assert.ok(form.form.options.includes('77'))
    assert.equal(form.form.text, '77')
  })

  const who: Readonly<Record<string, readonly [Partial<PeopleReading>, boolean]>> = {
    owner: [{}, true],
    resident: [{ yourRole: 'resident' }, false],
    manager: [{ yourRole: 'manager' }, false],
    'owner without the lock': [{ standing: 'unconfirmed' }, false],
    'owner without the hub': [{ keptAtMs: nowMs }, false],
  }
  for (const [name, [change, may]] of Object.entries(who)) {
    test(`${may ? 'is' : 'is not'} changed by: ${name}`, () => {
      const shown = sheet(after(change, { type: 'rulesOpened' }))
      assert.ok(shown?.kind === 'rules')
      assert.equal(shown.rules.mayChange, may)
      assert.equal(shown.rules.settings.doorName, 'Front door')
    })
  }
})

suite('a holiday', () => {
  const add = (change: HolidayFormChange, holidays: readonly HolidaySchedule[] = []): AppState =>
    after({ holidays }, { type: 'addHolidayPressed' }, { type: 'holidayFormChanged', change })
  const christmas: HolidaySchedule = {
    name: 'Christmas',
    startLocalMinute: Date.UTC(2025, 11, 24) / 60_000,
    endLocalMinute: Date.UTC(2025, 11, 27) / 60_000 - 1,
  }
  const days = { name: 'Christmas', first: '2025-12-24', last: '2025-12-26' }

  test('is added through its last day', () => {
    const wish = wished(add(days), { type: 'holidayReviewPressed' })
    assert.deepEqual(wish, { kind: 'addHoliday', holiday: christmas })
  })

  test('may bring a mode', () => {
    const wish = wished(add({ ...days, mode: 'vacation' }), { type: 'holidayReviewPressed' })
    assert.deepEqual(wish, {
      kind: 'addHoliday',
      holiday: { ...christmas, operatingMode: 'vacation' },
    })
  })

  const problems: Readonly<Record<string, HolidayFormChange>> = {
    nameMissing: { ...days, name: '' },
    nameTooLong: { ...days, name: 'x'.repeat(65) },
    dayMissing: { ...days, last: '' },
    lastBeforeFirst: { ...days, last: '2025-12-23' },
    twice: days,
  }
  for (const [problem, change] of Object.entries(problems)) {
    test(`is not added: ${problem}`, () => {
      const form = add(change, [christmas])
      assert.equal(wished(form, { type: 'holidayReviewPressed' }), null)
      const tried = sheet(update(form, { type: 'holidayReviewPressed' }).state)
      assert.equal(tried?.kind === 'holiday' && tried.form.problem, problem)
    })
  }

  test('is removed, as it was seen', () => {
    const wish = wished(after({ holidays: [christmas] }, { type: 'holidaysOpened' }), {
      type: 'removeHolidayPressed',
      holiday: christmas,
    })
    assert.deepEqual(wish, { kind: 'removeHoliday', holiday: christmas })
  })
})
