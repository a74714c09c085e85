import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Binding, Reason, User } from '@mortise/protocol/words'
import { roles, verbs } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import type { AccessRequest } from '#access/decide.ts'
import { plainSituation } from '#access/situation.ts'
import type { Moment, Situation } from '#access/situation.ts'
import { temporalWallClock } from '#access/wall-clock.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { specifiedReason } from '#access/spec.ts'
import { deviceKey, idOf, person, pinCredential } from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'
import { chanceFrom, pick, seedOf } from '#access/testing/seed.ts'

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

const users = 40
const instants = [0, 99, 100, 101, 149, 150, 199, 200, 201] as const

function randomUser(chance: () => number, number: number): User {
  const timed = chance() < 0.6
  return person(number, pick(chance, [...roles]), {
    userStatus: chance() < 0.2 ? 'occupiedDisabled' : 'occupiedEnabled',
    verbs: verbs.filter(() => chance() < 0.7),
    credentials: [pinCredential(number * 2)],
    ...(timed
      ? {
          validity: {
            notBeforeMs: pick(chance, [...instants]),
            notAfterMs: pick(chance, [...instants]),
          },
        }
      : {}),
  }).user
}

function randomBinding(chance: () => number, number: number): Binding {
  return {
    userId: idOf(Math.floor(chance() * (users + 5))),
    invitationId: idOf(number),
    credential: pinCredential(number * 2 + 1),
  }
}

test('decide agrees with its specification on 100,000 random requests', (t) => {
  const chance = chanceFrom(seedOf(t))
  const seen = new Set<Reason>()
  for (let world = 0; world < 200; world += 1) {
    const policy = policyOf(Array.from({ length: users }, (_, index) => randomUser(chance, index)))
    const bindings = Array.from({ length: 10 }, (_, index) => randomBinding(chance, index))
    const view = viewPolicy(policy, bindings)
    for (let request = 0; request < 500; request += 1) {
      const asked = {
        credentialId: idOf(Math.floor(chance() * (users * 2 + 10))),
        action: pick(chance, ['lock', 'unlock', 'changePolicy']),
        channel: 'remote',
      } as const
      const time = { ms: pick(chance, [...instants]), certain: chance() < 0.8 }
      const { reason } = decide(view, asked, situationAt(time))
      assert.equal(reason, specifiedReason(policy, bindings, asked, situationAt(time)))
      seen.add(reason)
    }
  }
  assert.deepEqual([...seen].toSorted(), [
    'granted',
    'noLongerValid',
    'notYetValid',
    'timeUncertain',
    'unknownCredential',
    'userDisabled',
    'verbNotAllowed',
  ])
})
