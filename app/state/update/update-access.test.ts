import assert from 'node:assert/strict'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import { test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, lockId, otherLockId, nowMs, person, reading } from '#app/testing/samples.ts'

const listed = run(atTheDoor(), [
  { type: 'tabChosen', tab: 'access' },
  { type: 'peopleRead', lockId, reading: reading(), nowMs },
]).state

const proposed = { version: 7, wantedVersion: 8, lines: [], shutOut: [], insideButtonNeeded: false }
const toReview: readonly Action[] = [
  { type: 'addVisitorPressed' },
  { type: 'visitFormChanged', change: { name: 'Nora' } },
  { type: 'reviewPressed' },
]

function sheet(state: AppState) {
  return selectAccess(state, 'Europe/Berlin')?.sheet ?? null
}

test('a code is shown only after the lock has signed the change', () => {
  const reviewed = run(listed, toReview)
  assert.deepEqual(
    reviewed.effects.map((effect) => effect.type),
    ['propose'],
  )
  const ready = run(reviewed.state, [{ type: 'proposed', lockId, proposed }])
  assert.equal(sheet(ready.state)?.kind, 'review')
  const waiting = run(ready.state, [{ type: 'signPressed' }, { type: 'changeProven', lockId }])
  assert.equal(sheet(waiting.state)?.kind, 'review')
  assert.equal(selectAccess(waiting.state, 'Europe/Berlin')?.standing.kind, 'waiting')
  const done = run(waiting.state, [
    { type: 'committed', lockId, version: 8, code: '730615', link: null },
  ])
  const shown = sheet(done.state)
  assert.equal(shown?.kind === 'code' ? shown.code : null, '730615')
})

test('closing the code forgets it: nothing of the state holds the digits', () => {
  const shown = run(listed, [
    ...toReview,
    { type: 'proposed', lockId, proposed },
    { type: 'signPressed' },
    { type: 'committed', lockId, version: 8, code: '730615', link: null },
  ]).state
  assert.ok(JSON.stringify(shown).includes('730615'))
  const closed = run(shown, [{ type: 'accessSheetClosed' }]).state
  assert.ok(!JSON.stringify(closed).includes('730615'))
})

test('closing a review drops the wish in the shell as well', () => {
  const closed = run(listed, [...toReview, { type: 'accessSheetClosed' }])
  assert.deepEqual(closed.effects.at(-1), { type: 'forgetWish', lockId })
  assert.equal(sheet(closed.state), null)
})

test('a form with a problem goes nowhere and says it', () => {
  const tried = run(listed, [{ type: 'addVisitorPressed' }, { type: 'reviewPressed' }])
  assert.deepEqual(tried.effects, [])
  const shown = sheet(tried.state)
  assert.equal(shown?.kind === 'visit' ? shown.form.problem : null, 'nameMissing')
})

test('a conflict is shown with what the others changed, and rebasing needs a new signature', () => {
  const newer = { ...proposed, version: 8, wantedVersion: 9 }
  const theirs = [{ kind: 'loses', who: 'Erik', credentials: [], isYou: false }] as const
  const conflict = run(listed, [
    ...toReview,
    { type: 'proposed', lockId, proposed },
    { type: 'signPressed' },
    { type: 'conflictFound', lockId, proposed: newer, theirs },
  ])
  const shown = sheet(conflict.state)
  assert.equal(shown?.kind === 'review' ? shown.review.phase.kind : null, 'conflict')
  const rebased = run(conflict.state, [{ type: 'rebasePressed' }])
  assert.deepEqual(rebased.effects, [])
  const again = sheet(rebased.state)
  assert.equal(again?.kind === 'review' ? again.review.wantedVersion : null, 9)
  const signed = run(rebased.state, [{ type: 'signPressed' }])
  assert.deepEqual(signed.effects, [{ type: 'commit', lockId, credentialId: null }])
})

test('after a refusal the same change can be signed again; one that was never made is made first', () => {
  const refused = { type: 'changeFailed', lockId, trouble: 'lockAway' } as const
  const made = run(listed, [...toReview, { type: 'proposed', lockId, proposed }, refused])
  assert.equal(run(made.state, [{ type: 'signPressed' }]).effects[0]?.type, 'commit')
  const unmade = run(listed, [...toReview, refused])
  assert.equal(run(unmade.state, [{ type: 'signPressed' }]).effects[0]?.type, 'propose')
})

test('a wish that no lock would accept is told of, whose it is and in its form; the next step tells nothing of it', () => {
  const flaw = { flaw: 'validityEmpty', who: 'Nora' } as const
  const unfit = { type: 'unfitFound', lockId, flaw } as const
  const form = run(listed, [...toReview, unfit]).state
  const shown = sheet(form)
  assert.ok(shown?.kind === 'visit')
  assert.deepEqual([shown.form.name, shown.form.flaw], ['Nora', flaw])
  const typed = sheet(run(form, [{ type: 'visitFormChanged', change: { name: 'No' } }]).state)
  assert.equal(typed?.kind === 'visit' && typed.form.flaw, null)
  const other = run(listed, [...toReview, { ...unfit, lockId: otherLockId }]).state
  assert.equal(sheet(other)?.kind, 'review')
  const late = run(form, [unfit]).state
  assert.equal(late, form)
})

