import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyOf } from '#access/every-of.ts'

test('all members of a union are listed as they were named', () => {
  assert.deepEqual(everyOf<'lock' | 'unlock'>()('unlock', 'lock'), ['unlock', 'lock'])
})
