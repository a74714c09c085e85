import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reasons } from '@mortise/protocol/words'
import { adviceFor } from '#keyholder/advice.ts'

test('every reason is a clause that a sentence can begin or end with, and comes with a next step', () => {
  for (const reason of reasons) {
    const { because, nextStep } = adviceFor(reason)
    assert.match(because, /^[a-z].*[^.]$/, reason)
    assert.match(nextStep, /^[A-Z].*\.$/, reason)
  }
})

test('what was shown at the door and is nobody’s is called what it was', () => {
  const told = (['code', 'fingerprint', 'face', 'rfid'] as const).map(
    (attempt) => adviceFor('unknownCode', attempt).because,
  )
  assert.equal(new Set(told).size, told.length)
  assert.equal(adviceFor('jammed', 'face'), adviceFor('jammed'))
})
