import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTimeZone } from '#access/time-zone.ts'

test('a time zone is one of the data, by its name', () => {
  const names = ['Europe/Berlin', 'UTC', 'Nowhere', '+02:00', '']
  assert.deepEqual(names.map(isTimeZone), [true, true, false, false, false])
})
