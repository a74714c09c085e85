import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Credential, Policy, Reason, User } from '@mortise/protocol/words'
import { policyFault } from '#access/validate-policy.ts'
import {
  deviceKey,
  idOf,
  passkey,
  person,
  pinCredential,
  relyingParty,
} from '#access/testing/people.ts'
import { policyOf } from '#access/testing/policies.ts'

const owner = person(1, 'owner').user
const guest = person(2, 'guest').user
const phone = passkey(5).credential
const invitation = {
  id: idOf(9),
  userId: guest.id,
  ticketPublicKey: new Uint8Array(32),
  notAfterMs: 1,
}
const ownerWith = (fields: Partial<User>): User => ({ ...owner, ...fields })
const guestWith = (...credentials: Credential[]): User => ({ ...guest, credentials })

const week = () => ({
  userType: 'weekDayScheduleUser' as const,
  weekDaySchedules: [{ daysMask: 127, startMinute: 0, endMinute: 60 }],
})
const quiet = (role: User['role']): Policy['settings'] => ({
  ...policyOf([]).settings,
  quietHours: { schedules: week().weekDaySchedules, roles: [role] },
})

const rows: readonly (readonly [
  what: string,
  users: readonly User[],
  fields: Partial<Policy>,
  reason: Reason | undefined,
])[] = [
  ['an owner', [owner], {}, undefined],
  ['nobody', [], {}, 'lastOwner'],
  ['an owner whose uses end', [ownerWith({ useLimit: 5 })], {}, 'lastOwner'],
  ['an owner whom the hub’s silence ends', [ownerWith({ maxOfflineHours: 24 })], {}, 'lastOwner'],
  ['an owner with hours', [ownerWith(week())], {}, 'lastOwner'],
  ['an owner after the household', [ownerWith({ afterHousehold: true })], {}, 'lastOwner'],
  ['an owner not on holidays', [ownerWith({ holidayRule: 'noAccess' })], {}, 'lastOwner'],
  ['an owner who needs two to open', [ownerWith({ credentialRule: 'dual' })], {}, undefined],
  ['hours on a type that follows them', [owner, { ...guest, ...week() }], {}, undefined],
  [
    'hours on a type that ignores them',
    [owner, { ...guest, ...week(), userType: 'forcedUser' }],
    {},
    'policyInvalid',
  ],
  [
    'hours on no type',
    [owner, { ...guest, weekDaySchedules: week().weekDaySchedules }],
    {},
    'policyInvalid',
  ],
  [
    'a type without its hours',
    [owner, { ...guest, userType: 'weekDayScheduleUser' }],
    {},
    'policyInvalid',
  ],
  [
    'a restricted user without any',
    [owner, { ...guest, userType: 'scheduleRestrictedUser' }],
    {},
    'policyInvalid',
  ],
  [
    'a stretch that ends before it begins',
    [
      owner,
      {
        ...guest,
        userType: 'yearDayScheduleUser',
        yearDaySchedules: [{ startLocalMinute: 2, endLocalMinute: 1 }],
      },
    ],
    {},
    'policyInvalid',
  ],
  [
    'a stretch of one minute',
    [
      owner,
      {
        ...guest,
        userType: 'yearDayScheduleUser',
        yearDaySchedules: [{ startLocalMinute: 2, endLocalMinute: 2 }],
      },
    ],
    {},
    undefined,
  ],
  [
    'a timeout without its type',
    [owner, { ...guest, expiringUserTimeout: 5 }],
    {},
    'policyInvalid',
  ],
  [
    'an expiring user without a timeout',
    [owner, { ...guest, userType: 'expiringUser' }],
    {},
    'policyInvalid',
  ],
  [
    'an expiring user',
    [owner, { ...guest, userType: 'expiringUser', expiringUserTimeout: 5 }],
    {},
    undefined,
  ],
  [
    'a one-time user with a limit',
    [owner, { ...guest, userType: 'disposableUser', useLimit: 2 }],
    {},
    'policyInvalid',
  ],
  [
    'a reader who may lock',
    [owner, { ...guest, role: 'auditor', verbs: ['lock'] }],
    {},
    'policyInvalid',
  ],
  [
    'a guest who delegates',
    [owner, { ...guest, delegation: { guestsMax: 1, stayHoursMax: 1 } }],
    {},
    'policyInvalid',
  ],
  ['quiet hours for owners', [owner], { settings: quiet('owner') }, 'policyInvalid'],
  ['quiet hours for guests', [owner], { settings: quiet('guest') }, undefined],
  [
    'a holiday that ends before it begins',
    [owner],
    { holidaySchedules: [{ name: 'x', startLocalMinute: 2, endLocalMinute: 1 }] },
    'policyInvalid',
  ],
  ['guests only', [guest], {}, 'lastOwner'],
  ['an owner with a code only', [ownerWith({ credentials: [pinCredential(3)] })], {}, 'lastOwner'],
  ['an owner without any credential', [ownerWith({ credentials: [] })], {}, 'lastOwner'],
  ['a disabled owner', [ownerWith({ userStatus: 'occupiedDisabled' })], {}, 'lastOwner'],
  [
    'an owner for a while',
    [ownerWith({ validity: { notBeforeMs: 0, notAfterMs: 9e12 } })],
    {},
    'lastOwner',
  ],
  ['an owner with a passkey', [ownerWith({ credentials: [phone] })], {}, undefined],
  [
    'a passkey that may be used nowhere',
    [ownerWith({ credentials: [phone] })],
    { relyingParties: [{ ...relyingParty, origins: [] }] },
    'policyInvalid',
  ],
  ['a zone by another name', [owner], { timeZone: 'Asia/Calcutta' }, undefined],
  ['universal time', [owner], { timeZone: 'UTC' }, undefined],
  ['no zone', [owner], { timeZone: 'Europe/Atlantis' }, 'policyInvalid'],
  ['a bare offset', [owner], { timeZone: '+01:00' }, 'policyInvalid'],
  [
    'an empty span',
    [owner, { ...guest, validity: { notBeforeMs: 5, notAfterMs: 5 } }],
    {},
    'policyInvalid',
  ],
  [
    'a reversed span',
    [owner, { ...guest, validity: { notBeforeMs: 6, notAfterMs: 5 } }],
    {},
    'policyInvalid',
  ],
  [
    'the shortest span',
    [owner, { ...guest, validity: { notBeforeMs: 5, notAfterMs: 6 } }],
    {},
    undefined,
  ],
  [
    'one credential of two people',
    [owner, guestWith(deviceKey(1).credential)],
    {},
    'policyInvalid',
  ],
  [
    'one key of two people',
    [owner, guestWith({ ...deviceKey(1).credential, id: idOf(7) })],
    {},
    'policyInvalid',
  ],
  [
    'one code id of two people',
    [
      ownerWith({ credentials: [deviceKey(1).credential, pinCredential(3)] }),
      guestWith(pinCredential(3)),
    ],
    {},
    'policyInvalid',
  ],
  [
    'one passkey of two people',
    [owner, guestWith(phone, { ...passkey(5).credential, id: idOf(6) })],
    {},
    'policyInvalid',
  ],
  ['two passkeys', [owner, guestWith(phone, passkey(6).credential)], {}, undefined],
  [
    'a passkey without its relying party',
    [owner, guestWith(phone)],
    { relyingParties: [] },
    'policyInvalid',
  ],
  [
    'a passkey of a second relying party',
    [owner, guestWith(phone)],
    { relyingParties: [{ id: 'other.example', origins: [] }, relyingParty] },
    undefined,
  ],
  ['an invitation for a user', [owner, guest], { invitations: [invitation] }, undefined],
  ['an invitation for nobody', [owner], { invitations: [invitation] }, 'policyInvalid'],
]

describe('a policy must be sound by itself', () => {
  for (const [what, users, fields, reason] of rows) {
    test(`${what}: ${reason ?? 'good'}`, () => {
      assert.equal(policyFault(policyOf(users, fields)), reason)
    })
  }
})
