import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { encodeClaimText } from '@mortise/protocol/wire'
import { KeyholderError } from '#keyholder/errors.ts'
import { refusedFor, rejectsWith } from '#keyholder/testing/expect.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { claim, readClaimText } from './claim.ts'

suite('claim', () => {
  test('takes a lock, makes the person its owner and remembers its keys', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const { contact, policy, receipt } = await world.claim()
    assert.equal(receipt?.outcome, 'done')
    assert.deepEqual(world.lock.policy, policy)
    assert.equal(policy.users[0]?.role, 'owner')
    const known = await world.device.memory.read(world.lock.lockId)
    assert.deepEqual(known?.lockKey, world.lock.lockKey)
    assert.deepEqual(known?.sealingKey, world.lock.sealingKey)
    assert.equal(known?.metBy, 'claim')
    assert.equal(known?.policy?.version, 1)
    assert.ok(contact.challenge, 'the first tap needs no question')
  })

  test('never sends the setup code', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const { setupCode } = readClaimText(world.device, world.lock.claimText)
    await world.claim()
    const [request] = world.hub.relayed.map((sealed) => world.lock.open(sealed))
    assert.ok(request?.type === 'signed')
    assert.ok(!Buffer.from(request.command).includes(Buffer.from(setupCode)))
  })

  test('is refused with the reason of a lock that has an owner, and remembers nothing', async () => {
    const world = createTestWorld(nodeSealCrypto)
    await world.claim()
    const { device, credential } = world.anotherDevice()
    const options = {
      doorName: 'Mine',
      timeZone: 'UTC',
      ownerName: 'Eve',
      credentials: [credential],
      relyingParties: [],
    } as const
    await refusedFor(claim(device, world.lock.claimText, options), 'alreadyClaimed')
    assert.deepEqual(await device.memory.list(), [])
  })

  for (const text of ['', 'mortise1.', 'hello', 'mortise1.AAAA', 'mortise-hub1.AAAA']) {
    test(`refuses the text ${JSON.stringify(text)}`, () => {
      const world = createTestWorld(nodeSealCrypto)
      assert.throws(
        () => readClaimText(world.device, text),
        (error) => error instanceof KeyholderError && error.code === 'claimTextWrong',
      )
    })
  }

  test('refuses a text with a sealing key that everybody can open', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const { lockKey } = world.lock
    const text = encodeClaimText((...parts) => nodeSealCrypto.sha256(...parts), {
      lockKey,
      sealingKey: new Uint8Array(32),
      setupCode: new Uint8Array(16),
    })
    const options = {
      doorName: 'Door',
      timeZone: 'UTC',
      ownerName: 'Ada',
      credentials: [world.credential],
      relyingParties: [],
    } as const
    await rejectsWith(claim(world.device, text, options), 'wrongLock')
  })

  test('finds out by a fresh state that it succeeded when the receipt is lost', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const relay = world.hub.relay.bind(world.hub)
    let lost = false
    world.hub.relay = async (lockId, sealed) => {
      const reply = await relay(lockId, sealed)
      if (lost) return reply
      lost = true
      throw new KeyholderError('noAnswer')
    }
    const { receipt, contact } = await world.claim()
    assert.equal(receipt, undefined)
    assert.equal(contact.known.policy?.version, 1)
  })

  test('does not take the claim of somebody else for its own when the request is lost', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const relay = world.hub.relay.bind(world.hub)
    world.hub.relay = async (lockId, sealed) => {
      world.hub.relay = relay
      const other = world.anotherDevice()
      await claim(other.device, world.lock.claimText, {
        doorName: 'Mine',
        timeZone: 'UTC',
        ownerName: 'Eve',
        credentials: [other.credential],
        relyingParties: [],
      })
      assert.ok(sealed.length > 0 && lockId.length > 0)
      throw new KeyholderError('noAnswer')
    }
    await rejectsWith(world.claim(), 'noAnswer')
    assert.deepEqual(await world.device.memory.list(), [])
  })

  test('is not fooled by a lock with other keys behind the same hub', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const impostor = createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs())
    world.hub.relay = async (_lockId, sealed) => impostor.answer(sealed)
    await rejectsWith(world.claim(), 'requestUndeliverable')
  })
})
