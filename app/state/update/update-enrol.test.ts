import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toHex } from '@mortise/protocol/wire'
import type { Enrolment } from '@mortise/protocol/words'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { AccessSheet } from '#app/state/model/access/access-view.ts'
import { isBusy } from '#app/state/select/is-busy.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, person, reading, sighting } from '#app/testing/samples.ts'

const ourId = new Uint8Array(16).fill(1)
const theirId = new Uint8Array(16).fill(2)
const credentialId = toHex(ourId)
const proposed = { version: 7, wantedVersion: 8, lines: [], shutOut: [], insideButtonNeeded: false }

const mikael = person('mikael', { name: 'Mikael', role: 'resident' })
const listed = run(atTheDoor(), [
  { type: 'tabChosen', tab: 'access' },
  { type: 'peopleRead', lockId, reading: reading({ people: [mikael] }), nowMs },
]).state

/** What the lock says of its reader, each time a little later. */
let counter = 0
function said(change: Partial<Enrolment> | null, id = ourId): Action {
  counter += 1
  const plain = { captured: 0, needed: 0, untilMs: nowMs + 120_000 }
  const enrolment: Enrolment = {
    credentialId: id,
    credentialType: 'fingerprint',
    stage: 'capturing',
    ...plain,
    ...change,
  }
  const told = sighting({ counter, ...(change === null ? {} : { enrolment }) })
  return { type: 'asked', lockId, sighting: told, ownHours: null }
}

function began(): Action {
  const heard = said({})
  assert.ok(heard.type === 'asked')
  return { type: 'enrolBegan', lockId, credentialId, sighting: heard.sighting }
}

const toReview: readonly Action[] = [
  { type: 'personOpened', userId: 'mikael' },
  { type: 'enrolPressed', userId: 'mikael', credentialType: 'fingerprint' },
  { type: 'enrolFormChanged', change: { name: ' Right thumb ' } },
  { type: 'enrolReviewPressed' },
  { type: 'proposed', lockId, proposed },
]
const atReader = (): AppState =>
  run(listed, [...toReview, { type: 'signPressed' }, { type: 'changeProven', lockId }, began()])
    .state

function sheet(state: AppState): AccessSheet | null {
  return selectAccess(state, 'Europe/Berlin')?.sheet ?? null
}

function reader(state: AppState) {
  const shown = sheet(state)
  return shown?.kind === 'reader' ? shown.reader : null
}

