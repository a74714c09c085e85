import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyholderError, keyholderErrorCodes, LockRefusal } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import { RestError } from '@mortise/protocol/rest'
import { reasons } from '@mortise/protocol/words'
import { appTroubles } from '#app/state/model/trouble.ts'
import { troubleOf } from '#app/shell/trouble-of.ts'

const known: readonly string[] = [...reasons, ...appTroubles]

test('every error of the keyholder has a name that people have a sentence for', () => {
  for (const code of keyholderErrorCodes) {
    assert.ok(known.includes(troubleOf(new KeyholderError(code), true)), code)
  }
})

test('answers that the lock did not sign are never told as a hub that is away', () => {
  for (const code of ['replyForged', 'replyMismatched', 'wrongLock', 'lockKeyChanged'] as const) {
    assert.equal(troubleOf(new KeyholderError(code), true), 'notTheLock')
  }
})

test('names refusals by the lock’s own reason, and the hub’s by what they mean', () => {
  const rest = (code: RestError['code']) => new RestError(code, 400, { message: '' })
  const cases = [
    [new LockRefusal('refused', 'noLongerValid'), 'noLongerValid'],
    [new LockRefusal('failed', 'jammed'), 'jammed'],
    [rest('setupTokenUnusable'), 'setupLinkSpent'],
    [rest('notSignedIn'), 'signedOut'],
    [rest('rateLimited'), 'tooManyTries'],
    [rest('internal'), 'unexpected'],
    [new MortiseError('world', 'noStorage', ''), 'noStorage'],
    [new TypeError('x'), 'unexpected'],
    ['thrown text', 'unexpected'],
  ] as const
  for (const [error, expected] of cases) assert.equal(troubleOf(error, true), expected)
})

test('without a network the hub is not blamed', () => {
  assert.equal(troubleOf(new KeyholderError('hubUnreachable'), false), 'offline')
  assert.equal(troubleOf(new KeyholderError('hubUnreachable'), true), 'hubAway')
})
