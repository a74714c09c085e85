import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '#app/state/model/access/access-state.ts'
import { beyondManager, managerLimits, mayGive } from '#app/state/model/access/manager-limits.ts'
import type { ManagerLimits } from '#app/state/model/access/manager-limits.ts'
import { noTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitTerms } from '#app/state/model/access/visit-terms.ts'
import { nowMs, person, reading } from '#app/testing/samples.ts'

const hourMs = 3_600_000

function limitsOf(max: Partial<Person> = {}): ManagerLimits {
  const you = person('max', { role: 'manager', isYou: true, ...max })
  const people = [person('ada', { role: 'owner' }), you, person('nora'), person('erik')]
  const limits = managerLimits(reading({ yourRole: 'manager', people }))
  assert.ok(limits)
  return limits
}

const stay = (hours: number, change: Partial<VisitTerms> = {}): VisitTerms => ({
  ...noTerms,
  window: { fromMs: nowMs, untilMs: nowMs + hours * hourMs },
  ...change,
})

test('nobody but managers is bounded', () => {
  assert.equal(managerLimits(reading({ people: [person('ada', { isYou: true })] })), null)
  assert.equal(beyondManager(noTerms, null, true), null)
  assert.ok(mayGive(null, { maxOfflineHours: 0 }))
})

test('what a manager gives has an end, and keeps within what the owners have set', () => {
  const limits = limitsOf({ delegation: { guestsMax: 3, stayHoursMax: 48 } })
  assert.equal(beyondManager(noTerms, limits, true), 'endNeeded')
  assert.equal(beyondManager(stay(48), limits, true), null)
  assert.equal(beyondManager(stay(49), limits, true), 'stayTooLong')
  const full = limitsOf({ delegation: { guestsMax: 2, stayHoursMax: 48 } })
  assert.equal(beyondManager(stay(1), full, true), 'guestsFull')
  assert.equal(beyondManager(stay(1), full, false), null, 'a guest who is there stays a guest')
})

test('no guest of a manager lasts longer without the hub than guests do as a rule', () => {
  const rules = { ...noTerms.rules, maxOfflineHours: 0 }
  assert.equal(beyondManager(stay(1, { rules }), limitsOf(), true), 'beyondYou')
  assert.ok(mayGive(limitsOf(), { maxOfflineHours: 24 }))
  assert.ok(!mayGive(limitsOf(), { maxOfflineHours: 72 }))
  assert.ok(!mayGive(limitsOf(), { maxOfflineHours: 0 }))
})

test('a manager gives none of what they do not have', () => {
  const rules = { ...noTerms.rules, credentialRule: 'dual', holidayRule: 'noAccess' } as const
  const limits = limitsOf({ terms: { ...noTerms, rules, more: false } })
  assert.ok(!mayGive(limits, { credentialRule: 'single' }))
  assert.ok(mayGive(limits, { credentialRule: 'tri' }))
  assert.ok(!mayGive(limits, { holidayRule: 'asUsual' }))
  assert.equal(beyondManager(stay(1), limits, true), 'beyondYou')
  assert.equal(beyondManager(stay(1, { rules }), limits, true), null)
  assert.ok(!mayGive(limitsOf({ verbs: ['lock'] }), { scope: 'opens' }))
})