suite('a finger in the app', () => {
  test('is named, looked at, learned by the reader and signed for a second time', () => {
    const first = run(listed, [...toReview, { type: 'signPressed' }])
    assert.deepEqual(
      first.effects.map(({ type }) => type),
      ['propose', 'enrol'],
      'nothing is put in force before the reader has it',
    )
    const [asked] = first.effects
    assert.ok(asked?.type === 'propose' && asked.wish.kind === 'enrol')
    assert.equal(asked.wish.name, 'Right thumb')
    const standing = selectAccess(first.state, 'Europe/Berlin')?.standing
    assert.equal(standing?.kind, 'inForce', 'no other list is wanted yet')

    let state = run(first.state, [{ type: 'changeProven', lockId }, began()]).state
    assert.deepEqual(reader(state)?.phase, {
      kind: 'capturing',
      captured: 0,
      needed: 0,
      leftMs: 120_000,
    })
    state = run(state, [said({ captured: 1, needed: 3 })]).state
    const phase = reader(state)?.phase
    assert.ok(phase?.kind === 'capturing' && phase.captured === 1 && phase.needed === 3)
    state = run(state, [said({ stage: 'enrolled', captured: 3, needed: 3 })]).state
    assert.equal(reader(state)?.phase.kind, 'enrolled')

    const second = run(state, [{ type: 'signPressed' }])
    assert.deepEqual(second.effects, [{ type: 'commit', lockId, credentialId }])
    assert.equal(reader(second.state)?.signing, 'proving')
    const done = run(second.state, [
      { type: 'changeProven', lockId },
      { type: 'committed', lockId, version: 8, code: null, link: null },
    ])
    const shown = sheet(done.state)
    assert.ok(shown?.kind === 'enrolled' && shown.reader.name === 'Right thumb')
    assert.ok(done.effects.some(({ type }) => type === 'readPeople'))
  })

  test('without a name, or one too many, goes nowhere and says why', () => {
    const credentials = Array.from({ length: 10 }, (_, index) => ({
      id: String(index),
      type: 'pin' as const,
      name: null,
      createdAtMs: nowMs,
      here: false,
      duress: false,
    }))
    const problemOf = (people: readonly ReturnType<typeof person>[], name: string) => {
      const { state, effects } = run(listed, [
        { type: 'peopleRead', lockId, reading: reading({ people }), nowMs },
        { type: 'enrolPressed', userId: 'mikael', credentialType: 'fingerprint' },
        { type: 'enrolFormChanged', change: { name } },
        { type: 'enrolReviewPressed' },
      ])
      assert.deepEqual(effects, [])
      const shown = sheet(state)
      return shown?.kind === 'enrol' ? shown.form.problem : null
    }
    assert.equal(problemOf([mikael], '  '), 'whichMissing')
    assert.equal(problemOf([mikael], 'x'.repeat(65)), 'whichTooLong')
    assert.equal(problemOf([{ ...mikael, credentials }], 'Right thumb'), 'tooMany')
  })

  test('goes on while the link drops, and is asked about often once it is back', () => {
    const away = run(atReader(), [
      { type: 'presenceArrived', lockId, linked: false },
      { type: 'askFailed', lockId, trouble: 'lockAway' },
      { type: 'ticked', nowMs: nowMs + 20_000 },
    ])
    assert.ok(!away.effects.some(({ type }) => type === 'ask'), 'nobody is there to be asked')
    assert.equal(reader(away.state)?.away, true)
    assert.equal(reader(away.state)?.phase.kind, 'capturing')
    const back = run(away.state, [{ type: 'presenceArrived', lockId, linked: true }])
    assert.deepEqual(back.effects, [{ type: 'ask', lockId }])
    const heard = run(back.state, [said({ captured: 2, needed: 3 })])
    assert.equal(reader(heard.state)?.away, false)
    const soon = run(heard.state, [{ type: 'ticked', nowMs: nowMs + 24_000 }])
    assert.deepEqual(soon.effects, [{ type: 'ask', lockId }])
  })

  test('whose time passes unheard is waited for, and over only by the lock’s word', () => {
    const late = run(atReader(), [{ type: 'ticked', nowMs: nowMs + 130_000 }]).state
    assert.equal(reader(late)?.phase.kind, 'unheard')
    assert.equal(reader(run(late, [said(null)]).state)?.phase.kind, 'over')
    const other = run(atReader(), [said({}, theirId)]).state
    assert.equal(reader(other)?.phase.kind, 'over', 'an owner began another one')
  })

  test('that the reader refuses says why, and is begun anew under another id', () => {
    const failed = run(atReader(), [said({ stage: 'failed', reason: 'alreadyEnrolled' })]).state
    assert.deepEqual(reader(failed)?.phase, { kind: 'failed', reason: 'alreadyEnrolled' })
    const again = run(failed, [{ type: 'enrolAgainPressed' }])
    const [asked] = again.effects
    assert.ok(asked?.type === 'propose' && asked.wish.kind === 'enrol')
    assert.equal(asked.wish.credentialId, null)
    assert.equal(sheet(again.state)?.kind, 'review')
  })

  test('that is not signed for stays to be signed, and a newer list is looked at first', () => {
    const signing = run(atReader(), [said({ stage: 'enrolled' }), { type: 'signPressed' }]).state
    const refused = run(signing, [{ type: 'changeFailed', lockId, trouble: 'insideButtonNeeded' }])
    assert.equal(reader(refused.state)?.trouble, 'insideButtonNeeded')
    const again = run(refused.state, [{ type: 'signPressed' }])
    assert.deepEqual(again.effects, [{ type: 'commit', lockId, credentialId }])
    const newer = run(again.state, [
      { type: 'conflictFound', lockId, proposed: { ...proposed, version: 8 }, theirs: [] },
    ])
    assert.equal(sheet(newer.state)?.kind, 'review')
    const rebased = run(newer.state, [{ type: 'rebasePressed' }, { type: 'signPressed' }])
    assert.deepEqual(rebased.effects, [{ type: 'commit', lockId, credentialId }])
  })

  test('is laid aside with its sheet, shown over the list, and taken up again', () => {
    const closed = run(atReader(), [{ type: 'accessSheetClosed' }])
    assert.deepEqual(closed.effects, [], 'the wish is not dropped')
    assert.ok(isBusy(closed.state), 'a new version of the app waits')
    const note = selectAccess(closed.state, 'Europe/Berlin')?.reader
    assert.ok(note?.kind === 'ours' && note.reader.who === 'Mikael')
    const ticked = run(closed.state, [{ type: 'ticked', nowMs: nowMs + 4_000 }])
    assert.deepEqual(ticked.effects, [{ type: 'ask', lockId }])
    const back = run(closed.state, [{ type: 'enrolResumePressed' }]).state
    assert.equal(reader(back)?.phase.kind, 'capturing')
    assert.equal(selectAccess(back, 'Europe/Berlin')?.reader, null)
    const stopped = run(back, [{ type: 'enrolStopPressed' }]).state
    assert.equal(sheet(stopped), null)
    assert.equal(isBusy(stopped), false)
  })
})

test('another owner sees that the reader learns, and is told so before beginning', () => {
  const watching = run(listed, [said({ captured: 2, needed: 3 }, theirId)]).state
  const note = selectAccess(watching, 'Europe/Berlin')?.reader
  assert.ok(note?.kind === 'theirs' && note.phase.kind === 'capturing')
  const form = sheet(
    run(watching, [{ type: 'enrolPressed', userId: 'mikael', credentialType: 'face' }]).state,
  )
  assert.ok(form?.kind === 'enrol' && form.form.readerTaken)
  const later = run(watching, [{ type: 'ticked', nowMs: nowMs + 200_000 }]).state
  assert.equal(selectAccess(later, 'Europe/Berlin')?.reader, null, 'no longer than its time')
})

test('who may: owners everybody but assistants, managers guests, residents nobody', () => {
  const people = [mikael, person('nora'), person('alexa', { role: 'agent' })]
  const may = (yourRole: 'owner' | 'manager' | 'resident') => {
    const you = { ...mikael, isYou: yourRole === 'resident' }
    const list = reading({ yourRole, people: [you, ...people.slice(1)] })
    const { state } = run(listed, [{ type: 'peopleRead', lockId, reading: list, nowMs }])
    const view = selectAccess(state, 'Europe/Berlin')
    return [...(view?.household ?? []), ...(view?.visitors ?? [])].map(({ mayEnrol }) => mayEnrol)
  }
  // Mikael, Alexa, and Nora, who visits.
  assert.deepEqual(may('owner'), [true, false, true])
  assert.deepEqual(may('manager'), [false, false, true])
  assert.deepEqual(may('resident'), [false, false, false])
})
