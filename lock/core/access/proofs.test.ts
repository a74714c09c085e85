import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import type { Proof } from '@mortise/protocol/wire'
import type { Credential, Reason } from '@mortise/protocol/words'
import { credentialProofFault, ticketProofFault } from '#core/access/proofs.ts'
import {
  deviceKey,
  idOf,
  passkey,
  pinCredential,
  relyingParty,
  ticket,
} from '@mortise/access/testing'

const command = Uint8Array.of(1, 2, 3)
const other = Uint8Array.of(1, 2, 4)
const key = deviceKey(1)
const phone = passkey(2)
const link = ticket(3)
const good = phone.sign(command)
assert.ok(good.type === 'passkey')
const notJson = { ...good, clientDataJson: Uint8Array.of(0x7b) }
const elsewhere = { ...phone.credential, relyingPartyId: 'elsewhere.example' }

const rows: readonly (readonly [
  what: string,
  proof: Proof,
  credential: Credential,
  reason: Reason | undefined,
])[] = [
  ['a device key', key.sign(command), key.credential, undefined],
  ['a device key over another command', key.sign(other), key.credential, 'badProof'],
  ['another device key', deviceKey(9).sign(command), key.credential, 'badProof'],
  ['a passkey', phone.sign(command), phone.credential, undefined],
  ['a passkey over another command', phone.sign(other), phone.credential, 'badProof'],
  ['another passkey', passkey(2).sign(command), phone.credential, 'badProof'],
  [
    'a passkey without a relying party in the policy',
    phone.sign(command),
    elsewhere,
    'wrongOrigin',
  ],
  [
    'a passkey on another page',
    phone.signWith({ origin: 'https://evil.example' })(command),
    phone.credential,
    'wrongOrigin',
  ],
  [
    'a passkey without finger or face',
    phone.signWith({ flags: 0x01 })(command),
    phone.credential,
    'noUserVerification',
  ],
  [
    'a passkey without presence',
    phone.signWith({ flags: 0x04 })(command),
    phone.credential,
    'noUserVerification',
  ],
  [
    'a passkey that was being made, not used',
    phone.signWith({ type: 'webauthn.create' })(command),
    phone.credential,
    'badProof',
  ],
  ['a passkey whose client data is none', notJson, phone.credential, 'badProof'],
  ['a key where the policy has a passkey', key.sign(command), phone.credential, 'badProof'],
  ['a passkey where the policy has a key', phone.sign(command), key.credential, 'badProof'],
  ['a key where the policy has a code', key.sign(command), pinCredential(1), 'badProof'],
  ['a ticket for a credential', link.sign(command), key.credential, 'badProof'],
]

for (const [what, proof, credential, reason] of rows) {
  test(`proof: ${what}: ${reason ?? 'good'}`, () => {
    const fault = credentialProofFault(crypto, command, proof, credential, [relyingParty])
    assert.equal(fault, reason)
  })
}

test('a ticket proves its own invitation and its own command only', () => {
  const invitation = {
    id: idOf(3),
    userId: idOf(4),
    ticketPublicKey: link.publicKey,
    notAfterMs: 1,
  }
  const verdicts = [link.sign(command), link.sign(other), ticket(5).sign(command)].map((proof) => {
    assert.ok(proof.type === 'ticket')
    return ticketProofFault(crypto, command, proof, invitation)
  })
  assert.deepEqual(verdicts, [undefined, 'badProof', 'badProof'])
})
