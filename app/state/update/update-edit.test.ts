import assert from 'node:assert/strict'
import { test } from 'node:test'
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

const nora = { kind: 'changePerson', userId: 'nora', name: 'nora', role: 'guest', enabled: true }

const wishes: Readonly<Record<string, readonly [string, EditFormChange, object]>> = {
  'another name, and not a millisecond of the time': [
    'nora',
    { name: ' Nora B. ' },
    { ...nora, name: 'Nora B.', terms: null },
  ],
  'switched off': ['nora', { enabled: false }, { ...nora, enabled: false, terms: null }],
  'no end': ['nora', { preset: 'always' }, { ...nora, terms: { ...noTerms, more: false } }],
  'a new time': [
    'nora',
    { customFrom: '2025-11-07T10:00', customUntil: '2025-11-07T12:00' },
    {
      ...nora,
      terms: within({
        fromMs: Date.parse('2025-11-07T09:00:00Z'),
        untilMs: Date.parse('2025-11-07T11:00:00Z'),
      }),
    },
  ],
  'a name for somebody whose time is over': [
    'erik',
    { name: 'Eric' },
    { ...nora, userId: 'erik', name: 'Eric', terms: null },
  ],
  'a resident, who has no times': [
    'mikael',
    { role: 'manager' },
    { ...nora, userId: 'mikael', name: 'mikael', role: 'manager', terms: null },
  ],
  'other hours of the week': [
    'cleo',
    { week: [{ days: [6], from: '22:00', until: '02:00' }] },
    {
      ...nora,
      userId: 'cleo',
      name: 'cleo',
      terms: {
        ...noTerms,
        weekly: [{ daysMask: 0b100_0000, startMinute: 1320, endMinute: 119 }],
        more: false,
      },
    },
  ],
  'once, for somebody with hours': [
    'cleo',
    { use: 'once' },
    {
      ...nora,
      userId: 'cleo',
      name: 'cleo',
      terms: { window: null, weekly: [office], use: { kind: 'times', count: 1 }, more: false },
    },
  ],
  'an end for somebody with rules that the form cannot say': [
    'zoe',
    { preset: 'today' },
    {
      ...nora,
      userId: 'zoe',
      name: 'zoe',
      terms: {
        ...noTerms,
        weekly: [office],
        window: { fromMs: nowMs, untilMs: Date.parse('2025-11-06T23:00:00Z') },
        more: true,
      },
    },
  ],
}
for (const [what, [userId, change, wish]] of Object.entries(wishes)) {
  test(`a wish for ${what}`, () => assert.deepEqual(wished(at(userId, change)), wish))
}

const problems: Readonly<Record<string, readonly [EditFormChange, string]>> = {
  'no name': [{ name: ' ' }, 'nameMissing'],
  'the name of somebody else': [{ name: 'Mikael' }, 'nameTaken'],
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
  assert.deepEqual(mayEdit({ yourRole: 'owner' }), [true, true, true, true, true, true])
  assert.deepEqual(mayEdit({ yourRole: 'manager' }), [false, false, true, true, true, true])
  assert.deepEqual(mayEdit({ yourRole: 'resident' }), Array(6).fill(false))
  assert.deepEqual(mayEdit({ keptAtMs: nowMs }), Array(6).fill(false))
})

test('people change nothing about themselves but their name', () => {
  const shown = sheet(at('ada'))
  assert.ok(shown?.kind === 'edit' && shown.form.nameOnly)
})
