import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockoutMs } from '#core/access/lockout.ts'

const rows: readonly (readonly [base: number, lockouts: number, seconds: number])[] = [
  [30, 1, 30],
  [30, 2, 60],
  [30, 3, 120],
  [30, 7, 1920],
  [30, 8, 3600],
  [30, 9, 3600],
  [30, 2000, 3600],
  [1, 1, 1],
  [1, 12, 2048],
  [1, 13, 3600],
  [255, 1, 255],
  [255, 5, 3600],
]

for (const [userCodeTemporaryDisableTime, lockouts, seconds] of rows) {
  test(`lockout ${lockouts} of ${userCodeTemporaryDisableTime} s takes ${seconds} s`, () => {
    const settings = { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime }
    assert.equal(lockoutMs(settings, lockouts), seconds * 1000)
  })
}
