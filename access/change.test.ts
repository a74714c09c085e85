import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Credential, Invitation, Policy, Reason, User } from '@mortise/protocol/words'
import { authorizeChange, needsInsideButton } from '#access/change.ts'
import { deviceKey, idOf, passkey, person, pinCredential } from '#access/testing/people.ts'
import { nextPolicy, policyOf } from '#access/testing/policies.ts'

const validity = { notBeforeMs: 100, notAfterMs: 200 }
const people = {
  anna: person(1, 'owner', { credentials: [deviceKey(1).credential, pinCredential(11)] }).user,
  otto: person(2, 'owner', { credentials: [deviceKey(2).credential, pinCredential(12)] }).user,
  mia: person(3, 'manager', { verbs: ['unlock'], validity: { notBeforeMs: 50, notAfterMs: 500 } })
    .user,
  rosa: person(4, 'resident', { credentials: [deviceKey(4).credential, pinCredential(14)] }).user,
  gast: person(5, 'guest', { validity, verbs: ['unlock'] }).user,
  /** A guest for ever, as only owners make them. */
  putz: person(6, 'guest', { verbs: ['unlock'], credentials: [deviceKey(6).credential] }).user,
  /** Such a guest who is switched off. */
  dora: person(7, 'guest', { verbs: ['unlock'], userStatus: 'occupiedDisabled' }).user,
} satisfies Record<string, User>
type Name = keyof typeof people

const invite = (who: Name, number = 20): Invitation => ({
  id: idOf(number),
  userId: people[who].id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: 1,
})
const before = policyOf(Object.values(people), {
  invitations: [invite('gast', 31), invite('rosa', 32), invite('otto', 33), invite('anna', 34)],
})

const change = (who: Name, fields: Partial<User>): Partial<Policy> => ({
  users: before.users.map((user) => (user === people[who] ? { ...user, ...fields } : user)),
})
const without = (who: Name): Partial<Policy> => ({
  users: before.users.filter((user) => user !== people[who]),
  invitations: before.invitations.filter(({ userId }) => userId !== people[who].id),
})
const add = (user: User): Partial<Policy> => ({ users: [...before.users, user] })
const addTo = (who: Name, credential: Credential): Partial<Policy> =>
  change(who, { credentials: [...people[who].credentials, credential] })
const removeFrom = (who: Name): Partial<Policy> =>
  change(who, { credentials: people[who].credentials.slice(0, -1) })
const rename = (who: Name): Partial<Policy> => {
  const [, ...rest] = people[who].credentials
  const number = Object.keys(people).indexOf(who) + 1
  return change(who, { credentials: [deviceKey(number, 'renamed').credential, ...rest] })
}
const inviteTo = (who: Name): Partial<Policy> => ({
  invitations: [...before.invitations, invite(who)],
})
const withdraw = (number: number): Partial<Policy> => ({
  invitations: before.invitations.filter(({ id }) => !id.every((b, i) => b === idOf(number)[i])),
})
const hours = { daysMask: 62, startMinute: 480, endMinute: 1079 }
const pin = pinCredential(40)
const key = deviceKey(41).credential
const brief = (role: User['role'], fields: Partial<User> = {}): User =>
  person(50, role, { validity, verbs: ['unlock'], ...fields }).user

/**
 * `+` may, `!` needs the inside button, `-` may not. Columns: owner Anna, manager Mia, resident
 * Rosa, guest Gast.
 */
