import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { suite, test } from 'node:test'
import { WireError } from '#protocol/wire/errors.ts'
import {
  decodeClaimText,
  decodeInvitationText,
  decodeKeyText,
  encodeInvitationText,
  encodeKeyText,
} from '#protocol/wire/texts.ts'

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** Written by an encoder of another language from docs/protocol.md. */
const invitationText =
  'mortise-invitation1.pABYIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAVggAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICUAMDAwMDAwMDAwMDAwMDAwMDWCAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBKFHUhM'
const keyText =
  'mortise-key1.ogBYIAUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFAW5BZGHigJlzIGxhcHRvcOkV2AU'

const invitation = {
  lockKey: new Uint8Array(32).fill(1),
  sealingKey: new Uint8Array(32).fill(2),
  invitationId: new Uint8Array(16).fill(3),
  ticketSeed: new Uint8Array(32).fill(4),
}
const key = { publicKey: new Uint8Array(32).fill(5), name: 'Ada’s laptop' }

suite('texts that people carry', () => {
  test('an invitation', () => {
    assert.equal(encodeInvitationText(sha256, invitation), invitationText)
    assert.deepEqual(decodeInvitationText(sha256, ` ${invitationText}\n`), invitation)
  })

  test('a device key', () => {
    assert.equal(encodeKeyText(sha256, key), keyText)
    assert.deepEqual(decodeKeyText(sha256, keyText), key)
  })

  const damaged: readonly (readonly [text: string, code: string])[] = [
    [keyText.slice(0, -2), 'invalidText'],
    [keyText.slice(0, -4), 'badChecksum'],
    [keyText.replace('FBQ', 'FCQ'), 'badChecksum'],
    [invitationText, 'unknownVariant'],
    ['', 'unknownVariant'],
  ]
  for (const [text, code] of damaged) {
    test(`${text.slice(0, 24)}... of ${text.length} characters is ${code}`, () => {
      assert.throws(
        () => decodeKeyText(sha256, text),
        (error) => error instanceof WireError && error.code === code,
      )
    })
  }

  test('none stands for another', () => {
    for (const decode of [decodeClaimText, decodeInvitationText]) {
      assert.throws(() => decode(sha256, keyText), WireError)
    }
  })
})
