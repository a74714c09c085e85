import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import {
  cofactorCases,
  nonCanonicalCases,
  smallCommitmentCases,
  smallOrderCases,
} from './edge-ed25519.ts'

/**
 * Positive control: a refusal shows something only if a more careless verifier accepts the same
 * bytes. noble's ZIP 215 mode is that verifier: cofactored, lenient about encodings and orders.
 */
describe('each refused construction is valid for a careless verifier', () => {
  const groups = { smallOrderCases, nonCanonicalCases, smallCommitmentCases, cofactorCases }
  for (const [group, cases] of Object.entries(groups)) {
    for (const { name, accepted, publicKey, message, signature } of cases) {
      it(`${group}: ${name}`, () => {
        assert.equal(accepted, false)
        assert.equal(ed25519.verify(signature, message, publicKey, { zip215: true }), true)
      })
    }
  }
})
