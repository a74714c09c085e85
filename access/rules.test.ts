import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roles } from '@mortise/protocol/words'
import { doorAjarSecondsOf, isDuress, isHousehold, unlatchSecondsOf } from '#access/rules.ts'
import { deviceKey, pinCredential } from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'

test('the household is who lives here or looks after it', () => {
  assert.deepEqual(roles.filter(isHousehold).toSorted(), ['manager', 'owner', 'resident'])
})

test('a latch is held for as long as the owners say, and five seconds otherwise', () => {
  const { settings } = policyOf([])
  assert.equal(unlatchSecondsOf(policyOf([])), 5)
  assert.equal(unlatchSecondsOf(policyOf([], { settings: { ...settings, unlatchSeconds: 9 } })), 9)
})

test('an open door is ajar after as long as the owners say, and never otherwise', () => {
  const { settings } = policyOf([])
  assert.equal(doorAjarSecondsOf(policyOf([])), 0)
  const policy = policyOf([], { settings: { ...settings, doorAjarSeconds: 90 } })
  assert.equal(doorAjarSecondsOf(policy), 90)
})

test('a credential is one of duress where it says so, and only there', () => {
  assert.equal(isDuress({ ...pinCredential(1), duress: true }), true)
  assert.equal(isDuress(pinCredential(1)), false)
  assert.equal(isDuress(deviceKey(1).credential), false)
})
