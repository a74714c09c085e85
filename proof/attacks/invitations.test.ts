import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import {
  acceptInvitation,
  changePolicy,
  draftInvitedPerson,
  lookAtInvitation,
  meetLock,
  operate,
  readInvitation,
  removeCredential,
  withdrawInvitation,
} from '@mortise/keyholder'
import type { HubPort } from '@mortise/keyholder'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { encodeInvitationText } from '@mortise/protocol/wire'
import type { InvitationText } from '@mortise/protocol/wire'
import { directHub } from '#proof/testing/direct-hub.ts'
import { foundHousehold, phoneClock } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { createPerson } from '#proof/testing/person.ts'
import { verdictOf } from './members.ts'

const hourMs = 3_600_000

/** Invites Ivy at a door, with a link that works for an hour. */
async function invite({ contact, test: current }: Household) {
  const notAfterMs = phoneClock(current)() + hourMs
  const person = { name: 'Ivy' }
  const draft = draftInvitedPerson(contact.device, current().lock, person, { notAfterMs })
  await changePolicy(contact, draft)
  return draft
}

/** Two doors, each with a lock of its own keys. */
async function twoHouses(): Promise<readonly [Household, Household]> {
  return [await foundHousehold({ number: 1 }), await foundHousehold({ number: 2 })]
}

/** A new device of somebody who got hold of a link. */
function bearer({ test: current }: Household, hub: HubPort = directHub(current)) {
  return createPerson({ name: 'whoever', hub, nowMs: phoneClock(current) })
}

function accept(household: Household, text: string, hub?: HubPort): Promise<string> {
  const { device, credential } = bearer(household, hub)
  return verdictOf(acceptInvitation(device, text, credential))
}

/** The same link with something else in it, as whoever passes it on could make it. */
function altered(text: string, change: Partial<InvitationText>): string {
  const { lockId: _, ...carried } = readInvitation({ crypto }, text)
  return encodeInvitationText((...parts) => crypto.sha256(...parts), { ...carried, ...change })
}

describe('a link in the wrong hands (guest; P6, P9; rows 29, 80)', () => {
  test('attaches a key while it is open: that is what it is for', async () => {
    const household = await foundHousehold()
    assert.equal(await accept(household, (await invite(household)).text), 'done')
  })

  test('attaches nothing after it was used, withdrawn, or its key was taken away', async () => {
    const household = await foundHousehold()
    const { contact } = household
    const used = await invite(household)
    const first = bearer(household)
    const accepted = await acceptInvitation(first.device, used.text, first.credential)
    assert.equal(await accept(household, used.text), 'unknownInvitation')

    // The lost phone goes in one step, and the link does not bring it back.
    const edit = removeCredential(used.userId, first.credential.id)
    await changePolicy(contact, { edit, pins: [] })
    assert.equal(await verdictOf(operate(accepted.contact, 'lock')), 'unknownCredential')
    assert.equal(await accept(household, used.text), 'unknownInvitation')

    const withdrawn = await invite(household)
    await changePolicy(contact, { edit: withdrawInvitation(withdrawn.invitationId), pins: [] })
    assert.equal(await accept(household, withdrawn.text), 'unknownInvitation')
    assert.equal(await verdictOf(operate(contact, 'lock')), 'done')
  })

  test('proves nothing with another ticket of the same door', async () => {
    const household = await foundHousehold()
    const own = readInvitation({ crypto }, (await invite(household)).text)
    const other = (await invite(household)).text
    const forged = altered(other, { ticketSeed: own.ticketSeed })
    assert.equal(await accept(household, forged), 'badProof')
  })
})

describe('a hub in the place of the lock of a link (hub root; P2, P9; row 84)', () => {
  test('delivers nothing to the lock of another house', async () => {
    const [ours, theirs] = await twoHouses()
    const { text } = await invite(ours)
    // The hub takes the request for ours to theirs, where an invitation stands open as well.
    await invite(theirs)
    const astray = bearer(ours, directHub(theirs.test))
    await assert.rejects(lookAtInvitation(astray.device, text), { code: 'requestUndeliverable' })
    await assert.rejects(acceptInvitation(astray.device, text, astray.credential), {
      code: 'requestUndeliverable',
    })
    assert.deepEqual(await astray.device.memory.list(), [])
    assert.equal(await accept(ours, text), 'done', 'the link is as good as before')
  })

  test('cannot put its own keys into the place of those in the link', async () => {
    const [ours, theirs] = await twoHouses()
    const { text } = await invite(ours)
    const { device, credential } = bearer(ours)
    const { contact } = await acceptInvitation(device, text, credential)
    const { lockKey } = ours.test().lock
    const { sealingKey } = theirs.test().lock
    await assert.rejects(meetLock(device, { lockKey, sealingKey }, { metBy: 'firstUse' }), {
      code: 'lockKeyChanged',
    })
    const { lockId } = contact
    await assert.rejects(meetLock(device, theirs.test().lock, { metBy: 'firstUse', lockId }), {
      code: 'wrongLock',
    })
    assert.equal(await verdictOf(operate(contact, 'lock')), 'done')
  })

  test('a link whose keys were swapped on the way leads to no answer that is believed', async () => {
    const [ours, theirs] = await twoHouses()
    const { text } = await invite(ours)
    const { lockKey, sealingKey } = theirs.test().lock
    // Sealed to the hub's friend, and signed by them: not the lock whose name stands in the link.
    const sealedElsewhere = altered(text, { sealingKey })
    const { device } = bearer(ours, directHub(theirs.test))
    await assert.rejects(lookAtInvitation(device, sealedElsewhere), {
      code: 'requestUndeliverable',
    })
    // Wholly another lock: it knows no such invitation.
    const elsewhere = altered(text, { lockKey, sealingKey })
    assert.equal(await verdictOf(lookAtInvitation(device, elsewhere)), 'unknownInvitation')
  })

  test('cannot turn the signature that lets people in at the hub into an acceptance', async () => {
    const household = await foundHousehold()
    const { text } = await invite(household)
    const { lockId, invitationId, ticketSeed } = readInvitation({ crypto }, text)
    const { device, credential } = bearer(household)
    // All that the hub ever gets: a signature over its own nonce, under the label of an entry.
    const heard = (nonce: Uint8Array) =>
      crypto.signEd25519(ticketSeed, ticketEntryInput(nonce, lockId, invitationId))
    const hubsDevice = {
      ...device,
      crypto: { ...crypto, signEd25519: (_: Uint8Array, hash: Uint8Array) => heard(hash) },
    }
    assert.equal(await verdictOf(acceptInvitation(hubsDevice, text, credential)), 'badProof')
    assert.equal(await accept(household, text), 'done')
  })
})
