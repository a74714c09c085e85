import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Policy } from '@mortise/protocol/words'
import { policies, testSeed } from '@mortise/protocol/testing'
import fc from 'fast-check'
import { difference } from '#access/difference.ts'
import type { UserField } from '#access/difference.ts'
import { sameContent } from '#access/same-content.ts'
import { deviceKey, idOf, passkey, person, pinCredential } from '#access/testing/people.ts'
import { nextPolicy, policyOf, withUser } from '#access/testing/policies.ts'
import { runsOf } from '#access/testing/seed.ts'

const owner = person(1, 'owner').user
const guest = person(2, 'guest', { credentials: [deviceKey(2).credential, pinCredential(3)] }).user
const phone = passkey(4).credential
const invitation = {
  id: idOf(9),
  userId: guest.id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: 1,
}
const ofNobody = { id: idOf(7), userId: idOf(99) }
const before = policyOf([owner, guest], { invitations: [invitation] })
const guestWith = (fields: Partial<typeof guest>): Partial<Policy> => ({
  users: withUser(before.users, guest.id, fields),
})

/** One word per change: its type, and the fields of a changed user. */
function words(after: Partial<Policy>, from: Policy = before): readonly string[] {
  return difference(from, nextPolicy(from, after)).map((change) =>
    change.type === 'userChanged' ? `${change.type}:${change.fields.join('+')}` : change.type,
  )
}

const rows: readonly (readonly [what: string, after: Partial<Policy>, ...words: string[]])[] = [
  ['nothing', {}],
  ['the order of users', { users: [guest, owner] }],
  ['the order of verbs', guestWith({ verbs: ['unlock', 'lock'] })],
  ['the order of credentials', guestWith({ credentials: guest.credentials.toReversed() })],
  ['the name of the door', { doorName: 'Back door' }, 'doorNameChanged'],
  ['the zone', { timeZone: 'Asia/Tokyo' }, 'timeZoneChanged'],
  ['auto-relock', { settings: { ...before.settings, autoRelockTime: 9 } }, 'settingsChanged'],
  ['the limit', { settings: { ...before.settings, wrongCodeEntryLimit: 9 } }, 'settingsChanged'],
  [
    'the lockout',
    { settings: { ...before.settings, userCodeTemporaryDisableTime: 9 } },
    'settingsChanged',
  ],
  ['another relying party', { relyingParties: [] }, 'relyingPartiesChanged'],
  [
    'another origin',
    { relyingParties: [{ id: 'door.example', origins: ['https://x.example'] }] },
    'relyingPartiesChanged',
  ],
  [
    'a user less',
    { users: [owner], invitations: [] },
    'userRemoved',
    'credentialRemoved',
    'credentialRemoved',
    'invitationRemoved',
  ],
  [
    'a user more',
    { users: [...before.users, person(5, 'guest').user] },
    'userAdded',
    'credentialAdded',
  ],
  ['a name', guestWith({ name: 'x' }), 'userChanged:name'],
  ['a role', guestWith({ role: 'manager' }), 'userChanged:role'],
  ['a status', guestWith({ userStatus: 'occupiedDisabled' }), 'userChanged:userStatus'],
  ['verbs', guestWith({ verbs: ['lock'] }), 'userChanged:verbs'],
  [
    'a validity',
    guestWith({ validity: { notBeforeMs: 1, notAfterMs: 2 } }),
    'userChanged:validity',
  ],
  ['two fields', guestWith({ name: 'x', verbs: [] }), 'userChanged:name+verbs'],
  [
    'a credential more',
    guestWith({ credentials: [...guest.credentials, phone] }),
    'credentialAdded',
  ],
  [
    'a code replaced',
    guestWith({ credentials: [deviceKey(2).credential, pinCredential(5)] }),
    'credentialRemoved',
    'credentialAdded',
  ],
  [
    'a renamed key',
    guestWith({ credentials: [deviceKey(2, 'new name').credential, pinCredential(3)] }),
    'credentialRenamed',
  ],
  [
    'an id with another key',
    guestWith({ credentials: [{ ...deviceKey(6).credential, id: idOf(2) }, pinCredential(3)] }),
    'credentialRewritten',
  ],
  [
    'an id of another kind',
    guestWith({ credentials: [pinCredential(2), pinCredential(3)] }),
    'credentialRewritten',
  ],
  [
    'a code with another date',
    guestWith({ credentials: [deviceKey(2).credential, { ...pinCredential(3), createdAtMs: 2 }] }),
    'credentialRewritten',
  ],
  [
    'a credential that moves to another user',
    {
      users: [
        { ...owner, credentials: [...owner.credentials, pinCredential(3)] },
        { ...guest, credentials: [deviceKey(2).credential] },
      ],
    },
    'credentialRewritten',
  ],
  ['an invitation of nobody', { invitations: [invitation, { ...invitation, ...ofNobody }] }],
  ['an invitation less', { invitations: [] }, 'invitationRemoved'],
  [
    'an invitation more',
    { invitations: [invitation, { ...invitation, id: idOf(8) }] },
    'invitationAdded',
  ],
  [
    'an invitation for longer',
    { invitations: [{ ...invitation, notAfterMs: 2 }] },
    'invitationRewritten',
  ],
  [
    'an invitation for another',
    { invitations: [{ ...invitation, userId: owner.id }] },
    'invitationRewritten',
  ],
  [
    'an invitation with another ticket',
    { invitations: [{ ...invitation, ticketPublicKey: new Uint8Array(32).fill(1) }] },
    'invitationRewritten',
  ],
]