test('a wish that came from no form is told of where it stands', () => {
  const flaw = { flaw: 'noOwnerOpens' } as const
  const told = run(listed, [
    { type: 'removeCredentialPressed', userId: 'ada', credentialId: 'c1' },
    { type: 'unfitFound', lockId, flaw },
  ]).state
  const shown = sheet(told)
  assert.ok(shown?.kind === 'review')
  assert.deepEqual([shown.review.flaw, shown.review.phase.kind], [flaw, 'refused'])
  const closed = run(told, [{ type: 'accessSheetClosed' }])
  assert.equal(closed.state.access.flaw, null)
})

test('a list that the lock cannot confirm is called old, and nothing can be added to it', () => {
  const cases = [
    ['inForce', 'inForce', true],
    ['unconfirmed', 'old', false],
    ['outdated', 'old', false],
  ] as const
  for (const [standing, expected, mayAdd] of cases) {
    const read = { type: 'peopleRead', lockId, reading: reading({ standing }), nowMs } as const
    const view = selectAccess(run(listed, [read]).state, 'Europe/Berlin')
    assert.equal(view?.standing.kind, expected)
    assert.equal(view?.mayAdd, mayAdd)
  }
})

test('who may remove whom: nobody themselves, owners anybody, managers guests, others nobody', () => {
  const people = [
    person('you', { role: 'owner', isYou: true }),
    person('resident', { role: 'resident' }),
    person('guest'),
  ]
  const cases = [
    ['owner', ['resident', 'guest']],
    ['manager', ['guest']],
    ['resident', []],
    [null, []],
  ] as const
  for (const [yourRole, expected] of cases) {
    const read = reading({ yourRole, people })
    const state = run(listed, [{ type: 'peopleRead', lockId, reading: read, nowMs }]).state
    const view = selectAccess(state, 'Europe/Berlin')
    const removable = [...(view?.household ?? []), ...(view?.visitors ?? [])]
      .filter((each) => each.mayRemove)
      .map((each) => each.id)
    assert.deepEqual(removable, expected, String(yourRole))
  }
})

test('a week is worked out for whoever has hours, and shown only with the person it is of', () => {
  const office = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
  const terms = { ...noTerms, weekly: [office], more: false }
  const read = reading({ people: [person('cleo', { terms }), person('max')] })
  const state = run(listed, [{ type: 'peopleRead', lockId, reading: read, nowMs }]).state
  assert.deepEqual(run(state, [{ type: 'personOpened', userId: 'max' }]).effects, [])
  const opened = run(state, [{ type: 'personOpened', userId: 'cleo' }])
  assert.deepEqual(opened.effects, [{ type: 'readWeek', lockId, userId: 'cleo' }])
  const week = [{ day: 4, spans: [] }]
  const weekOf = (userId: string) => {
    const after = run(opened.state, [{ type: 'weekRead', lockId, userId, week }]).state
    const sheet = selectAccess(after, 'Europe/Berlin')?.sheet
    return sheet?.kind === 'person' ? sheet.person.week : undefined
  }
  assert.deepEqual(weekOf('cleo'), week)
  assert.equal(weekOf('max'), null)
})

test('an answer about another door changes nothing', () => {
  const other = { type: 'peopleRead', lockId: 'other', reading: reading(), nowMs } as const
  assert.equal(run(listed, [other]).state, listed)
})

test('from the review one comes back to the form with everything that was typed', () => {
  const refused = run(listed, [
    ...toReview,
    { type: 'changeFailed', lockId, trouble: 'lockAway' },
    { type: 'backToFormPressed' },
  ])
  const shown = sheet(refused.state)
  assert.equal(shown?.kind === 'visit' ? shown.form.name : null, 'Nora')
  assert.deepEqual(refused.effects.at(-1), { type: 'forgetWish', lockId })
  const again = run(refused.state, [{ type: 'reviewPressed' }, { type: 'signPressed' }])
  assert.equal(again.effects.at(-1)?.type, 'propose')
})

test('removing somebody comes from no form', () => {
  const people = [person('nora')]
  const read = run(listed, [{ type: 'peopleRead', lockId, reading: reading({ people }), nowMs }])
  const asked = run(read.state, [{ type: 'removePersonPressed', userId: 'nora' }]).state
  const shown = sheet(asked)
  assert.equal(shown?.kind === 'review' ? shown.review.mayGoBack : null, false)
  assert.equal(sheet(run(asked, [{ type: 'backToFormPressed' }]).state)?.kind, 'review')
})
