import assert from 'node:assert/strict'
import { MortiseError } from '@mortise/protocol/errors'
import type { Reason } from '@mortise/protocol/words'
import type { KeyholderErrorCode } from '#keyholder/error-codes.ts'
import { KeyholderError, LockRefusal } from '#keyholder/errors.ts'

/** Asserts that a promise is rejected with a KeyholderError of this code, and a next step. */
export async function rejectsWith(
  promise: Promise<unknown>,
  code: KeyholderErrorCode,
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof KeyholderError, String(error))
    assert.equal(error.code, code)
    assert.ok(error.nextStep)
    return true
  })
}

/** Asserts that a promise is rejected with the lock's own refusal for this reason. */
export async function refusedFor(promise: Promise<unknown>, reason: Reason): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof LockRefusal, String(error))
    assert.equal(error.reason, reason)
    return true
  })
}

/** The code of what a promise is rejected with; undefined when it resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    if (error instanceof MortiseError) return error.code
    throw error
  }
}
