import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Credential, Policy, PolicySettings, User } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import type { AccessRequest } from '#access/decide.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { plainSituation } from '#access/situation.ts'
import type { Situation } from '#access/situation.ts'
import { deviceKey, idOf, person, pinCredential } from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'
import { channelOf } from '#access/timetable.ts'
import { temporalWallClock } from '#access/wall-clock.ts'

const key = deviceKey(20).credential
const pin = pinCredential(21)
const otherPin = pinCredential(22)
const forcedPin: Credential = { ...pinCredential(23), duress: true }
const finger: Credential = { type: 'fingerprint', id: idOf(24), createdAtMs: 1, name: 'thumb' }
const forcedFinger: Credential = { ...finger, id: idOf(25), duress: true }
const face: Credential = { type: 'face', id: idOf(26), createdAtMs: 1, name: 'face' }
const credentials = [key, pin, otherPin, forcedPin, finger, forcedFinger, face]
const neighbourPin: Credential = { ...pinCredential(30), duress: true }
const neighbourFinger: Credential = { ...finger, id: idOf(31) }
const neighbour = person(3, 'resident', { credentials: [neighbourPin, neighbourFinger] }).user

interface Scene {
  readonly shown: Credential
  readonly presented?: readonly Credential[]
  readonly user?: Partial<User>
  readonly settings?: Partial<PolicySettings>
  readonly action?: AccessRequest['action']
  /** Hours and minutes on the door's wall. */
  readonly at?: string
  readonly certain?: boolean
  readonly mode?: Situation['operatingMode']
}

const berlin = temporalWallClock('Europe/Berlin')

function decideIn(scene: Scene) {
  const { shown, presented = [], action = 'unlock', at = '12:00', certain = true } = scene
  const user = person(2, 'owner', {
    verbs: ['lock', 'unlock', 'unlatch'],
    credentials,
    ...scene.user,
  }).user
  const settings: Policy['settings'] = { ...policyOf([]).settings, ...scene.settings }
  const view = viewPolicy(policyOf([user, neighbour], { settings }), [])
  const ms = Temporal.ZonedDateTime.from(`2026-06-01T${at}[Europe/Berlin]`).epochMilliseconds
  const situation = plainSituation({ ms, certain }, berlin, {
    presented: presented.map(({ id }) => id),
    operatingMode: scene.mode ?? 'normal',
  })
  const request = { credentialId: shown.id, action, channel: channelOf(shown.type, user.role) }
  return { decision: decide(view, request, situation), user }
}

describe('duress', () => {
  const rows: readonly (readonly [what: string, scene: Scene, duress: boolean])[] = [
    ['a plain code', { shown: pin }, false],
    ['a code of duress', { shown: forcedPin }, true],
    ['a plain finger', { shown: finger }, false],
    ['a finger of duress', { shown: forcedFinger }, true],
    ['a key', { shown: key }, false],
    ['a forced user with a plain code', { shown: pin, user: { userType: 'forcedUser' } }, true],
    ['a forced user with a key', { shown: key, user: { userType: 'forcedUser' } }, true],
    ['a key after a code of duress', { shown: key, presented: [forcedPin] }, true],
    ['a key after a finger of duress', { shown: key, presented: [forcedFinger] }, true],
    ['a key after a plain code', { shown: key, presented: [pin] }, false],
    ['a code of duress after a plain one', { shown: forcedPin, presented: [pin] }, true],
    [
      'a key after the neighbour’s code of duress',
      { shown: key, presented: [neighbourPin] },
      false,
    ],
    ['a key after what nobody has', { shown: key, presented: [pinCredential(99)] }, false],
  ]
  for (const [what, scene, duress] of rows) {
    test(`${what}: ${duress ? 'told' : 'nothing to tell'}`, () => {
      const { decision, user } = decideIn(scene)
      const { shown: credential } = scene
      assert.deepEqual(decision, {
        verdict: 'allowed',
        reason: 'granted',
        user,
        credential,
        duress,
      })
    })
  }
})

const dual = { credentialRule: 'dual' } as const
const tri = { credentialRule: 'tri' } as const
const night = { nightHours: [{ daysMask: 127, startMinute: 720, endMinute: 720 }] }

const rows: readonly (readonly [what: string, scene: Scene, enough: boolean])[] = [
  ['one of one', { shown: pin }, true],
  ['one of two', { shown: pin, user: dual }, false],
  ['one of two, to unlatch', { shown: pin, user: dual, action: 'unlatch' }, false],
  ['one of two, to lock', { shown: pin, user: dual, action: 'lock' }, true],
  ['one of two, to sign a change', { shown: key, user: dual, action: 'changePolicy' }, true],
  ['two kinds of two', { shown: pin, user: dual, presented: [key] }, true],
  ['one kind twice', { shown: pin, user: dual, presented: [otherPin] }, false],
  ['the same one twice', { shown: pin, user: dual, presented: [pin] }, false],
  [
    'one of oneself and one of the neighbour',
    { shown: pin, user: dual, presented: [neighbourFinger] },
    false,
  ],
  ['two of three', { shown: pin, user: tri, presented: [key] }, false],
  ['three of three', { shown: pin, user: tri, presented: [key, finger] }, true],
  ['more than enough', { shown: pin, user: dual, presented: [key, finger] }, true],

  ['a face by day', { shown: face }, true],
  ['a face a minute before the night', { shown: face, at: '21:59' }, true],
  ['a face as the night begins', { shown: face, at: '22:00' }, false],
  ['a face in the last minute of the night', { shown: face, at: '05:59' }, false],
  ['a face after the night', { shown: face, at: '06:00' }, true],
  ['a face at night, with a code', { shown: face, at: '22:00', presented: [pin] }, true],
  ['a code at night', { shown: pin, at: '22:00' }, true],
  ['a code at night, after a face', { shown: pin, at: '22:00', presented: [face] }, true],
  ['a face within the owners’ own night', { shown: face, settings: night }, false],
  ['a face outside of the owners’ own night', { shown: face, settings: night, at: '22:00' }, true],
  ['a face by a clock that nobody vouches for', { shown: face, certain: false }, false],
  ['a face that may at night', { shown: face, settings: { faceRule: 'alone' }, at: '22:00' }, true],
  [
    'a face that may, the clock uncertain',
    { shown: face, settings: { faceRule: 'alone' }, certain: false },
    true,
  ],
  ['a face that never may', { shown: face, settings: { faceRule: 'neverAlone' } }, false],
  [
    'a face not at night, said',
    { shown: face, settings: { faceRule: 'notAloneAtNight' }, at: '22:00' },
    false,
  ],
  [
    'a face in vacation mode',
    { shown: face, settings: { faceRule: 'alone' }, mode: 'vacation' },
    false,
  ],
  [
    'a face in vacation mode, with a code',
    { shown: face, mode: 'vacation', presented: [pin] },
    true,
  ],
  ['a code in vacation mode', { shown: pin, mode: 'vacation' }, true],
  ['a face of two', { shown: face, user: dual }, false],
  [
    'a face and a code of three, at night',
    { shown: face, user: tri, presented: [pin], at: '22:00' },
    false,
  ],
]

describe('several credentials', () => {
  for (const [what, scene, enough] of rows) {
    test(`${what}: ${enough ? 'enough' : 'one more'}`, () => {
      const { decision, user } = decideIn(scene)
      const { shown: credential } = scene
      const partial = { verdict: 'partial', reason: 'anotherCredentialNeeded', user, credential }
      if (enough) assert.equal(decision.verdict, 'allowed')
      else assert.deepEqual(decision, partial)
    })
  }
})
