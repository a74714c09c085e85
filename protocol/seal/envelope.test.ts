import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openReply, openRequest, sealReply, sealRequest } from '#protocol/seal/envelope.ts'
import { signStatement } from '#protocol/seal/sign-statement.ts'
import { verifyStatement } from '#protocol/seal/statement.ts'
import { WireError } from '#protocol/wire/errors.ts'

const lockId = new Uint8Array(32).fill(1)
const otherLockId = new Uint8Array(32).fill(2)
const privateKey = crypto.randomBytes(32)
const publicKey = crypto.x25519PublicKey(privateKey)
const plain = new TextEncoder().encode('a request to the lock')

test('a request opens at its lock only', () => {
  const sealed = sealRequest(crypto, lockId, publicKey, plain)
  assert.deepEqual(openRequest(crypto, lockId, privateKey, sealed), plain)
  assert.equal(openRequest(crypto, otherLockId, privateKey, sealed), undefined)
  assert.equal(openRequest(crypto, lockId, crypto.randomBytes(32), sealed), undefined)
})

test('a request never opens as a reply, nor a reply as a request', () => {
  assert.equal(
    openReply(crypto, lockId, privateKey, sealRequest(crypto, lockId, publicKey, plain)),
    undefined,
  )
  assert.equal(
    openRequest(crypto, lockId, privateKey, sealReply(crypto, lockId, publicKey, plain)),
    undefined,
  )
})

test('sealing the same request twice gives different bytes', () => {
  assert.notDeepEqual(
    sealRequest(crypto, lockId, publicKey, plain),
    sealRequest(crypto, lockId, publicKey, plain),
  )
})

test('no flipped byte of a sealed request opens', () => {
  const sealed = sealRequest(crypto, lockId, publicKey, plain)
  for (let index = 0; index < sealed.length; index += 1) {
    const spoilt = sealed.with(index, (sealed[index] ?? 0) ^ 0x01)
    assert.equal(opensOrIsRefused(spoilt), undefined, `byte ${index}`)
  }
})

function opensOrIsRefused(sealed: Uint8Array): Uint8Array | undefined {
  try {
    return openRequest(crypto, lockId, privateKey, sealed)
  } catch (error) {
    assert.ok(error instanceof WireError)
    return undefined
  }
}

test('a statement verifies under its own label and key only', () => {
  const seed = crypto.randomBytes(32)
  const key = crypto.ed25519PublicKey(seed)
  const signed = signStatement(crypto, 'state', seed, plain)
  assert.deepEqual(verifyStatement(crypto, 'state', key, signed), plain)
  assert.equal(verifyStatement(crypto, 'reply', key, signed), undefined)
  assert.equal(
    verifyStatement(crypto, 'state', crypto.ed25519PublicKey(crypto.randomBytes(32)), signed),
    undefined,
  )
})
