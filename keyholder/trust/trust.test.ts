import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { commandHash } from '@mortise/protocol/verify'
import { labelled } from '@mortise/protocol/wire'
import { rejectsWith } from '#keyholder/testing/expect.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { deviceKeyProver, signHubNonce } from './device-key.ts'
import { meetLock } from './meet.ts'
import { safetyCode } from './safety-code.ts'

suite('meetLock', () => {
  test('believes the hub on first use, and says so', async () => {
    const { device, lock } = createTestWorld(nodeSealCrypto)
    const known = await meetLock(device, lock, { metBy: 'firstUse', lockId: lock.lockId })
    assert.equal(known.metBy, 'firstUse')
    assert.deepEqual(await device.memory.read(lock.lockId), known)
  })

  test('is loud when the sealing key of a known lock is another one', async () => {
    const { device, lock } = createTestWorld(nodeSealCrypto)
    await meetLock(device, lock, { metBy: 'firstUse' })
    const { sealingKey } = createFakeLock(nodeSealCrypto, () => 0)
    const swapped = { lockKey: lock.lockKey, sealingKey }
    for (const metBy of ['firstUse', 'invitation', 'claim'] as const) {
      await rejectsWith(meetLock(device, swapped, { metBy }), 'lockKeyChanged')
    }
    assert.deepEqual((await device.memory.read(lock.lockId))?.sealingKey, lock.sealingKey)
  })

  test('refuses keys that do not belong to the announced id', async () => {
    const { device, lock } = createTestWorld(nodeSealCrypto)
    const other = createFakeLock(nodeSealCrypto, () => 0)
    const met = meetLock(device, other, { metBy: 'firstUse', lockId: lock.lockId })
    await rejectsWith(met, 'wrongLock')
  })

  test('refuses a sealing key that everybody can open', async () => {
    const { device, lock } = createTestWorld(nodeSealCrypto)
    const keys = { lockKey: lock.lockKey, sealingKey: new Uint8Array(32) }
    await rejectsWith(meetLock(device, keys, { metBy: 'firstUse' }), 'wrongLock')
  })

  test('an invitation raises what the hub only said, and never the other way', async () => {
    const { device, lock } = createTestWorld(nodeSealCrypto)
    await meetLock(device, lock, { metBy: 'firstUse' })
    assert.equal((await meetLock(device, lock, { metBy: 'invitation' })).metBy, 'invitation')
    assert.equal((await meetLock(device, lock, { metBy: 'firstUse' })).metBy, 'invitation')
  })
})

suite('safetyCode', () => {
  test('is a golden value of both keys', () => {
    const keys = { lockKey: new Uint8Array(32).fill(1), sealingKey: new Uint8Array(32).fill(2) }
    const code = safetyCode(nodeSealCrypto, keys)
    assert.match(code, /^(\d{5} ){5}\d{5}$/)
    assert.equal(code, '87535 38426 86305 20072 53591 50152')
  })

  test('changes with either key', () => {
    const one = createFakeLock(nodeSealCrypto, () => 0)
    const two = createFakeLock(nodeSealCrypto, () => 0)
    const codes = [
      one,
      { lockKey: one.lockKey, sealingKey: two.sealingKey },
      { lockKey: two.lockKey, sealingKey: one.sealingKey },
    ].map((keys) => safetyCode(nodeSealCrypto, keys))
    assert.equal(new Set(codes).size, 3)
  })
})

suite('a device key', () => {
  test('signs only for the credential that it is', async () => {
    const { credential } = createTestWorld(nodeSealCrypto)
    const prover = deviceKeyProver(nodeSealCrypto, nodeSealCrypto.randomBytes(32))
    await rejectsWith(prover.prove(new Uint8Array(32), credential), 'proofUnavailable')
  })

  test('signs in with bytes that can be no command', () => {
    const seed = nodeSealCrypto.randomBytes(32)
    const publicKey = nodeSealCrypto.ed25519PublicKey(seed)
    const hash = commandHash(nodeSealCrypto, Uint8Array.of(1))
    for (const purpose of ['signIn', 'registration'] as const) {
      const signature = signHubNonce(nodeSealCrypto, seed, purpose, hash)
      assert.ok(nodeSealCrypto.verifyEd25519(publicKey, labelled(purpose, hash), signature))
      assert.ok(!nodeSealCrypto.verifyEd25519(publicKey, hash, signature))
    }
  })
})
