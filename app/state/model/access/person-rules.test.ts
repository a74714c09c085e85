import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CredentialRule, CredentialType, FaceRule } from '@mortise/protocol/words'
import { offlineHours, offlineOptions, verbsOf } from '#app/state/model/access/person-rules.ts'
import { wayTrouble } from '#app/state/model/access/person-rules.ts'
import type { WayTrouble } from '#app/state/model/access/person-rules.ts'
import type { Scope } from '#app/state/model/access/usual-rules.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'

type Case = readonly [
  ways: readonly CredentialType[],
  rules: { readonly credentialRule?: CredentialRule; readonly scope?: Scope },
  face: FaceRule,
  trouble: WayTrouble | null,
]

const few = (have: number, wanted: number): WayTrouble => ({ kind: 'tooFew', have, wanted })

const troubles: Readonly<Record<string, Case>> = {
  'a code, and one is enough': [['pin'], {}, 'neverAlone', null],
  'a code where it takes two': [['pin'], { credentialRule: 'dual' }, 'alone', few(1, 2)],
  'two codes are one kind': [['pin', 'pin'], { credentialRule: 'dual' }, 'alone', few(1, 2)],
  'a code and a finger': [['pin', 'fingerprint'], { credentialRule: 'dual' }, 'alone', null],
  'two where it takes three': [['pin', 'passkey'], { credentialRule: 'tri' }, 'alone', few(2, 3)],
  'a tag opens nothing, so it does not count': [
    ['pin', 'rfid'],
    { credentialRule: 'dual' },
    'alone',
    few(1, 2),
  ],
  'nobody waits for somebody without any way in': [[], { credentialRule: 'dual' }, 'alone', null],
  'who only locks is asked for nothing': [
    ['pin'],
    { credentialRule: 'dual', scope: 'locksOnly' },
    'alone',
    null,
  ],
  'a code opens nothing from afar': [
    ['pin'],
    { scope: 'remoteOnly' },
    'alone',
    { kind: 'noPhone' },
  ],
  'a phone does': [['passkey'], { scope: 'remoteOnly' }, 'alone', null],
  'a face that never suffices alone': [['face'], {}, 'neverAlone', { kind: 'faceAlone' }],
  'a face that suffices by day': [['face'], {}, 'notAloneAtNight', null],
  'a face and a code': [['face', 'pin'], {}, 'neverAlone', null],
}
for (const [what, [ways, rules, face, trouble]] of Object.entries(troubles)) {
  test(`what keeps somebody out: ${what}`, () =>
    assert.deepEqual(wayTrouble(ways, { ...usualRules, ...rules }, face), trouble))
}

test('guests have a day without the hub, everybody else has no limit, unless something is said', () => {
  assert.equal(offlineHours(usualRules, 'guest'), 24)
  assert.equal(offlineHours(usualRules, 'resident'), 0)
  assert.equal(offlineHours({ ...usualRules, maxOfflineHours: 0 }, 'guest'), 0)
})

test('what is in force can be chosen, and no limit stands last', () => {
  assert.deepEqual(
    offlineOptions({ ...usualRules, maxOfflineHours: 36 }, 'guest'),
    [2, 24, 36, 72, 168, 0],
  )
})

test('a scope that opens takes no verb away, and gives those that are missing', () => {
  assert.deepEqual(verbsOf('opens', ['unlock', 'unlatch']), ['unlock', 'unlatch'])
  assert.deepEqual(verbsOf('opens', ['lock']), ['lock', 'unlock'])
  assert.deepEqual(verbsOf('remoteOnly', []), ['lock', 'unlock'])
  assert.deepEqual(verbsOf('locksOnly', ['lock', 'unlock']), ['lock'])
  assert.deepEqual(verbsOf('nothing', ['lock', 'unlock']), [])
})
