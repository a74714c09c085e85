import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { PolicyReport } from '@mortise/protocol/wire'
import { policyMessage, policyReportMessage, signedStatementMessage } from '@mortise/protocol/wire'
import { ask } from '#keyholder/contact/ask.ts'
import { KeyholderError } from '#keyholder/errors.ts'
import { refusedFor, rejectsWith } from '#keyholder/testing/expect.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import type { TestWorld } from '#keyholder/testing/test-world.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { changePolicy, commitChange, isConflict, proposeChange } from './change.ts'
import { draftCode, draftPerson, draftVisitorCode } from './drafts.ts'
import { changeSettings, changeUser, removeUser } from './edits.ts'
import { findOwnCredential, readPolicy } from './read.ts'

async function claimed() {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  return { world, contact }
}

const noPins = (edit: Parameters<typeof changePolicy>[1]['edit']) => ({ edit, pins: [] })

suite('changePolicy', () => {
  test('gives a visitor a code, whose digits travel beside the policy and not in it', async () => {
    const { world, contact } = await claimed()
    const nowMs = world.device.clock.nowMs()
    const validity = { notBeforeMs: nowMs, notAfterMs: nowMs + 3_600_000 }
    const draft = draftVisitorCode(world.device, { name: 'Plumber', validity })
    const { version } = await changePolicy(contact, draft)
    assert.equal(version, 2)
    const visitor = world.lock.policy?.users[1]
    assert.equal(visitor?.role, 'guest')
    assert.deepEqual(visitor.validity, validity)
    assert.deepEqual(world.lock.pins, [{ credentialId: draft.credentialId, pin: draft.pin }])
    assert.ok(world.lock.policy)
    const encoded = policyMessage.encode(world.lock.policy)
    assert.ok(!Buffer.from(encoded).includes(draft.pin))
  })

  test('replaces a code by a new credential', async () => {
    const { world, contact } = await claimed()
    const first = draftVisitorCode(world.device, { name: 'Plumber' })
    await changePolicy(contact, first)
    const second = draftCode(world.device, first.userId, { replaces: first.credentialId })
    await changePolicy(contact, second)
    const ids = world.lock.policy?.users[1]?.credentials.map((credential) => credential.id)
    assert.deepEqual(ids, [second.credentialId])
  })

  test('refuses a code that can be guessed before anything is sent', async () => {
    const { world, contact } = await claimed()
    const before = world.hub.relayed.length
    assert.throws(() => draftVisitorCode(world.device, { name: 'X' }, { pin: '123456' }), {
      code: 'pinUnfit',
    })
    const pins = [{ credentialId: new Uint8Array(16), pin: '111111' }]
    await rejectsWith(
      changePolicy(contact, { edit: changeSettings({ doorName: 'X' }), pins }),
      'pinUnfit',
    )
    assert.equal(world.hub.relayed.length, before)
  })

  test('makes its change once more on the change of somebody else', async () => {
    const { world, contact } = await claimed()
    const draft = draftVisitorCode(world.device, { name: 'Plumber' })
    beforeCommit(world, () => world.lock.putPolicy(changeSettings({ doorName: 'Gate' })))
    const { version } = await changePolicy(contact, draft)
    assert.equal(version, 3)
    assert.equal(world.lock.policy?.doorName, 'Gate')
    assert.equal(world.lock.policy?.users.length, 2)
  })

  test('leaves it to the person when both changed the same', async () => {
    const { world, contact } = await claimed()
    beforeCommit(world, () => world.lock.putPolicy(changeSettings({ doorName: 'Gate' })))
    await rejectsWith(
      changePolicy(contact, noPins(changeSettings({ doorName: 'Door' }))),
      'policyConflict',
    )
    assert.equal(world.lock.policy?.doorName, 'Gate')
  })

  test('different settings do not stand in each other’s way', async () => {
    const { world, contact } = await claimed()
    beforeCommit(world, () => world.lock.putPolicy(changeSettings({ doorName: 'Gate' })))
    await changePolicy(contact, noPins(changeSettings({ autoRelockTime: 60 })))
    assert.equal(world.lock.policy?.doorName, 'Gate')
    assert.equal(world.lock.policy?.settings.autoRelockTime, 60)
  })

  test('does not fight: a second conflict is told', async () => {
    const { world, contact } = await claimed()
    beforeCommit(
      world,
      () => world.lock.putPolicy(changeSettings({ doorName: 'Gate' })),
      () => world.lock.putPolicy(changeSettings({ doorName: 'Portal' })),
    )
    const draft = draftVisitorCode(world.device, { name: 'Plumber' })
    await refusedFor(changePolicy(contact, draft), 'policyConflict')
  })

  test('a person sees the conflict and proposes anew', async () => {
    const { world, contact } = await claimed()
    const change = noPins(changeSettings({ doorName: 'Door 2' }))
    const proposal = await proposeChange(contact, change)
    assert.deepEqual(
      proposal.preview.differences.map(({ kind }) => kind),
      ['settingChanged'],
    )
    world.lock.putPolicy(changeSettings({ doorName: 'Gate' }))
    await assert.rejects(commitChange(contact, proposal), isConflict)
    await commitChange(contact, await proposeChange(contact, change))
    assert.equal(world.lock.policy?.doorName, 'Door 2')
  })

  test('says when the edit no longer fits', async () => {
    const { world, contact } = await claimed()
    const draft = draftPerson(world.device, { name: 'Ben' }, [])
    await changePolicy(contact, draft)
    const rename = noPins(changeUser(draft.user.id, { name: 'Benjamin' }))
    beforeCommit(world, () => world.lock.putPolicy(removeUser(draft.user.id)))
    await rejectsWith(changePolicy(contact, rename), 'editImpossible')
  })

  const losses: Readonly<Record<string, () => Uint8Array>> = {
    'is lost': () => {
      throw new KeyholderError('noAnswer')
    },
    'is held back by a hub that says nothing arrived': () => {
      throw new KeyholderError('lockOffline')
    },
    'is damaged': () => new Uint8Array(100),
  }
  for (const [what, lose] of Object.entries(losses)) {
    test(`finds out by a fresh state that it is in force when the receipt ${what}`, async () => {
      const { world, contact } = await claimed()
      const proposal = await proposeChange(contact, noPins(changeSettings({ doorName: 'Gate' })))
      const relay = world.hub.relay.bind(world.hub)
      world.hub.relay = async (lockId, sealed) => {
        await relay(lockId, sealed)
        world.hub.relay = relay
        return lose()
      }
      assert.deepEqual(await commitChange(contact, proposal), { version: 2 })
    })
  }

  test('does not claim success when neither receipt nor state comes', async () => {
    const { world, contact } = await claimed()
    const proposal = await proposeChange(contact, noPins(changeSettings({ doorName: 'Gate' })))
    world.hub.relay = () => Promise.reject(new KeyholderError('noAnswer'))
    await rejectsWith(commitChange(contact, proposal), 'noAnswer')
  })
})

