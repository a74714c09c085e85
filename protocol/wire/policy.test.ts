import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '#protocol/limits.ts'
import {
  linkFrameMessage,
  policyMessage,
  policyReportMessage,
  signedStatementMessage,
} from '#protocol/wire/index.ts'
import { WireError } from '#protocol/wire/errors.ts'

const longestBinding = {
  userId: new Uint8Array(16),
  invitationId: new Uint8Array(16),
  credential: {
    type: 'passkey',
    id: new Uint8Array(16),
    createdAtMs: 253_402_300_799_999,
    name: 'x'.repeat(limits.nameBytesMax),
    passkeyId: new Uint8Array(limits.passkeyIdBytesMax),
    publicKey: new Uint8Array(65),
    relyingPartyId: 'x'.repeat(limits.relyingPartyIdBytesMax),
  },
} as const

test('the largest policy with every binding fits into a signed report on the link', () => {
  const report = policyReportMessage.encode({
    v: 1,
    lockId: new Uint8Array(32),
    version: Number.MAX_SAFE_INTEGER,
    policy: new Uint8Array(limits.policyBytesMax),
    bindings: Array.from({ length: limits.invitationsMax }, () => longestBinding),
    timeMs: 253_402_300_799_999,
  })
  const signed = signedStatementMessage.encode({ body: report, signature: new Uint8Array(64) })
  const frame = linkFrameMessage.encode({ type: 'policy', signed })
  const received = linkFrameMessage.decode(frame)
  assert.ok(received.type === 'policy')
  const { body } = signedStatementMessage.decode(received.signed)
  assert.equal(policyReportMessage.decode(body).bindings.length, limits.invitationsMax)
})

test('a larger policy is refused before anything of it is read', () => {
  assert.throws(
    () => policyMessage.decode(new Uint8Array(limits.policyBytesMax + 1)),
    (error) => error instanceof WireError && error.code === 'tooLarge',
  )
})
