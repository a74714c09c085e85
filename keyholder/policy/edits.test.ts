import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Policy, User } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'
import type { PolicyEdit, UserChanges, UserTerms } from './edits.ts'
import {
  addCredential,
  addHoliday,
  addInvitation,
  addUser,
  changeRelyingParties,
  changeSettings,
  changeUser,
  removeCredential,
  renameCredential,
  removeHoliday,
  removeInvitation,
  removeUser,
  together,
  withdrawInvitation,
} from './edits.ts'
import { encodePolicy } from './encode.ts'
import { firstPolicy } from './first.ts'
import { preview } from './preview.ts'

const id = (byte: number) => new Uint8Array(16).fill(byte)
const pin = (byte: number) => ({ type: 'pin', id: id(byte), createdAtMs: 1 }) as const

function guest(byte: number, changes: Partial<User> = {}): User {
  return {
    id: id(byte),
    name: `Guest ${byte}`,
    role: 'guest',
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: [pin(byte + 100)],
    ...changes,
  }
}

const base: Policy = {
  ...firstPolicy({
    lockId: new Uint8Array(32).fill(9),
    ownerId: id(1),
    doorName: 'Door',
    timeZone: 'UTC',
    ownerName: 'Ada',
    credentials: [pin(101)],
    relyingParties: [],
  }),
}
const withGuest: Policy = {
  ...base,
  users: [...base.users, guest(2)],
  invitations: [{ id: id(50), userId: id(2), ticketPublicKey: new Uint8Array(32), notAfterMs: 5 }],
}
const window = { notBeforeMs: 10, notAfterMs: 20 }

interface Row {
  readonly edit: PolicyEdit
  readonly kinds: readonly string[]
  readonly inside?: true
}

const onMondays: UserTerms = {
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [{ daysMask: 0b10, startMinute: 540, endMinute: 1019 }],
}

const nights = { daysMask: 127, startMinute: 1320, endMinute: 359 }
const christmas = { name: 'Christmas', startLocalMinute: 1440, endLocalMinute: 2879 }

const table: Record<string, Row> = {
  'a guest comes': { edit: addUser(guest(3)), kinds: ['userAdded'] },
  'an owner comes': {
    edit: addUser(guest(3, { role: 'owner' })),
    kinds: ['userAdded'],
    inside: true,
  },
  'a guest goes, with the invitation': {
    edit: removeUser(id(2)),
    kinds: ['userRemoved', 'invitationRemoved'],
  },
  'a guest is renamed': { edit: changeUser(id(2), { name: 'Bo' }), kinds: ['userChanged'] },
  'a guest becomes owner': {
    edit: changeUser(id(2), { role: 'owner' }),
    kinds: ['userChanged'],
    inside: true,
  },
  'a guest gets an end': { edit: changeUser(id(2), { validity: window }), kinds: ['userChanged'] },
  'a guest comes on Mondays': {
    edit: changeUser(id(2), { terms: onMondays }),
    kinds: ['userChanged'],
  },
  'a guest on the same terms stays so': { edit: changeUser(id(2), { terms: {} }), kinds: [] },
  'a guest without end stays so': { edit: changeUser(id(2), { validity: null }), kinds: [] },
  'a code is added': { edit: addCredential(id(2), pin(60)), kinds: ['credentialAdded'] },
  'a code goes': { edit: removeCredential(id(2), id(102)), kinds: ['credentialRemoved'] },
  'a code is replaced': {
    edit: together(removeCredential(id(2), id(102)), addCredential(id(2), pin(60))),
    kinds: ['credentialRemoved', 'credentialAdded'],
  },
  'a code of an owner goes': {
    edit: removeCredential(id(1), id(101)),
    kinds: ['credentialRemoved'],
    inside: true,
  },
  'an invitation goes': { edit: removeInvitation(id(50)), kinds: ['invitationRemoved'] },
  'the door is renamed': { edit: changeSettings({ doorName: 'Gate' }), kinds: ['settingChanged'] },
  'the door moves': {
    edit: changeSettings({ timeZone: 'Europe/Berlin' }),
    kinds: ['settingChanged'],
  },
  'it locks itself': { edit: changeSettings({ autoRelockTime: 60 }), kinds: ['settingChanged'] },
  'a default is spelled out': { edit: changeSettings({ faceRule: 'notAloneAtNight' }), kinds: [] },
  'two settings at once': {
    edit: changeSettings({
      quietHours: { schedules: [nights], roles: ['guest'] },
      faceRule: 'alone',
    }),
    kinds: ['settingChanged', 'settingChanged'],
  },
  'quiet hours that were none end': { edit: changeSettings({ quietHours: null }), kinds: [] },
  'hours in which it stays open': {
    edit: changeSettings({ passageSchedules: [nights] }),
    kinds: ['settingChanged'],
  },
  'no hours in which it stays open': { edit: changeSettings({ passageSchedules: [] }), kinds: [] },
  'the Matter channel opens': {
    edit: changeSettings({ matterChannel: 'unlock' }),
    kinds: ['settingChanged'],
    inside: true,
  },
  'a holiday comes': { edit: addHoliday(christmas), kinds: ['holidayAdded'] },
  'an app address comes': {
    edit: changeRelyingParties([{ id: 'example.org', origins: ['https://example.org'] }]),
    kinds: ['relyingPartiesChanged'],
    inside: true,
  },
  nothing: { edit: together(), kinds: [] },
}

