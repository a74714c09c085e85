import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, person, reading } from '#app/testing/samples.ts'

const thumb = {
  id: 'f1',
  type: 'fingerprint',
  name: 'Right thumb',
  createdAtMs: nowMs,
  here: false,
  duress: false,
} as const
const code = { ...thumb, id: 'c1', type: 'pin', name: null } as const
const mikael = person('mikael', { name: 'Mikael', role: 'resident', credentials: [thumb, code] })
const listed = run(atTheDoor(), [
  { type: 'tabChosen', tab: 'access' },
  { type: 'peopleRead', lockId, reading: reading({ people: [mikael] }), nowMs },
]).state

const pressed = { type: 'renamePressed', userId: 'mikael', credentialId: 'f1' } as const
const typed = (name: string): Action => ({ type: 'renameFormChanged', name })
const done = { type: 'renameReviewPressed' } as const

function sheetAfter(...actions: readonly Action[]) {
  return selectAccess(run(listed, actions).state, 'Europe/Berlin')?.sheet ?? null
}

suite('another name for a way in', () => {
  test('is typed over the one before, looked at, and led back to', () => {
    assert.deepEqual(sheetAfter(pressed), {
      kind: 'rename',
      form: { who: 'Mikael', type: 'fingerprint', name: 'Right thumb', problem: null },
    })
    const { state, effects } = run(listed, [pressed, typed(' Left thumb '), done])
    const wish = {
      kind: 'renameCredential',
      userId: 'mikael',
      credentialId: 'f1',
      name: 'Left thumb',
    } as const
    assert.deepEqual(effects, [{ type: 'propose', lockId, wish }])
    const review = selectAccess(state, 'Europe/Berlin')?.sheet
    assert.ok(review?.kind === 'review' && review.purpose === 'add' && review.review.mayGoBack)
    const back = run(state, [{ type: 'backToFormPressed' }]).state
    const form = selectAccess(back, 'Europe/Berlin')?.sheet
    assert.ok(form?.kind === 'rename' && form.form.name === ' Left thumb ')
  })

  test('that is the one before is nothing to sign', () => {
    const { state, effects } = run(listed, [pressed, typed('Right thumb '), done])
    assert.deepEqual(effects, [])
    assert.equal(selectAccess(state, 'Europe/Berlin')?.sheet?.kind, 'person')
  })

  const wrong: Readonly<Record<string, readonly [name: string, problem: string]>> = {
    'is one': ['  ', 'whichMissing'],
    'fits the lock': ['x'.repeat(65), 'whichTooLong'],
  }
  for (const [what, [name, problem]] of Object.entries(wrong)) {
    test(`${what}, and is told of only after the first try`, () => {
      const before = sheetAfter(pressed, typed(name))
      assert.ok(before?.kind === 'rename' && before.form.problem === null)
      const after = sheetAfter(pressed, typed(name), done)
      assert.ok(after?.kind === 'rename' && after.form.problem === problem)
    })
  }

  test('is nothing for a code, nor for what somebody else has taken away meanwhile', () => {
    assert.equal(sheetAfter({ ...pressed, credentialId: 'c1' }), null)
    const people = [person('mikael', { name: 'Mikael', credentials: [code] })]
    const gone = { type: 'peopleRead', lockId, reading: reading({ people }), nowMs } as const
    assert.equal(sheetAfter(pressed, gone), null)
    assert.equal(sheetAfter(pressed, gone, done), null)
  })
})