const rows: readonly (readonly [what: string, after: Partial<Policy>, marks: string])[] = [
  ['nothing at all', {}, '+++-'],
  ['the name of the door', { doorName: 'x' }, '+---'],
  ['the zone', { timeZone: 'UTC' }, '+---'],
  ['settings', { settings: { ...before.settings, autoRelockTime: 5 } }, '+---'],
  ['relying parties', { relyingParties: [] }, '!---'],

  ['add an owner', add(brief('owner')), '!---'],
  ['add an owner with no way in yet', add(brief('owner', { credentials: [] })), '!---'],
  [
    'add a resident on the terms of a guest',
    add(brief('resident', { maxOfflineHours: 2 })),
    '+---',
  ],
  ['add a manager', add(brief('manager')), '+---'],
  ['add a resident', add(brief('resident')), '+---'],
  ['add a guest with an end', add(brief('guest')), '++--'],
  ['add a guest without an end', add(person(50, 'guest', { verbs: ['unlock'] }).user), '+---'],
  ['add a guest with a verb the manager lacks', add(brief('guest', { verbs: ['lock'] })), '+---'],
  [
    'add a guest who starts before the manager',
    add(brief('guest', { validity: { notBeforeMs: 49, notAfterMs: 60 } })),
    '+---',
  ],
  [
    'add a guest who stays longer than the manager',
    add(brief('guest', { validity: { notBeforeMs: 60, notAfterMs: 501 } })),
    '+---',
  ],
  [
    'add a guest for exactly the manager’s time',
    add(brief('guest', { validity: { notBeforeMs: 50, notAfterMs: 500 } })),
    '++--',
  ],
  ['add a guest with a code', add(brief('guest', { credentials: [pin] })), '++--'],

  ['remove another owner', without('otto'), '!---'],
  ['remove oneself as owner', without('anna'), '+---'],
  ['remove the manager', without('mia'), '+---'],
  ['remove a resident', without('rosa'), '+---'],
  ['remove a guest', without('gast'), '++--'],
  ['remove a guest without an end', without('putz'), '++--'],

  ['raise another to owner', change('rosa', { role: 'owner' }), '!---'],
  ['raise the manager to owner', change('mia', { role: 'owner' }), '!---'],
  ['raise a guest to manager', change('gast', { role: 'manager' }), '+---'],
  ['raise a guest to resident', change('gast', { role: 'resident' }), '+---'],
  ['make a resident a guest', change('rosa', { role: 'guest', validity }), '+---'],
  [
    'make a resident a guest with what the manager has',
    change('rosa', { role: 'guest', validity, verbs: ['unlock'] }),
    '+---',
  ],
  [
    'make a guest a resident on the terms of a guest',
    change('gast', { role: 'resident', maxOfflineHours: 2 }),
    '+---',
  ],
  [
    'rename a guest without an end, and take a verb',
    change('putz', { name: 'x', verbs: [] }),
    '+---',
  ],
  ['switch on a guest without an end', change('dora', { userStatus: 'occupiedEnabled' }), '+---'],
  ['take a verb from one who is switched off', change('dora', { verbs: [] }), '+---'],
  ['take an owner’s role', change('otto', { role: 'guest' }), '!---'],
  ['give up one’s own role', change('anna', { role: 'resident' }), '+---'],
  ['disable another owner', change('otto', { userStatus: 'occupiedDisabled' }), '!---'],
  ['rename another owner', change('otto', { name: 'x' }), '!---'],
  ['take a verb from another owner', change('otto', { verbs: [] }), '!---'],
  ['rename oneself as owner', change('anna', { name: 'x' }), '+---'],
  ['give up a verb', change('anna', { verbs: ['lock'] }), '+---'],
  ['bound one’s own time', change('anna', { validity }), '+---'],
  ['rename the manager', change('mia', { name: 'x' }), '+---'],
  ['more verbs for the manager', change('mia', { verbs: ['lock', 'unlock'] }), '+---'],
  ['no end for the manager', { users: before.users.map(unbound('mia')) }, '+---'],
  ['rename a resident', change('rosa', { name: 'x' }), '+---'],
  ['rename a guest', change('gast', { name: 'x' }), '++--'],
  ['rename a guest without an end', change('putz', { name: 'x' }), '++--'],
  ['disable a guest without an end', change('putz', { userStatus: 'occupiedDisabled' }), '++--'],
  ['bound a guest', change('putz', { validity }), '++--'],
  [
    'a shorter time for a guest',
    change('gast', { validity: { notBeforeMs: 150, notAfterMs: 160 } }),
    '++--',
  ],
  [
    'a longer time for a guest',
    change('gast', { validity: { notBeforeMs: 100, notAfterMs: 500 } }),
    '++--',
  ],
  [
    'too long a time for a guest',
    change('gast', { validity: { notBeforeMs: 100, notAfterMs: 501 } }),
    '+---',
  ],
  ['no end for a guest', { users: before.users.map(unbound('gast')) }, '+---'],
  ['fewer verbs for a guest without an end', change('putz', { verbs: [] }), '+---'],
  ['more verbs for a guest', change('gast', { verbs: ['lock', 'unlock'] }), '+---'],

  ['another key for oneself', addTo('anna', key), '!---'],
  ['another passkey for oneself', addTo('anna', passkey(42).credential), '!---'],
  ['another code for oneself as owner', addTo('anna', pin), '+---'],
  ['a key for another owner', addTo('otto', key), '!---'],
  ['a code for another owner', addTo('otto', pin), '!---'],
  ['a key for the manager', addTo('mia', key), '+---'],
  ['a code for the manager', addTo('mia', pin), '+---'],
  ['a code for a resident', addTo('rosa', pin), '+-+-'],
  ['a key for a resident', addTo('rosa', key), '+---'],
  ['a code for a guest', addTo('gast', pin), '++--'],
  ['a key for a guest', addTo('gast', key), '++--'],
  ['a code for a guest without an end', addTo('putz', pin), '+---'],
  ['remove one’s own code as owner', removeFrom('anna'), '+---'],
  ['remove another owner’s code', removeFrom('otto'), '!---'],
  ['remove a resident’s code', removeFrom('rosa'), '+-+-'],
  ['remove a resident’s key', change('rosa', { credentials: [pinCredential(14)] }), '+---'],
  ['remove a guest’s key', removeFrom('gast'), '++--'],
  ['rename one’s own key as owner', rename('anna'), '+---'],
  ['rename another owner’s key', rename('otto'), '!---'],
  ['rename a resident’s key', rename('rosa'), '+---'],
  ['rename a guest’s key', rename('gast'), '++--'],
  ['rename the key of a guest without an end', rename('putz'), '++--'],

  ['invite an owner', inviteTo('anna'), '!---'],
  ['invite for another owner', inviteTo('otto'), '!---'],
  ['invite a resident', inviteTo('rosa'), '+---'],
  ['invite a guest', inviteTo('gast'), '++--'],
  ['invite a guest without an end', inviteTo('putz'), '+---'],
  ['withdraw a guest’s invitation', withdraw(31), '++--'],
  ['withdraw a resident’s invitation', withdraw(32), '+---'],
  ['withdraw another owner’s invitation', withdraw(33), '!---'],
  ['withdraw one’s own invitation', withdraw(34), '+---'],

  ['open the door to Matter', { matterChannel: 'lockOnly' }, '!---'],
  ['hours that hold the door open', { passageSchedules: [hours] }, '+---'],
  [
    'a holiday',
    { holidaySchedules: [{ name: 'x', startLocalMinute: 1, endLocalMinute: 2 }] },
    '+---',
  ],
  [
    'quiet hours',
    { settings: { ...before.settings, quietHours: { schedules: [hours], roles: ['guest'] } } },
    '+---',
  ],
  ['an assistant that locks', add(person(50, 'agent', { verbs: ['lock'] }).user), '+---'],
  ['an assistant that opens', add(person(50, 'agent', { verbs: ['unlock'] }).user), '!---'],
  [
    'an assistant that opens, with no key yet',
    add(person(50, 'agent', { verbs: ['unlock'], credentials: [] }).user),
    '!---',
  ],
  ['a reader', add(person(50, 'auditor', { verbs: [] }).user), '+---'],
  [
    'hours for a guest',
    change('gast', { userType: 'weekDayScheduleUser', weekDaySchedules: [hours] }),
    '++--',
  ],
  ['a guest for one use', change('gast', { userType: 'disposableUser' }), '++--'],
  ['a guest under duress', change('gast', { userType: 'forcedUser' }), '++--'],
  ['a guest without the hub for ever', change('gast', { maxOfflineHours: 0 }), '+---'],
  ['a guest without the hub for days', change('gast', { maxOfflineHours: 48 }), '+---'],
  ['a guest without the hub for hours', change('gast', { maxOfflineHours: 2 }), '++--'],
  [
    'bounds for the manager',
    change('mia', { delegation: { guestsMax: 9, stayHoursMax: 1 } }),
    '+---',
  ],
  ['a second factor for another owner', change('otto', { credentialRule: 'dual' }), '!---'],
  ['a second factor for oneself', change('anna', { credentialRule: 'dual' }), '+---'],

  ['a harmless and a sensitive change', { ...addTo('anna', key), doorName: 'x' }, '!---'],
  ['a guest and a resident', { users: before.users.map(renamed('gast', 'rosa')) }, '+---'],
]

