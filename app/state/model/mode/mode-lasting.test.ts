import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfLasting } from './mode-lasting.ts'

const zone = 'Europe/Berlin'
const table = [
  ['open', '2026-06-01T12:00:00Z', null],
  ['twoHours', '2026-06-01T12:00:00Z', '2026-06-01T14:00:00Z'],
  ['morning', '2026-06-01T12:00:00Z', '2026-06-02T05:00:00Z'],
  // Half past two in the night: the morning is today's.
  ['morning', '2026-06-01T00:30:00Z', '2026-06-01T05:00:00Z'],
  ['morning', '2026-06-01T05:00:00Z', '2026-06-02T05:00:00Z'],
  // The nights in which the clocks change end at seven on the wall.
  ['morning', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
  ['morning', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00Z'],
  ['week', '2026-10-20T10:00:00Z', '2026-10-27T11:00:00Z'],
] as const

for (const [lasting, now, end] of table) {
  test(`${lasting} from ${now} ends ${end ?? 'when somebody ends it'}`, () => {
    const endMs = endOfLasting(lasting, Date.parse(now), zone)
    assert.equal(endMs === null ? null : new Date(endMs).toISOString().replace('.000', ''), end)
  })
}
