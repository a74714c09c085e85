import assert from 'node:assert/strict'
import test from 'node:test'
import { policyMessage } from '@mortise/protocol/wire'
import type { Binding, Credential, Policy, Role, User } from '@mortise/protocol/words'
import { chooseUser, projectReport, standingOf } from '#core/membership.ts'
import type { Member } from '#core/membership.ts'

const id = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
const pin: Credential = { type: 'pin', id: id(1), createdAtMs: 1 }
const passkey: Credential = {
  type: 'passkey',
  id: id(2),
  createdAtMs: 1,
  name: 'Phone',
  passkeyId: id(3),
  publicKey: id(4, 65),
  relyingPartyId: 'localhost',
}
const device = (fill: number): Credential => ({
  type: 'deviceKey',
  id: id(fill),
  createdAtMs: 1,
  name: 'Laptop',
  publicKey: id(fill, 32),
})

function user(
  fill: number,
  role: Role,
  credentials: readonly Credential[],
  rest: Partial<User> = {},
): User {
  return {
    id: id(fill),
    name: `${role} ${fill}`,
    role,
    userStatus: 'occupiedEnabled',
    verbs: ['unlock'],
    credentials,
    ...rest,
  }
}

function policyOf(users: readonly User[], change: Partial<Policy> = {}): Policy {
  return {
    v: 1,
    lockId: id(9, 32),
    version: 4,
    previous: id(0, 32),
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [],
    users,
    invitations: [],
    ...change,
  }
}

const report = (policy: Policy, bindings: readonly Binding[] = []) => ({
  v: 1 as const,
  lockId: id(9, 32),
  version: 4,
  policy: policyMessage.encode(policy),
  bindings,
  timeMs: 1,
})

test('projects keys and bindings, never codes', () => {
  const guest = user(20, 'guest', [pin, passkey], {
    validity: { notBeforeMs: 5, notAfterMs: 9 },
    userStatus: 'occupiedDisabled',
  })
  const owner = user(21, 'owner', [device(30)])
  const binding = { userId: owner.id, invitationId: id(5), credential: device(31) }
  const lost = { userId: id(99), invitationId: id(6), credential: device(32) }
  const found = projectReport(report(policyOf([guest, owner]), [binding, lost]))
  assert.equal(found?.doorName, 'Front door')
  assert.deepEqual(
    found.members.map(({ userName, credentialType, enabled }) => [
      userName,
      credentialType,
      enabled,
    ]),
    [
      ['guest 20', 'passkey', false],
      ['owner 21', 'deviceKey', true],
      ['owner 21', 'deviceKey', true],
    ],
  )
  assert.deepEqual(found.members[0]?.validity, { notBeforeMs: 5, notAfterMs: 9 })
  assert.deepEqual(found.members[0]?.passkeyId, id(3))
})

test('projects invitations, and which of them a key was bound by', () => {
  const owner = user(21, 'owner', [device(30)])
  const invitation = (fill: number) => ({
    id: id(fill),
    userId: owner.id,
    ticketPublicKey: id(fill, 32),
    notAfterMs: fill,
  })
  const policy = policyOf([owner], { invitations: [invitation(5), invitation(6)] })
  const binding = { userId: owner.id, invitationId: id(5), credential: device(31) }
  assert.deepEqual(projectReport(report(policy, [binding]))?.tickets, [
    { invitationId: id(5), publicKey: id(5, 32), notAfterMs: 5, used: true },
    { invitationId: id(6), publicKey: id(6, 32), notAfterMs: 6, used: false },
  ])
})

test('keeps one of two members with the same credential id', () => {
  const twice = policyOf([user(20, 'owner', [device(30)]), user(21, 'guest', [device(30)])])
  assert.equal(projectReport(report(twice))?.members.length, 1)
})

const lies: readonly (readonly [string, Partial<Policy>])[] = [
  ['of another lock', { lockId: id(8, 32) }],
  ['of another version', { version: 5 }],
]
for (const [name, change] of lies) {
  test(`believes no policy ${name} inside a report`, () => {
    assert.equal(projectReport(report(policyOf([], change))), undefined)
  })
}

const window = { notBeforeMs: 100, notAfterMs: 200 }
const standings: readonly (readonly [boolean, typeof window | undefined, number, string])[] = [
  [true, undefined, 0, 'active'],
  [false, undefined, 0, 'none'],
  [true, window, 99, 'upcoming'],
  [true, window, 100, 'active'],
  [true, window, 199, 'active'],
  [true, window, 200, 'none'],
  [false, window, 150, 'none'],
]
for (const [enabled, validity, nowMs, expected] of standings) {
  test(`${enabled ? 'enabled' : 'disabled'}, ${validity === undefined ? 'always' : 'from 100 to 200'}, at ${nowMs}: ${expected}`, () => {
    const member = { enabled, ...(validity === undefined ? {} : { validity }) }
    assert.equal(standingOf(member, nowMs), expected)
  })
}

const member = (fill: number, role: Role, rest: Partial<Member> = {}): Member => ({
  userId: id(fill),
  userName: role,
  role,
  enabled: true,
  verbs: [],
  credentialId: id(fill),
  credentialType: 'deviceKey',
  publicKey: id(fill, 32),
  ...rest,
})
const choices: readonly (readonly [string, readonly Member[], string | undefined])[] = [
  ['nobody', [], undefined],
  ['the higher role', [member(1, 'guest'), member(2, 'owner')], 'active owner'],
  [
    'active before upcoming',
    [member(1, 'owner', { validity: window }), member(2, 'guest')],
    'active guest',
  ],
  ['upcoming before nobody', [member(1, 'guest', { validity: window })], 'upcoming guest'],
  ['nobody of the disabled', [member(1, 'owner', { enabled: false })], undefined],
]
for (const [name, members, expected] of choices) {
  test(`chooses ${name}`, () => {
    const chosen = chooseUser(members, 50)
    const shown = chosen === undefined ? undefined : `${chosen.standing} ${chosen.members[0].role}`
    assert.equal(shown, expected)
  })
}

test('brings all credentials of the chosen user, and none of the other', () => {
  const second = member(2, 'owner', { credentialId: id(77) })
  const chosen = chooseUser([member(1, 'guest'), member(2, 'owner'), second], 0)
  assert.equal(chosen?.members.length, 2)
})
