import assert from 'node:assert/strict'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import { test } from 'node:test'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { tabHere, tabsOf } from '#app/state/app/app-state.ts'
import { initialState } from '#app/state/app/initial.ts'
import type { InvitationOffer } from '#app/state/model/invitation/invitation-state.ts'
import { newInvitation } from '#app/state/model/invitation/invitation-state.ts'
import { invitableRoles } from '#app/state/model/access/invite-form.ts'
import { linkEndMs } from '#app/state/model/access/link-end.ts'
import { lookAtInvitation } from '#app/state/update/update-invitation.ts'
import { run } from '#app/testing/update.ts'
import { atTheDoor, lockId, nowMs, reading } from '#app/testing/samples.ts'

const offer: InvitationOffer = {
  lockId,
  doorName: 'Front door',
  personName: 'Ben',
  role: 'resident',
  verbs: ['lock', 'unlock'],
  window: null,
  timeZone: 'Europe/Berlin',
  endsMs: nowMs + 1,
  hasPasskey: false,
}
const looked: Action = {
  type: 'invitationLookedAt',
  inviterName: 'Ada',
  look: { kind: 'offer', offer },
}
const accept: Action = { type: 'invitationAcceptPressed', freshPasskey: true }

function walk(state: AppState, ...actions: readonly Action[]) {
  const step = run(state, actions)
  const types: readonly string[] = step.effects.map(({ type }) => type)
  return { state: step.state, types, phase: step.state.invitation?.phase }
}

const opened: AppState = lookAtInvitation({ ...initialState, nowMs }, 'mortise-invitation1.x').state

test('a link is looked at, accepted, and leads to its door', () => {
  const proven = walk(opened, looked, accept, { type: 'invitationProven' })
  assert.deepEqual([proven.phase, proven.types], ['sending', ['acceptInvitation']])
  const entered = walk(
    proven.state,
    { type: 'invitationAccepted' },
    { type: 'invitationEnterPressed' },
    { type: 'invitationEntered' },
  )
  assert.deepEqual(entered.types, ['feel', 'enterInvited', 'forgetLink'])
  assert.equal(entered.state.invitation, null)
  assert.equal(entered.state.here, lockId)
})

test('whatever the hub says of a session, an opened link stays on the screen', () => {
  const session: Action = {
    type: 'sessionRead',
    name: 'Eve',
    doors: [],
    knewDoors: false,
    begunAtMs: nowMs,
  }
  for (const action of [session, { type: 'sessionFailed', trouble: 'signedOut' } as const]) {
    assert.equal(walk(opened, action).state.stage, 'invitation')
  }
  const lost = walk(opened, looked, { type: 'invitationFailed', trouble: 'signedOut' })
  assert.deepEqual([lost.state.stage, lost.phase], ['invitation', 'stopped'])
})

const failures: readonly (readonly [string, readonly Action[], string, string])[] = [
  ['a closed passkey sheet', [looked, accept], 'gestureCancelled', 'ready'],
  ['a refusal', [looked, accept], 'invitationUsed', 'stopped'],
  ['a link that is over', [], 'invitationExpired', 'stopped'],
  [
    'a sign-in that failed after the lock said yes',
    [looked, accept, { type: 'invitationAccepted' }, { type: 'invitationEnterPressed' }],
    'hubAway',
    'accepted',
  ],
]
for (const [what, before, trouble, phase] of failures) {
  test(`${what} leaves ${phase}`, () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each is a trouble of the table above.
    const failed = { type: 'invitationFailed', trouble } as Action
    assert.equal(walk(opened, ...before, failed).phase, phase)
  })
}

test('nothing is accepted before the lock has said what it is', () => {
  assert.deepEqual(walk(opened, accept).types, [])
  assert.deepEqual(walk({ ...initialState, invitation: null }, accept).types, [])
  assert.equal(newInvitation('x').accepted, false)
})

test('guests have two pages, and no address leads to another', () => {
  const guest = atTheDoor({ tab: 'history' }, { role: 'guest' })
  assert.deepEqual(tabsOf(guest), ['door', 'settings'])
  assert.equal(tabHere(guest), 'door')
  assert.equal(tabHere(atTheDoor({ tab: 'history' })), 'history')
})

test('a link for a guest ends with their time, and never lives longer than three days', () => {
  assert.equal(linkEndMs(1_000, 2_000), 2_000)
  assert.equal(linkEndMs(0, null), 3 * 86_400_000)
  assert.equal(linkEndMs(0, Number.MAX_SAFE_INTEGER), 3 * 86_400_000)
})

const people = atTheDoor({
  tab: 'access',
  access: { ...initialState.access, lockId, reading: reading() },
})

test('the form makes a wish with an end for guests and none for the household', () => {
  const wishOf = (...changes: readonly Action[]) => {
    const { state } = walk(people, { type: 'invitePressed' }, ...changes, {
      type: 'inviteReviewPressed',
    })
    return state.access.step.kind === 'review' ? state.access.step.wish : state.access.step.kind
  }
  const named = { type: 'inviteFormChanged', change: { name: ' Ben ' } } as const
  const guest = { type: 'inviteFormChanged', change: { role: 'guest', preset: 'hour' } } as const
  assert.equal(wishOf(), 'invite')
  const end = nowMs + 3 * 86_400_000
  const resident = {
    kind: 'invite',
    name: 'Ben',
    role: 'resident',
    terms: noTerms,
    notAfterMs: end,
  }
  assert.deepEqual(wishOf(named), resident)
  const untilMs = nowMs + 3_600_000
  assert.deepEqual(wishOf(named, guest), {
    ...resident,
    role: 'guest',
    terms: { ...noTerms, window: { fromMs: nowMs, untilMs } },
    notAfterMs: untilMs,
  })
})

test('the link is shown once, to the one who signed', () => {
  const wished = walk(people, { type: 'inviteAgainPressed', userId: null })
  assert.deepEqual(wished.types, ['readPeople', 'propose', 'showTab'])
  const url = 'https://door.example/#mortise-invitation1.x'
  const done: Action = { type: 'committed', lockId, version: 2, code: null, link: url }
  const shown = walk(wished.state, done, { type: 'copyLinkPressed' }, { type: 'codeCopied' })
  assert.ok(shown.types.includes('copyLink'))
  const { step } = shown.state.access
  assert.ok(step.kind === 'link' && step.url === url && step.copied)
  const closed = walk(shown.state, { type: 'accessSheetClosed' })
  assert.ok(!JSON.stringify(closed.state).includes(url))
})

test('nobody is offered to invite whom the lock would refuse', () => {
  assert.deepEqual(invitableRoles('manager'), ['guest'])
  for (const role of ['resident', 'guest', null] as const)
    assert.deepEqual(invitableRoles(role), [])
  const resident = reading({ yourRole: 'resident' })
  const state = { ...people, access: { ...people.access, reading: resident } }
  assert.equal(walk(state, { type: 'invitePressed' }).state.access.step.kind, 'list')
})

test('whoever had a door and has none any more is told so', () => {
  const read = (knewDoors: boolean): Action => {
    return { type: 'sessionRead', name: 'Ivy', doors: [], knewDoors, begunAtMs: nowMs }
  }
  assert.equal(walk(atTheDoor(), read(true)).state.wizard?.trouble, 'accessOver')
  assert.equal(walk({ ...initialState, nowMs }, read(false)).state.wizard?.trouble, null)
})