describe('the difference names', () => {
  for (const [what, after, ...expected] of rows) {
    test(what, () => assert.deepEqual(words(after), expected))
  }

  test('who gains and who loses', () => {
    const gone = difference(before, nextPolicy(before, { users: [owner], invitations: [] }))
    assert.deepEqual(gone[0], { type: 'userRemoved', user: guest })
    assert.deepEqual(gone[1], {
      type: 'credentialRemoved',
      user: guest,
      credential: guest.credentials[0],
    })
  })

  test('no invitation of nobody that has gone', () => {
    const from = nextPolicy(before, { invitations: [{ ...invitation, ...ofNobody }] })
    assert.deepEqual(words({ invitations: [] }, from), [])
  })

  const withPhone = policyOf([{ ...owner, credentials: [phone] }])
  const rewrites = [
    { ...phone, relyingPartyId: 'x.example' },
    { ...phone, passkeyId: Uint8Array.of(1) },
    { ...phone, publicKey: new Uint8Array(65) },
    deviceKey(4).credential,
  ]
  for (const [index, credential] of rewrites.entries()) {
    test(`a passkey that becomes another thing (${index})`, () => {
      const users = [{ ...owner, credentials: [{ ...credential, id: phone.id }] }]
      assert.deepEqual(words({ users }, withPhone), ['credentialRewritten'])
    })
  }
})

const fieldChanges: Readonly<Record<UserField, Partial<typeof guest>>> = {
  name: { name: 'Other' },
  role: { role: 'resident' },
  userStatus: { userStatus: 'occupiedDisabled' },
  verbs: { verbs: ['unlatch'] },
  validity: { validity: { notBeforeMs: 1, notAfterMs: 2 } },
  userType: { userType: 'forcedUser' },
  credentialRule: { credentialRule: 'dual' },
  weekDaySchedules: { weekDaySchedules: [{ daysMask: 1, startMinute: 0, endMinute: 0 }] },
  yearDaySchedules: { yearDaySchedules: [{ startLocalMinute: 0, endLocalMinute: 0 }] },
  holidayRule: { holidayRule: 'onlyThen' },
  useLimit: { useLimit: 1 },
  expiringUserTimeout: { expiringUserTimeout: 1 },
  maxOfflineHours: { maxOfflineHours: 0 },
  afterHousehold: { afterHousehold: true },
  delegation: { delegation: { guestsMax: 1, stayHoursMax: 1 } },
}

for (const [field, fields] of Object.entries(fieldChanges)) {
  test(`a change of ${field} is seen`, () => {
    assert.deepEqual(words(guestWith(fields)), [`userChanged:${field}`])
  })
}

test('equal content in another order is no change', () => {
  const schedules = [
    { daysMask: 1, startMinute: 0, endMinute: 5 },
    { daysMask: 2, startMinute: 0, endMinute: 5 },
  ]
  const from = nextPolicy(before, guestWith({ weekDaySchedules: schedules }))
  assert.deepEqual(words(guestWith({ weekDaySchedules: schedules.toReversed() }), from), [])
})

/** What names a version, and what is compared item by item. */
const apart = new Set(['v', 'lockId', 'version', 'previous', 'users', 'invitations'])

test('any two documents that differ have a difference', (t) => {
  const seed = testSeed()
  t.diagnostic(`MORTISE_SEED=${seed}`)
  fc.assert(
    fc.property(policies, policies, (one, other) => {
      for (const field of Object.keys({ ...one, ...other })) {
        if (apart.has(field)) continue
        const after = { ...one, [field]: Reflect.get(other, field) }
        const same = sameContent(Reflect.get(one, field), Reflect.get(after, field))
        const isClosed =
          field === 'matterChannel' &&
          (one.matterChannel ?? 'closed') === (after.matterChannel ?? 'closed')
        assert.equal(difference(one, after).length === 0, same || isClosed, field)
      }
    }),
    { seed, numRuns: runsOf(100) },
  )
})
