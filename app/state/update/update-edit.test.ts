import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Wish } from '#app/state/model/access/access-state.ts'
import type { EditFormChange } from '#app/state/model/access/access-view.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { update } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, person, reading } from '#app/testing/samples.ts'

/** A start and an end within a minute, as an hour from a tap has them. */
const validity = { fromMs: nowMs - 1_234, untilMs: nowMs + 3_598_766 }

const within = (window: VisitWindow) => ({ ...noTerms, window, more: false })
const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }

const people = [
  person('ada', { role: 'owner', isYou: true }),
  person('mikael', { role: 'resident' }),
  person('nora', { terms: within(validity) }),
  person('erik', { terms: within({ fromMs: nowMs - 9_000_000, untilMs: nowMs - 5_000_000 }) }),
  person('cleo', { terms: { ...noTerms, weekly: [office], more: false } }),
  person('max', { role: 'manager', delegation: { guestsMax: 2, stayHoursMax: 24 } }),
  person('zoe', { terms: { ...noTerms, weekly: [office], more: true } }),
]

function at(userId: string, ...changes: readonly EditFormChange[]): AppState {
  let state = update(atTheDoor(), { type: 'tabChosen', tab: 'access' }).state
  state = update(state, { type: 'peopleRead', lockId, reading: reading({ people }), nowMs }).state
  state = update(state, { type: 'editPressed', userId }).state
  for (const change of changes) state = update(state, { type: 'editFormChanged', change }).state
  return state
}

function wished(state: AppState): Wish | null {
  const { effects } = update(state, { type: 'editReviewPressed' })
  const effect = effects.find(({ type }) => type === 'propose')
  return effect?.type === 'propose' ? effect.wish : null
}

function sheet(state: AppState) {
  return selectAccess(state, 'Europe/Berlin')?.sheet ?? null
}

const times = (id: string, terms: object) => {
  const from = people.find((one) => one.id === id)?.terms
  return { terms: { from, to: { ...noTerms, ...terms } } }
}
const strict = { ...noTerms.rules, credentialRule: 'dual', afterHousehold: true } as const

const wishes: Readonly<Record<string, readonly [string, EditFormChange, object]>> = {
  'another name, and not a millisecond of the time': [
    'nora',
    { name: ' Nora B. ' },
    { name: 'Nora B.' },
  ],
  'switched off': ['nora', { enabled: false }, { enabled: false }],
  'no end': ['nora', { preset: 'always' }, times('nora', {})],
  'a new time': [
    'nora',
    { customFrom: '2025-11-07T10:00', customUntil: '2025-11-07T12:00' },
    times('nora', {
      window: {
        fromMs: Date.parse('2025-11-07T09:00:00Z'),
        untilMs: Date.parse('2025-11-07T11:00:00Z'),
      },
    }),
  ],
  'a name for somebody whose time is over': ['erik', { name: 'Eric' }, { name: 'Eric' }],
  'rules for somebody whose time is over, which stays as it is': [
    'erik',
    { rules: strict },
    times('erik', {
      window: { fromMs: nowMs - 9_000_000, untilMs: nowMs - 5_000_000 },
      rules: strict,
    }),
  ],
  'a resident, who has no times': ['mikael', { role: 'manager' }, { role: 'manager' }],
  'a resident who needs two ways in': [
    'mikael',
    { rules: strict },
    times('mikael', { rules: strict }),
  ],
  'a manager with limits': [
    'mikael',
    { role: 'manager', limited: true, guestsMax: '3', stayDaysMax: '7' },
    { role: 'manager', delegation: { guestsMax: 3, stayHoursMax: 168 } },
  ],
  'a manager who becomes a resident, and has no limits to give any more': [
    'max',
    { role: 'resident' },
    { role: 'resident', delegation: null },
  ],
  'other hours of the week': [
    'cleo',
    { week: [{ days: [6], from: '22:00', until: '02:00' }] },
    times('cleo', { weekly: [{ daysMask: 0b100_0000, startMinute: 1320, endMinute: 119 }] }),
  ],
  'once, for somebody with hours': [
    'cleo',
    { use: 'once' },
    times('cleo', { weekly: [office], use: { kind: 'times', count: 1 } }),
  ],
  'an end for somebody with hours': [
    'cleo',
    { spanned: true, spanFrom: '2025-11-07T00:00', spanUntil: '2025-11-14T00:00' },
    times('cleo', {
      weekly: [office],
      window: {
        fromMs: Date.parse('2025-11-06T23:00:00Z'),
        untilMs: Date.parse('2025-11-13T23:00:00Z'),
      },
    }),
  ],
  'an end for somebody with hours that the form cannot say': [
    'zoe',
    { preset: 'today' },
    times('zoe', {
      weekly: [office],
      window: { fromMs: nowMs, untilMs: Date.parse('2025-11-06T23:00:00Z') },
    }),
  ],
}
for (const [what, [userId, change, wish]] of Object.entries(wishes)) {
  test(`a wish for ${what}`, () =>
    assert.deepEqual(wished(at(userId, change)), { kind: 'changePerson', userId, changes: wish }))
}