/** Lets things happen right before the next commands arrive, one before each. */
function beforeCommit(world: TestWorld, ...happenings: (() => void)[]): void {
  const relay = world.hub.relay.bind(world.hub)
  world.hub.relay = (lockId, sealed) => {
    if (world.lock.open(sealed).type === 'signed') happenings.shift()?.()
    return relay(lockId, sealed)
  }
}

/** The lock's true report with something changed, signed by the lock itself. */
function altered(world: TestWorld, change: (report: PolicyReport) => PolicyReport): Uint8Array {
  const { body } = signedStatementMessage.decode(world.lock.signedReport())
  const report = change(policyReportMessage.decode(body))
  return world.lock.sign('policyReport', policyReportMessage.encode(report))
}

suite('readPolicy', () => {
  test('says what is in force, what is not confirmed, and what is outdated', async () => {
    const { world, contact } = await claimed()
    const old = world.lock.signedReport()
    const { state } = await ask(contact)
    assert.equal((await readPolicy(contact)).standing, 'unconfirmed')
    assert.equal((await readPolicy(contact, state)).standing, 'inForce')
    world.lock.putPolicy(changeSettings({ doorName: 'Gate' }))
    const newer = (await ask(contact)).state
    world.hub.policyReport = () => Promise.resolve(old)
    assert.equal((await readPolicy(contact, newer)).standing, 'outdated')
    assert.equal((await readPolicy(contact)).standing, 'outdated', 'as this device remembers')
    await rejectsWith(
      proposeChange(contact, noPins(changeSettings({ doorName: 'X' }))),
      'policyOutdated',
    )
  })

  const lies: Record<string, readonly [string, (world: TestWorld) => Uint8Array]> = {
    'signed by another lock': [
      'policyForged',
      (world) => createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs()).signedReport(),
    ],
    'that is a signed state': ['policyForged', (world) => world.lock.signedState()],
    'that is noise': ['policyForged', () => Uint8Array.of(1)],
    'of another lock id': [
      'wrongLock',
      (world) => altered(world, (report) => ({ ...report, lockId: new Uint8Array(32) })),
    ],
    'with another version than its policy': [
      'policyForged',
      (world) => altered(world, (report) => ({ ...report, version: 2 })),
    ],
    'with a second policy of the same version': [
      'policyForked',
      (world) =>
        altered(world, (report) => {
          const policy = { ...policyMessage.decode(report.policy), doorName: 'Other' }
          return { ...report, policy: policyMessage.encode(policy) }
        }),
    ],
  }
  for (const [what, [code, lie]] of Object.entries(lies)) {
    test(`refuses a report ${what}`, async () => {
      const { world, contact } = await claimed()
      const signed = lie(world)
      world.hub.policyReport = () => Promise.resolve(signed)
      await assert.rejects(readPolicy(contact), { code })
    })
  }

  test('finds whose device this is', async () => {
    const { world, contact } = await claimed()
    const reading = await readPolicy(contact)
    const isMine = ({ id }: { readonly id: Uint8Array }) => id === world.credential.id
    assert.equal(findOwnCredential(reading, isMine), undefined)
    const found = findOwnCredential(reading, ({ type }) => type === 'deviceKey')
    assert.equal(found?.user.name, 'Ada')
    assert.deepEqual(found?.credential, world.credential)
  })
})