function unbound(who: Name) {
  return (user: User): User => {
    if (user !== people[who]) return user
    const { validity: _, ...rest } = user
    return rest
  }
}

function renamed(...who: readonly Name[]) {
  return (user: User): User =>
    who.some((name) => people[name] === user) ? { ...user, name: 'x' } : user
}

const signers = [people.anna, people.mia, people.rosa, people.gast]
const agent = person(8, 'agent').user
const auditor = person(9, 'auditor').user

describe('who may change what', () => {
  for (const [what, after, marks] of rows) {
    test(`${what}: ${marks}`, () => {
      for (const [index, signer] of signers.entries()) {
        const mark = marks[index]
        const outside: Reason | undefined =
          mark === '+' ? undefined : mark === '!' ? 'insideButtonNeeded' : 'notAuthorized'
        const inside: Reason | undefined = mark === '-' ? 'notAuthorized' : undefined
        const next = nextPolicy(before, after)
        assert.equal(authorizeChange(before, next, signer, false), outside, signer.name)
        assert.equal(authorizeChange(before, next, signer, true), inside, `${signer.name}, inside`)
      }
      const next = nextPolicy(before, after)
      for (const signer of [agent, auditor]) {
        assert.equal(authorizeChange(before, next, signer, true), 'notAuthorized', signer.name)
      }
      assert.equal(needsInsideButton(before, next, people.anna), marks.startsWith('!'))
    })
  }

  const strangers: readonly (readonly [string, Partial<Policy>, boolean])[] = [
    ['a code of an owner', addTo('anna', pin), true],
    ['an owner’s name', change('anna', { name: 'x' }), true],
    ['a guest’s name', change('gast', { name: 'x' }), false],
    [
      'an id that means something else',
      {
        invitations: before.invitations.map((invitation) =>
          invitation.userId === people.gast.id ? { ...invitation, notAfterMs: 9 } : invitation,
        ),
      },
      false,
    ],
  ]
  for (const [what, after, needed] of strangers) {
    test(`while nobody knows who will sign, ${what} ${needed ? 'may need' : 'needs no'} button`, () => {
      assert.equal(needsInsideButton(before, nextPolicy(before, after), undefined), needed)
    })
  }

  const rewrites: readonly (readonly [string, Partial<Policy>])[] = [
    ['an id with another key', change('anna', { credentials: [{ ...key, id: idOf(1) }] })],
    ['an invitation for another', { invitations: [{ ...invite('gast', 31), notAfterMs: 9 }] }],
  ]
  for (const [what, after] of rewrites) {
    test(`${what} is invalid whoever signs`, () => {
      for (const signer of signers) {
        const reason = authorizeChange(before, nextPolicy(before, after), signer, true)
        assert.equal(reason, 'policyInvalid')
      }
    })
  }
})

