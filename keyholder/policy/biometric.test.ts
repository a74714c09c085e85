import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { ask } from '#keyholder/contact/ask.ts'
import { beginEnrolment, enrolmentIn } from '#keyholder/contact/operate.ts'
import { refusedFor } from '#keyholder/testing/expect.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { changePolicy } from './change.ts'
import { draftBiometric } from './drafts.ts'

async function claimed() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  return { world, contact }
}

suite('a finger', () => {
  const finger = { type: 'fingerprint', name: 'right thumb' } as const

  test('is learned first, followed touch by touch, and signed for after', async () => {
    const { world, contact } = await claimed()
    const userId = world.lock.policy?.users[0]?.id
    assert.ok(userId)
    const draft = draftBiometric(world.device, userId, finger)
    await refusedFor(changePolicy(contact, draft), 'notEnrolled')
    const { state } = await beginEnrolment(contact, draft.order)
    assert.equal(enrolmentIn(state, draft.credentialId)?.stage, 'capturing')
    const progress = async (next: Parameters<typeof world.lock.enrolmentGoes>[0]) => {
      world.lock.enrolmentGoes(next)
      return enrolmentIn((await ask(contact)).state, draft.credentialId)
    }
    assert.equal((await progress({ captured: 1, needed: 3 }))?.captured, 1)
    assert.equal((await progress({ stage: 'enrolled' }))?.stage, 'enrolled')
    await changePolicy(contact, draft)
    const listed = world.lock.policy?.users[0]?.credentials.at(-1)
    assert.deepEqual(listed, {
      ...finger,
      id: draft.credentialId,
      createdAtMs: world.device.clock.nowMs(),
    })
    assert.equal(await progress(undefined), undefined)
  })

  test('of somebody else that the reader learns meanwhile is not taken for it', async () => {
    const { world, contact } = await claimed()
    const userId = world.lock.policy?.users[0]?.id
    assert.ok(userId)
    const [first, second] = [finger, finger].map((wish) =>
      draftBiometric(world.device, userId, wish),
    )
    assert.ok(first && second)
    await beginEnrolment(contact, first.order)
    const { state } = await beginEnrolment(contact, second.order)
    assert.equal(enrolmentIn(state, first.credentialId), undefined)
    assert.equal(enrolmentIn(state, second.credentialId)?.stage, 'capturing')
  })
})
