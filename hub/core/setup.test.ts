import assert from 'node:assert/strict'
import test from 'node:test'
import { bytesEqual } from '@mortise/protocol/wire'
import { isSetupTokenGood } from '#core/setup.ts'

const hash = new Uint8Array(32).fill(1)
const open = { hash, expiresAtMs: 100 }
const cases: readonly (readonly [string, typeof open | undefined, Uint8Array, number, boolean])[] =
  [
    ['the open one in time', open, hash, 99, true],
    ['the open one too late', open, hash, 100, false],
    ['another one', open, new Uint8Array(32).fill(2), 0, false],
    ['a part of it', open, hash.subarray(1), 0, false],
    ['any, while none is open', undefined, hash, 0, false],
  ]
for (const [name, token, presented, nowMs, good] of cases) {
  test(`${name} is ${good ? 'good' : 'refused'}`, () => {
    assert.equal(isSetupTokenGood(bytesEqual, token, presented, nowMs), good)
  })
}