describe('owners raise their own rights only from inside', () => {
  const bounded = person(1, 'owner', { verbs: ['lock'], validity }).user
  const policy = policyOf([bounded, people.otto])
  const raises: readonly (readonly [string, Partial<User>, Reason | undefined])[] = [
    ['a verb more', { verbs: ['lock', 'unlock'] }, 'insideButtonNeeded'],
    ['an earlier start', { validity: { notBeforeMs: 99, notAfterMs: 200 } }, 'insideButtonNeeded'],
    ['a later end', { validity: { notBeforeMs: 100, notAfterMs: 201 } }, 'insideButtonNeeded'],
    ['a verb less', { verbs: [] }, undefined],
    ['a shorter time', { validity: { notBeforeMs: 101, notAfterMs: 199 } }, undefined],
  ]
  for (const [what, fields, reason] of raises) {
    test(`${what}: ${reason ?? 'may'}`, () => {
      const after = nextPolicy(policy, { users: [{ ...bounded, ...fields }, people.otto] })
      assert.equal(authorizeChange(policy, after, bounded, false), reason)
      assert.equal(authorizeChange(policy, after, bounded, true), undefined)
    })
  }

  test('no end at all', () => {
    const { validity: _, ...endless } = bounded
    const after = nextPolicy(policy, { users: [endless, people.otto] })
    assert.equal(authorizeChange(policy, after, bounded, false), 'insideButtonNeeded')
  })
})

