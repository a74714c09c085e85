import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { KeyholderError, keyholderErrorCodes, LockRefusal } from '@mortise/keyholder'
import { CliError } from './errors.ts'
import { exitCodeOf } from './exit-codes.ts'

/** The whole table, so that a new error cannot get its exit code by chance. */
const expected: Readonly<Record<(typeof keyholderErrorCodes)[number], number>> = {
  hubUnreachable: 3,
  signedOut: 1,
  tooManyRequests: 3,
  notAllowedByHub: 1,
  lockOffline: 3,
  noAnswer: 3,
  wayTooSlow: 3,
  lockBusy: 3,
  requestUndeliverable: 3,
  replyUnreadable: 4,
  replyForged: 4,
  replyMismatched: 4,
  wrongLock: 4,
  lockKeyChanged: 4,
  refused: 1,
  failed: 1,
  policyForged: 4,
  policyForked: 4,
  policyOutdated: 3,
  policyConflict: 1,
  editImpossible: 2,
  policyUnfit: 2,
  pinUnfit: 2,
  lockUnknown: 2,
  noCredential: 1,
  proofCancelled: 2,
  proofUnavailable: 2,
  claimTextWrong: 2,
  invitationWrong: 2,
  invitationUnknown: 1,
  invitationUsed: 1,
  invitationOver: 1,
  randomnessBroken: 70,
}

suite('exit codes', () => {
  for (const code of keyholderErrorCodes) {
    test(`${code} ends with ${expected[code]}`, () => {
      assert.equal(exitCodeOf(new KeyholderError(code)), expected[code])
    })
  }

  test('others', () => {
    assert.equal(exitCodeOf(new LockRefusal('refused', 'badProof')), 1)
    assert.equal(exitCodeOf(new CliError('usage', '', '')), 2)
    assert.equal(exitCodeOf(new CliError('setupRefused', '', '')), 1)
    assert.equal(exitCodeOf(new TypeError('x')), 70)
  })
})