const bound = {
  type: 'deviceKey',
  id: id(70),
  createdAtMs: 1,
  name: 'phone',
  publicKey: new Uint8Array(32),
} as const

suite('edits and their preview', () => {
  for (const [name, { edit, kinds, inside }] of Object.entries(table)) {
    test(name, () => {
      const before = encodePolicy(withGuest)
      const after = edit(withGuest)
      const { differences, insideButtonNeeded } = preview(withGuest, after)
      assert.deepEqual(
        differences.map(({ kind }) => kind),
        kinds,
      )
      assert.equal(insideButtonNeeded, inside === true)
      assert.deepEqual(encodePolicy(withGuest), before, 'the policy before is untouched')
      encodePolicy(after)
    })
  }

  const impossible: Record<string, PolicyEdit> = {
    'a user who is there': addUser(guest(2)),
    'a user who is not there': removeUser(id(7)),
    'a change of nobody': changeUser(id(7), { name: 'X' }),
    'a code for nobody': addCredential(id(7), pin(60)),
    'a code that is there': addCredential(id(2), pin(102)),
    'a code that is not there': removeCredential(id(2), id(60)),
    'a name for what is not there': renameCredential(id(2), id(60), 'tag'),
    'a name for a code': renameCredential(id(2), id(102), 'code'),
    'an invitation of nobody': addInvitation({
      id: id(51),
      userId: id(7),
      ticketPublicKey: new Uint8Array(32),
      notAfterMs: 1,
    }),
    'an invitation that is not there': removeInvitation(id(51)),
  }
  for (const [name, edit] of Object.entries(impossible)) {
    test(`refuses ${name}`, () => {
      assert.throws(
        () => edit(withGuest),
        (error) => error instanceof KeyholderError && error.code === 'editImpossible',
      )
    })
  }

  const reaches: Record<string, readonly [Partial<User>, Partial<User>, boolean, boolean]> = {
    'longer at the end': [
      { validity: window },
      { validity: { ...window, notAfterMs: 21 } },
      true,
      false,
    ],
    'shorter at the end': [
      { validity: window },
      { validity: { ...window, notAfterMs: 19 } },
      false,
      true,
    ],
    moved: [{ validity: window }, { validity: { notBeforeMs: 15, notAfterMs: 25 } }, true, true],
    'no end': [{ validity: window }, {}, true, false],
    'an end': [{}, { validity: window }, false, true],
    'a further verb': [{ verbs: ['lock'] }, { verbs: ['lock', 'unlock'] }, true, false],
    'switched off': [{}, { userStatus: 'occupiedDisabled' }, false, true],
    'switched on': [{ userStatus: 'occupiedDisabled' }, {}, true, false],
    'a higher role': [{}, { role: 'resident' }, true, false],
    'another name': [{}, { name: 'Bo' }, false, false],
  }
  for (const [name, [from, to, gains, loses]] of Object.entries(reaches)) {
    test(`${name}: gains ${gains}, loses ${loses}`, () => {
      const before = { ...base, users: [...base.users, guest(2, from)] }
      const after = { ...base, users: [...base.users, guest(2, to)] }
      const [difference] = preview(before, after).differences
      assert.ok(difference?.kind === 'userChanged')
      assert.deepEqual([difference.gains, difference.loses], [gains, loses])
    })
  }

  test('new terms take the place of all before, and a new span leaves the others', () => {
    const terms = (policy: Policy) => {
      const { validity, weekDaySchedules, userType } = policy.users[1] ?? assert.fail()
      return { validity, weekDaySchedules, userType }
    }
    const weekly = changeUser(id(2), { terms: onMondays })
    const spanned = together(weekly, changeUser(id(2), { validity: window }))
    const { userType, weekDaySchedules } = onMondays
    assert.deepEqual(terms(spanned(withGuest)), { userType, weekDaySchedules, validity: window })
    const again = together(spanned, weekly)
    assert.deepEqual(terms(again(withGuest)).validity, undefined)
  })

  const bindings = [{ userId: id(2), invitationId: id(50), credential: bound }]

  test('a key that the lock attached goes with its invitation, and is shown as the key', () => {
    const after = removeCredential(id(2), bound.id)(withGuest, bindings)
    assert.deepEqual(after.invitations, [])
    const { differences } = preview(withGuest, after, bindings)
    assert.deepEqual(differences, [
      { kind: 'credentialRemoved', user: withGuest.users[1], credential: bound },
    ])
  })

  test('another name for a key is that and nothing else, and the signer’s own to give', () => {
    const before = addCredential(id(1), bound)(base)
    const after = renameCredential(id(1), bound.id, 'tablet')(before)
    const { differences, insideButtonNeeded } = preview(before, after, [], id(1))
    const named = { ...bound, name: 'tablet' }
    assert.deepEqual(differences, [
      { kind: 'credentialRenamed', user: after.users[0], before: bound, after: named },
    ])
    assert.equal(insideButtonNeeded, false)
    assert.equal(preview(before, after, [], id(9)).insideButtonNeeded, true, 'of another owner')
    const other = { ...bound, publicKey: new Uint8Array(32).fill(1) }
    const users = before.users.map((user) => ({
      ...user,
      credentials: user.credentials.map((one) => (one === bound ? other : one)),
    }))
    assert.deepEqual(
      preview(before, { ...before, users }).differences.map(({ kind }) => kind),
      ['credentialRemoved', 'credentialAdded'],
      'another key is no other name',
    )
  })

  test('what owners do about themselves alone', () => {
    const own = (edit: PolicyEdit) => preview(base, edit(base), [], id(1)).insideButtonNeeded
    assert.equal(own(addCredential(id(1), pin(60))), false, 'a code of their own')
    assert.equal(own(removeCredential(id(1), id(101))), false, 'giving up a code')
    assert.equal(own(changeUser(id(1), { name: 'Ada L.' })), false, 'their name')
    assert.equal(own(addCredential(id(1), bound)), true, 'a further key')
    assert.equal(own(changeUser(id(1), { role: 'resident' })), false, 'stepping down')
  })

  test('who is removed loses the keys that the lock attached, too', () => {
    const [difference] = preview(withGuest, removeUser(id(2))(withGuest), bindings).differences
    assert.ok(difference?.kind === 'userRemoved')
    assert.deepEqual(difference.credentials, [pin(102), bound])
  })

  test('a name that hides characters makes no policy', () => {
    const edit = addUser(guest(3, { name: 'A\u202eda' }))
    assert.throws(() => encodePolicy(edit(base)), { code: 'policyUnfit' })
  })
})

