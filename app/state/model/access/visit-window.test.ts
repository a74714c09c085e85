import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessTime } from '#app/state/model/access/access-time.ts'
import { customFields, presetWindow } from '#app/state/model/access/visit-window.ts'

const berlin = 'Europe/Berlin'
const hourMs = 3_600_000

test('presets mean days of the door, and an hour is always an hour', () => {
  const cases = [
    // preset, now, from, until
    ['hour', '2025-10-26T00:30:00Z', '2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z'],
    // The 26th of October has 25 hours in Berlin.
    ['today', '2025-10-25T22:00:00Z', '2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z'],
    // Thursday evening: from Saturday's to Monday's first minute.
    ['weekend', '2025-11-06T17:42:00Z', '2025-11-07T23:00:00Z', '2025-11-09T23:00:00Z'],
    // Saturday at noon: from now.
    ['weekend', '2025-11-08T11:00:00Z', '2025-11-08T11:00:00Z', '2025-11-09T23:00:00Z'],
    // Sunday evening: the weekend that is.
    ['weekend', '2025-11-09T21:00:00Z', '2025-11-09T21:00:00Z', '2025-11-09T23:00:00Z'],
    // A weekend across the change of the clock.
    ['weekend', '2025-10-24T10:00:00Z', '2025-10-24T22:00:00Z', '2025-10-26T23:00:00Z'],
  ] as const
  for (const [preset, now, from, until] of cases) {
    const window = presetWindow(preset, Date.parse(now), berlin)
    assert.equal(
      new Date(window.fromMs).toISOString(),
      from.replace('Z', '.000Z'),
      `${preset} ${now}`,
    )
    assert.equal(new Date(window.untilMs).toISOString(), until.replace('Z', '.000Z'), preset)
  }
})

test('custom fields begin at the next full hour of the door', () => {
  const fields = customFields(Date.parse('2025-11-06T17:42:00Z'), berlin)
  assert.deepEqual(fields, { customFrom: '2025-11-06T19:00', customUntil: '2025-11-06T21:00' })
})

test('a window is half-open, as the lock judges it', () => {
  const window = { fromMs: 10 * hourMs, untilMs: 11 * hourMs }
  const phaseAt = (atMs: number) => {
    const time = accessTime(window, atMs)
    return time.kind === 'always' ? 'always' : time.phase
  }
  assert.equal(phaseAt(window.fromMs - 1), 'upcoming')
  assert.equal(phaseAt(window.fromMs), 'current')
  assert.equal(phaseAt(window.untilMs - 1), 'current')
  assert.equal(phaseAt(window.untilMs), 'ended')
  assert.deepEqual(accessTime(null, 0), { kind: 'always' })
})