describe('what owners set for a manager', () => {
  const day = 86_400_000
  const stay = (days: number): Partial<User> => ({
    validity: { notBeforeMs: day, notAfterMs: day * (1 + days) },
  })
  const hosts = (fields: Partial<User>) => {
    const anna = person(1, 'owner').user
    const mia = person(3, 'manager', { verbs: ['lock', 'unlock'], ...fields }).user
    const from = policyOf([anna, mia, person(5, 'guest', stay(1)).user])
    const adds = (guest: Partial<User>): Reason | undefined => {
      const users = [...from.users, person(6, 'guest', { ...stay(1), ...guest }).user]
      return authorizeChange(from, nextPolicy(from, { users }), mia, false)
    }
    return { from, mia, adds }
  }
  const week = (daysMask: number): Partial<User> => ({
    userType: 'weekDayScheduleUser',
    weekDaySchedules: [{ daysMask, startMinute: 600, endMinute: 700 }],
  })
  const rows: readonly (readonly [
    what: string,
    manager: Partial<User>,
    guest: Partial<User>,
    may: boolean,
  ])[] = [
    ['room for one more guest', { delegation: { guestsMax: 2, stayHoursMax: 24 } }, {}, true],
    ['no room for another', { delegation: { guestsMax: 1, stayHoursMax: 24 } }, {}, false],
    [
      'a stay as long as allowed',
      { delegation: { guestsMax: 9, stayHoursMax: 48 } },
      stay(2),
      true,
    ],
    ['a longer stay', { delegation: { guestsMax: 9, stayHoursMax: 47 } }, stay(2), false],
    ['a guest within the manager’s days', week(0b110), week(0b010), true],
    ['a guest on a day that is not the manager’s', week(0b110), week(0b001), false],
    ['a guest at all times', week(0b110), {}, false],
  ]
  for (const [what, manager, guest, may] of rows) {
    test(`${what}: ${may ? 'may' : 'may not'}`, () => {
      assert.equal(hosts(manager).adds(guest), may ? undefined : 'notAuthorized')
    })
  }

  test('a full house takes nobody in, also who has no way in yet, and lets names be changed', () => {
    const { from, mia, adds } = hosts({ delegation: { guestsMax: 0, stayHoursMax: 24 } })
    assert.equal(adds({ credentials: [] }), 'notAuthorized')
    const users = from.users.map((user) => (user.role === 'guest' ? { ...user, name: 'x' } : user))
    assert.equal(authorizeChange(from, nextPolicy(from, { users }), mia, false), undefined)
  })

  test('a full house does not keep a manager from sending somebody away', () => {
    const { from, mia } = hosts({ delegation: { guestsMax: 0, stayHoursMax: 1 } })
    const users = from.users.filter(({ role }) => role !== 'guest')
    assert.equal(authorizeChange(from, nextPolicy(from, { users }), mia, false), undefined)
  })
})

test('closing the door to Matter, and taking an opening away from an assistant, needs no button; giving it one does', () => {
  const anna = person(1, 'owner').user
  const agent = person(2, 'agent', { verbs: ['lock', 'unlock'] }).user
  const from = policyOf([anna, agent], { matterChannel: 'unlock' })
  const changes: readonly Partial<Policy>[] = [
    { matterChannel: 'lockOnly' },
    { users: [anna, { ...agent, verbs: ['lock'] }] },
    { users: [anna, { ...agent, name: 'x' }] },
    { users: [anna] },
  ]
  for (const fields of changes) {
    assert.equal(authorizeChange(from, nextPolicy(from, fields), anna, false), undefined)
  }
  const invitation = {
    id: idOf(70),
    userId: agent.id,
    ticketPublicKey: new Uint8Array(32),
    notAfterMs: 1,
  }
  const more: readonly Partial<Policy>[] = [
    { users: [anna, { ...agent, verbs: ['lock', 'unlock', 'unlatch'] }] },
    { users: [anna, { ...agent, credentials: [...agent.credentials, pinCredential(71)] }] },
    { users: [anna, { ...agent, credentials: [...agent.credentials, deviceKey(72).credential] }] },
    { invitations: [invitation] },
  ]
  for (const fields of more) {
    const next = nextPolicy(from, fields)
    assert.equal(authorizeChange(from, next, anna, false), 'insideButtonNeeded')
    assert.equal(authorizeChange(from, next, anna, true), undefined)
  }
})