test('what is taken back is as if it had never been', () => {
  const quiet = { schedules: [nights], roles: ['guest'] } as const
  const set = changeSettings({ quietHours: quiet, passageSchedules: [nights] })
  const unset = changeSettings({ quietHours: null, passageSchedules: [] })
  assert.deepEqual(together(set, unset)(base), base)
  assert.deepEqual(together(addHoliday(christmas), removeHoliday(christmas))(base), base)
})

test('a holiday goes alone, and only the one that was seen', () => {
  const easter = { ...christmas, name: 'Easter' }
  const both = together(addHoliday(christmas), addHoliday(easter))(base)
  const after = removeHoliday(christmas)(both)
  assert.deepEqual(after.holidaySchedules, [easter])
  assert.deepEqual(preview(both, after).differences, [
    { kind: 'holidayRemoved', holiday: christmas },
  ])
  assert.throws(() => removeHoliday(christmas)(after), { code: 'editImpossible' })
  assert.throws(() => addHoliday(easter)(after), { code: 'editImpossible' })
})

test('whom a manager may let in ends with their role', () => {
  const delegation = { guestsMax: 2, stayHoursMax: 24 }
  const managed = addUser(guest(3, { role: 'manager', delegation }))(base)
  const changed = (changes: UserChanges) => changeUser(id(3), changes)(managed).users.at(-1)
  assert.deepEqual(changed({ name: 'Bo' })?.delegation, delegation)
  assert.equal(changed({ role: 'resident' })?.delegation, undefined)
})

