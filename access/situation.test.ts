import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainSituation } from '#access/situation.ts'
import { idOf } from '#access/testing/index.ts'

const noon = { ms: 1000, certain: true }
const wallClock = (): number => 0

test('a plain situation is a quiet day, but for what is said of it', () => {
  const { usageOf, ...plain } = plainSituation(noon, wallClock)
  const quiet = { time: noon, wallClock, operatingMode: 'normal', offlineMs: 0, presented: [] }
  assert.deepEqual(plain, quiet)
  assert.deepEqual(usageOf(idOf(1)), { uses: 0 })
  assert.equal(
    plainSituation(noon, wallClock, { operatingMode: 'privacy' }).operatingMode,
    'privacy',
  )
})
