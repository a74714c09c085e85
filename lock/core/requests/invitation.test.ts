import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { policyMessage } from '@mortise/protocol/wire'
import type { BiometricType, Credential, Reason } from '@mortise/protocol/words'
import {
  deviceKey,
  idOf,
  nextPolicy,
  passkey,
  person,
  pinCredential,
  policyOf,
  ticket,
  withUser,
} from '@mortise/access/testing'
import type { Signer } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const guest = person(2, 'guest', { credentials: [] }).user
const link = ticket(9)
const invitation = {
  id: idOf(9),
  userId: guest.id,
  ticketPublicKey: link.publicKey,
  notAfterMs: startWallMs + 1000,
}
const policy = policyOf([owner.user, guest], { invitations: [invitation] })
const key = deviceKey(7)

function accept(
  lock: TestLock,
  credential: Credential = key.credential,
  sign: Signer = link.sign,
): Reason {
  const reply = lock.ask({ invitationId: invitation.id })
  assert.ok(reply.type === 'answer')
  const challenge = reply.challenge ?? new Uint8Array(32)
  lock.sendBytes(lock.command({ type: 'acceptInvitation', credential }, challenge), sign)
  return lock.receipt().reason
}

function biometric(type: BiometricType): Credential {
  return { type, id: idOf(7), createdAtMs: 1, name: type }
}

const many = Array.from({ length: 10 }, (_, index) => deviceKey(60 + index).credential)
const fullPolicy = { ...policy, users: withUser(policy.users, guest.id, { credentials: many }) }
const disabled = {
  ...policy,
  users: withUser(policy.users, guest.id, { userStatus: 'occupiedDisabled' }),
}

const rows: readonly (readonly [
  what: string,
  act: (lock: TestLock) => Reason,
  reason: Reason,
  from?: typeof policy,
])[] = [
  ['a device key', (lock) => accept(lock), 'granted'],
  ['a passkey', (lock) => accept(lock, passkey(7).credential), 'granted'],
  ['another ticket', (lock) => accept(lock, key.credential, ticket(8).sign), 'unknownInvitation'],
  ['a forged ticket', (lock) => accept(lock, key.credential, forged), 'badProof'],
  [
    'a member’s key instead of the ticket',
    (lock) => accept(lock, key.credential, owner.sign),
    'badProof',
  ],
  ['a code', (lock) => accept(lock, pinCredential(7)), 'policyInvalid'],
  ['a finger', (lock) => accept(lock, biometric('fingerprint')), 'policyInvalid'],
  ['a face', (lock) => accept(lock, biometric('face')), 'policyInvalid'],
  [
    'a key that is somebody’s',
    (lock) => accept(lock, { ...deviceKey(1).credential, id: idOf(7) }),
    'policyInvalid',
  ],
  [
    'an id that is somebody’s',
    (lock) => accept(lock, { ...key.credential, id: idOf(1) }),
    'policyInvalid',
  ],
  [
    'a passkey of another relying party',
    (lock) => accept(lock, { ...passkey(7).credential, relyingPartyId: 'x' }),
    'policyInvalid',
  ],
  ['for a disabled user', (lock) => accept(lock), 'userDisabled', disabled],
  ['one credential too many', (lock) => accept(lock), 'policyInvalid', fullPolicy],
  [
    'after its end',
    (lock) => {
      lock.advance(1000)
      return accept(lock)
    },
    'invitationExpired',
  ],
  [
    'at an uncertain time',
    (lock) => {
      lock.wallMs = undefined
      return accept(lock)
    },
    'timeUncertain',
  ],
]

function forged(): ReturnType<Signer> {
  return { type: 'ticket', invitationId: invitation.id, signature: new Uint8Array(64) }
}

describe('an invitation is accepted with', () => {
  for (const [what, act, reason, from = policy] of rows) {
    test(`${what}: ${reason}`, () => {
      const lock = claimedLock(owner, from)
      assert.equal(act(lock), reason)
      assert.equal(lock.store.bindings.length, reason === 'granted' ? 1 : 0)
      assert.equal(lock.entriesOf('invitationAccepted').length, reason === 'granted' ? 1 : 0)
    })
  }

  test('its key opens the door from then on, also after a restart', () => {
    const lock = claimedLock(owner, policy)
    accept(lock)
    assert.ok(lock.effects.some(({ type }) => type === 'publishPolicy'))
    const challenge = lock.receipt().nextChallenge
    assert.ok(challenge !== undefined)
    lock.sendBytes(lock.command({ type: 'unlock' }, challenge), key.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    lock.boot()
    lock.send(
      { user: { ...guest, credentials: [key.credential] }, sign: key.sign },
      { type: 'lock' },
    )
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    assert.equal(lock.lastEntry().userName, 'guest 2')
  })

  test('its ticket once only', () => {
    const lock = claimedLock(owner, policy)
    accept(lock)
    assert.equal(accept(lock, deviceKey(8).credential), 'unknownInvitation')
    assert.equal(lock.ask({ invitationId: invitation.id }).type, 'answer')
  })

  test('a refused attempt leaves the ticket good', () => {
    const lock = claimedLock(owner, policy)
    accept(lock, pinCredential(7))
    assert.equal(accept(lock), 'granted')
  })

  test('nothing on a lock without owner', () => {
    const lock = new TestLock()
    assert.equal(accept(lock), 'notClaimed')
  })

  test('and waits while a change is being hashed', () => {
    const lock = claimedLock(owner, policy)
    const credentials = [...owner.user.credentials, pinCredential(5)]
    const after = nextPolicy(policy, {
      users: withUser(policy.users, owner.user.id, { credentials }),
    })
    const pins = [{ credentialId: idOf(5), pin: '739184' }]
    lock.send(owner, { type: 'changePolicy', policy: policyMessage.encode(after), pins })
    assert.equal(accept(lock), 'busy')
  })
})

describe('a bound key', () => {
  const adopted = withUser(policy.users, guest.id, { credentials: [key.credential] })
  const rowsAfter = [
    ['dies with its user', { users: [owner.user], invitations: [] }, 0, 'unknownCredential'],
    ['dies with its invitation', { invitations: [] }, 0, 'unknownCredential'],
    ['lives on when the policy adopts it', { users: adopted, invitations: [] }, 0, 'granted'],
    ['lives on through other changes', { doorName: 'x' }, 1, 'granted'],
  ] as const
  for (const [what, fields, bindings, reason] of rowsAfter) {
    test(what, () => {
      const lock = claimedLock(owner, policy)
      accept(lock)
      assert.equal(lock.changePolicy(owner, nextPolicy(policy, fields)), 'granted')
      assert.equal(lock.store.bindings.length, bindings)
      const reply = lock.ask({ credentialId: idOf(7) })
      assert.ok(reply.type === 'answer')
      assert.equal(reply.reason ?? 'granted', reason)
    })
  }

  test('a policy that gives its id to another key is invalid', () => {
    const lock = claimedLock(owner, policy)
    accept(lock)
    const credentials = [{ ...deviceKey(8).credential, id: idOf(7) }]
    const after = nextPolicy(policy, { users: withUser(policy.users, guest.id, { credentials }) })
    assert.equal(lock.changePolicy(owner, after), 'policyInvalid')
  })
})