const problems: Readonly<Record<string, readonly [EditFormChange, string]>> = {
  'no name': [{ name: ' ' }, 'nameMissing'],
  'the name of somebody else': [{ name: 'Mikael' }, 'nameTaken'],
  'no number of guests': [{ role: 'manager', limited: true, guestsMax: 'few' }, 'guestsMaxMissing'],
  'a stay without days': [{ role: 'manager', limited: true, stayDaysMax: ' ' }, 'stayMaxMissing'],
  'an end that has passed': [{ customUntil: '2025-11-06T18:42' }, 'endInPast'],
}
for (const [what, [change, problem]] of Object.entries(problems)) {
  test(`${what} is told after the first try, and nothing is asked of the lock`, () => {
    const state = at('nora', change)
    const before = sheet(state)
    assert.equal(before?.kind === 'edit' ? before.form.problem : '', null)
    assert.equal(wished(state), null)
    const tried = sheet(update(state, { type: 'editReviewPressed' }).state)
    assert.equal(tried?.kind === 'edit' ? tried.form.problem : null, problem)
  })
}

test('a form in which nothing changed asks for no signature', () => {
  const { state, effects } = update(at('nora', { name: 'nora ' }), { type: 'editReviewPressed' })
  assert.ok(effects.every(({ type }) => type !== 'propose'))
  assert.equal(sheet(state)?.kind, 'person')
})

test('who may change whom: owners everybody, managers guests, others nobody; from the shelf nobody', () => {
  const mayEdit = (change: Parameters<typeof reading>[0]): readonly boolean[] => {
    const access = { ...at('nora').access, reading: reading({ people, ...change }) }
    const view = selectAccess({ ...at('nora'), access }, 'Europe/Berlin')
    return [...(view?.household ?? []), ...(view?.visitors ?? [])].map((each) => each.mayEdit)
  }
  assert.deepEqual(mayEdit({ yourRole: 'owner' }), Array(7).fill(true))
  assert.deepEqual(mayEdit({ yourRole: 'manager' }), [false, false, false, true, true, true, true])
  assert.deepEqual(mayEdit({ yourRole: 'resident' }), Array(7).fill(false))
  assert.deepEqual(mayEdit({ keptAtMs: nowMs }), Array(7).fill(false))
})

test('owners change their own name, and how many ways in it takes for them', () => {
  const shown = sheet(at('ada'))
  assert.ok(shown?.kind === 'edit' && shown.form.nameOnly)
  assert.deepEqual(shown.form.rules.asked, ['credentialRule'])
  const rules = { ...noTerms.rules, credentialRule: 'dual' } as const
  const wish = wished(at('ada', { rules }))
  assert.deepEqual(wish, {
    kind: 'changePerson',
    userId: 'ada',
    changes: times('ada', { rules }),
  })
})

suite('a manager, and a guest with hours of the week and no end', () => {
  const asManager = (...changes: readonly EditFormChange[]): AppState => {
    const yours = people.map((one) => ({ ...one, isYou: one.name === 'max' }))
    const state = at('cleo')
    const read = reading({ people: yours, yourRole: 'manager' })
    const opened: AppState = { ...state, access: { ...state.access, reading: read } }
    return changes.reduce<AppState>(
      (before, change) => update(before, { type: 'editFormChanged', change }).state,
      opened,
    )
  }
  const meaning = (state: AppState) => {
    const shown = sheet(state)
    return shown?.kind === 'edit' ? shown.form.meaning : undefined
  }

  test('renames them and switches them off without giving them an end', () => {
    assert.deepEqual(wished(asManager({ name: 'Cleo B.' })), {
      kind: 'changePerson',
      userId: 'cleo',
      changes: { name: 'Cleo B.' },
    })
    assert.equal(meaning(asManager())?.window, null, 'it keeps what is there')
    const off = wished(asManager({ enabled: false }))
    assert.ok(off?.kind === 'changePerson' && off.changes.enabled === false)
    assert.equal(off.changes.terms, undefined)
  })

  test('gives the end that the form shows as soon as they give anything', () => {
    const rules = { ...noTerms.rules, afterHousehold: true }
    const state = asManager({ rules, spanUntil: '2025-11-07T12:00' })
    const shown = sheet(asManager({ rules }))
    assert.ok(shown?.kind === 'edit' && shown.form.spanned)
    assert.notEqual(meaning(asManager({ rules }))?.window ?? null, null)
    const wish = wished(state)
    assert.ok(wish?.kind === 'changePerson')
    assert.equal(wish.changes.terms?.to.window?.untilMs, Date.parse('2025-11-07T11:00:00Z'))
  })
})
