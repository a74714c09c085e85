import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attempt, Entry, OperationSource } from '@mortise/protocol/words'
import { entryLine } from './entries.ts'

function told(source: OperationSource, attempt: Attempt): string {
  const plain = { v: 1, sequence: 7, timeMs: 0, timeCertain: true, boot: 1 } as const
  const entry: Entry = {
    ...plain,
    type: 'refused',
    previous: new Uint8Array(32),
    source,
    attempt,
    verb: 'unlock',
    outcome: 'refused',
    reason: 'unknownCode',
  }
  return entryLine({ entry, verified: true }, 'UTC').text
}

test('what is nobody’s is called what it is', () => {
  assert.match(told('keypad', 'code'), /the lock does not know the code$/)
  assert.match(told('biometric', 'fingerprint'), /the lock does not know the finger$/)
  assert.match(told('biometric', 'face'), /the lock does not know the face$/)
})
