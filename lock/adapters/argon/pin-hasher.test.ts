import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import { test } from 'node:test'
import { pinHasherContract } from '#lock/ports/pin-hasher.contract.ts'
import { ARGON2ID, createPinHasher } from './pin-hasher.ts'

pinHasherContract('argon2id of node:crypto', createPinHasher)

test('node:crypto computes Argon2id as RFC 9106 section 5.3 has it', () => {
  const tag = argon2Sync('argon2id', {
    message: new Uint8Array(32).fill(1),
    nonce: new Uint8Array(16).fill(2),
    secret: new Uint8Array(8).fill(3),
    associatedData: new Uint8Array(12).fill(4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  })
  assert.equal(
    tag.toString('hex'),
    '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659',
  )
})

test('a code is the message, the salt the nonce, the pepper the secret', async () => {
  const pinSalt = new Uint8Array(16).fill(5)
  const pinPepper = new Uint8Array(32).fill(6)
  const expected = argon2Sync('argon2id', {
    message: '739146',
    nonce: pinSalt,
    secret: pinPepper,
    memory: 19 * 1024,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  })
  assert.deepEqual(ARGON2ID, { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 })
  const tag = await createPinHasher({ pinSalt, pinPepper }).hash('739146')
  assert.equal(tag.toHex(), expected.toString('hex'))
})
