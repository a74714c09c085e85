import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsFor } from './reader.js'

const anna = { credentialType: 'fingerprint', credentialId: '00', whose: 'Finger 1' } as const
const ben = { credentialType: 'face', credentialId: '01', whose: 'Ben' } as const

test('the reader is offered what it knows, and nothing while it knows nobody', () => {
  assert.deepEqual(partsFor({ templates: [], learning: null }), [])
  const parts = partsFor({ templates: [anna, ben], learning: null })
  assert.deepEqual(
    parts.map(({ label, credentialType }) => [label, credentialType]),
    [
      ['Finger 1', 'fingerprint'],
      ['Ben', 'face'],
    ],
  )
})

test('while it learns, a finger that it does not know comes first, the same at every touch', () => {
  const touches = [0, 1, 2].map((captured) => {
    const learning = { credentialType: 'fingerprint', captured, needed: 3 } as const
    return partsFor({ templates: [anna], learning })[0]
  })
  assert.deepEqual(
    touches.map((part) => part?.whose),
    ['Finger 2', 'Finger 2', 'Finger 2'],
  )
  assert.match(touches[1]?.label ?? '', /1.*3/)
})
