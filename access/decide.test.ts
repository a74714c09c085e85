import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason, User } from '@mortise/protocol/words'
import { roles } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import type { AccessRequest } from '#access/decide.ts'
import { plainSituation } from '#access/situation.ts'
import type { Moment, Situation } from '#access/situation.ts'
import { temporalWallClock } from '#access/wall-clock.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { deviceKey, idOf, person } from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'

const validity = { notBeforeMs: 100, notAfterMs: 200 }
const rows: readonly (readonly [
  what: string,
  fields: Partial<User>,
  action: AccessRequest['action'],
  time: { ms: number; certain: boolean },
  reason: Reason,
])[] = [
  ['always valid', {}, 'unlock', { ms: 0, certain: true }, 'granted'],
  ['always valid, time uncertain', {}, 'unlock', { ms: 0, certain: false }, 'granted'],
  ['before the start', { validity }, 'unlock', { ms: 99, certain: true }, 'notYetValid'],
  ['at the start', { validity }, 'unlock', { ms: 100, certain: true }, 'granted'],
  ['just before the end', { validity }, 'unlock', { ms: 199, certain: true }, 'granted'],
  ['at the end', { validity }, 'unlock', { ms: 200, certain: true }, 'noLongerValid'],
  ['timed, time uncertain', { validity }, 'unlock', { ms: 150, certain: false }, 'timeUncertain'],
  ['lock only: lock', { verbs: ['lock'] }, 'lock', { ms: 0, certain: true }, 'granted'],
  ['lock only: unlock', { verbs: ['lock'] }, 'unlock', { ms: 0, certain: true }, 'verbNotAllowed'],
  ['no verb may still sign', { verbs: [] }, 'changePolicy', { ms: 0, certain: true }, 'granted'],
  [
    'out of time may not sign',
    { validity },
    'changePolicy',
    { ms: 300, certain: true },
    'noLongerValid',
  ],
  [
    'disabled',
    { userStatus: 'occupiedDisabled' },
    'changePolicy',
    { ms: 0, certain: true },
    'userDisabled',
  ],
  [
    'disabled comes before time',
    { userStatus: 'occupiedDisabled', validity },
    'unlock',
    { ms: 0, certain: false },
    'userDisabled',
  ],
]

const situationAt = (time: Moment): Situation =>
  plainSituation(time, temporalWallClock('Europe/Berlin'))

describe('decide', () => {
  for (const role of roles) {
    for (const [what, fields, action, time, reason] of rows) {
      test(`${role}: ${what}: ${reason}`, () => {
        const { user } = person(1, role, fields)
        const view = viewPolicy(policyOf([user]), [])
        const decision = decide(
          view,
          { credentialId: idOf(1), action, channel: 'remote' },
          situationAt(time),
        )
        assert.equal(decision.reason, reason)
        assert.equal(decision.verdict, reason === 'granted' ? 'allowed' : 'refused')
        assert.equal(decision.user, user)
        assert.equal(decision.credential, user.credentials[0])
      })
    }
  }

  test('nobody owns the lock', () => {
    const request = { credentialId: idOf(1), action: 'unlock', channel: 'remote' } as const
    assert.deepEqual(decide(undefined, request, situationAt({ ms: 0, certain: true })), {
      verdict: 'refused',
      reason: 'notClaimed',
      user: undefined,
      credential: undefined,
    })
  })

  test('a bound credential is evaluated as its user', () => {
    const { user } = person(1, 'guest', { validity })
    const { credential } = deviceKey(7)
    const view = viewPolicy(policyOf([user]), [
      { userId: user.id, invitationId: idOf(8), credential },
    ])
    const request = { credentialId: idOf(7), action: 'unlock', channel: 'remote' } as const
    assert.equal(decide(view, request, situationAt({ ms: 150, certain: true })).reason, 'granted')
    assert.equal(
      decide(view, request, situationAt({ ms: 250, certain: true })).reason,
      'noLongerValid',
    )
  })
})