test('what no lock accepts is said before it is signed, with whom it is about', () => {
  const edit = addUser(guest(3, { name: 'Bo', validity: { notBeforeMs: 2, notAfterMs: 2 } }))
  assert.throws(() => encodePolicy(edit(base)), {
    code: 'policyUnfit',
    message: /: Bo: the time ends before it begins$/,
    nextStep: 'Choose an end that is after the beginning.',
    flaw: { flaw: 'validityEmpty', who: 'Bo' },
  })
  assert.throws(() => encodePolicy(changeSettings({ timeZone: 'Nowhere' })(base)), {
    message: /: its time zone is unknown$/,
  })
  const fair = { ...christmas, name: 'Fair', operatingMode: 'vacation' } as const
  const both = together(addHoliday(christmas), addHoliday(fair))
  assert.throws(() => encodePolicy(both(base)), {
    message: /: “Christmas” and “Fair”: two holidays of different modes overlap$/,
  })
})

suite('withdrawInvitation', () => {
  const invited = guest(3, { credentials: [] })
  const ticket = (byte: number) => ({
    id: id(byte),
    userId: id(3),
    ticketPublicKey: new Uint8Array(32),
    notAfterMs: 5,
  })
  const binding = { userId: id(3), invitationId: id(61), credential: pin(7) }
  const policyWith = (user: User, ...tickets: readonly number[]): Policy => ({
    ...base,
    users: [...base.users, user],
    invitations: tickets.map(ticket),
  })
  const names = (policy: Policy) => policy.users.map(({ name }) => name)

  test('takes somebody along who has no other way in', () => {
    const after = withdrawInvitation(id(60))(policyWith(invited, 60))
    assert.deepEqual([names(after), after.invitations], [['Ada'], []])
  })

  test('leaves whoever has a key, another link, or a key that the lock bound', () => {
    const withKey = withdrawInvitation(id(60))(policyWith(guest(3), 60))
    const withLink = withdrawInvitation(id(60))(policyWith(invited, 60, 61))
    const withBinding = withdrawInvitation(id(60))(policyWith(invited, 60, 61), [binding])
    for (const after of [withKey, withLink, withBinding]) {
      assert.deepEqual(names(after), ['Ada', 'Guest 3'])
      assert.ok(after.invitations.every((one) => one.id[0] !== 60))
    }
  })

  test('has no place in a policy without that invitation', () => {
    const isImpossible = (error: unknown) =>
      error instanceof KeyholderError && error.code === 'editImpossible'
    assert.throws(() => withdrawInvitation(id(60))(base), isImpossible)
  })
})

test('what a manager may give goes with the role', () => {
  const delegation = { guestsMax: 2, stayHoursMax: 24 }
  const policy = { ...base, users: [...base.users, guest(2, { role: 'manager', delegation })] }
  const after = (changes: Parameters<typeof changeUser>[1]) =>
    changeUser(id(2), changes)(policy).users[1]?.delegation
  assert.deepEqual(after({ name: 'Max' }), delegation)
  assert.equal(after({ role: 'resident' }), undefined)
  assert.equal(after({ delegation: null }), undefined)
  assert.deepEqual(after({ delegation: { guestsMax: 5, stayHoursMax: 48 } })?.guestsMax, 5)
})
