import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type {
  Credential,
  HolidaySchedule,
  OperatingMode,
  Policy,
  User,
} from '@mortise/protocol/words'
import { findFlaw, policyFault, policyFlaws } from '#access/validate-policy.ts'
import type { PolicyFlaw } from '#access/validate-policy.ts'
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

const stretch = (startLocalMinute: number, endLocalMinute: number) => ({
  startLocalMinute,
  endLocalMinute,
})
const two = (credentials: readonly Credential[]): User =>
  ownerWith({ credentialRule: 'dual', credentials })
const agent = (fields: Partial<User>): User => person(4, 'agent', fields).user
const holiday = (start: number, end: number, operatingMode?: OperatingMode): HolidaySchedule => ({
  name: 'x',
  ...stretch(start, end),
  ...(operatingMode === undefined ? {} : { operatingMode }),
})
type Row = readonly [
  what: string,
  users: readonly User[],
  fields: Partial<Policy>,
  flaw: PolicyFlaw | undefined,
]
const holidayRows: readonly Row[] = (
  [
    ['one holiday', [holiday(1, 1)], undefined],
    ['two with a mode each', [holiday(5, 9, 'vacation'), holiday(1, 4, 'privacy')], undefined],
    ['two that meet', [holiday(4, 9, 'vacation'), holiday(1, 4, 'privacy')], 'holidaysDisagree'],
    [
      'one within another of its mode',
      [holiday(1, 9, 'vacation'), holiday(3, 4, 'vacation')],
      undefined,
    ],
    [
      'one within another without a mode',
      [holiday(1, 9, 'vacation'), holiday(3, 4)],
      'holidaysDisagree',
    ],
    [
      'one without a mode around another',
      [holiday(3, 4, 'vacation'), holiday(1, 9)],
      'holidaysDisagree',
    ],
    ['two without a mode', [holiday(1, 9), holiday(3, 4)], undefined],
    [
      'the first and the last of three',
      [holiday(1, 9, 'privacy'), holiday(2, 3, 'privacy'), holiday(8, 9, 'vacation')],
      'holidaysDisagree',
    ],
    ['one reversed among good ones', [holiday(1, 2), holiday(4, 3)], 'holidayReversed'],
  ] as const
).map(([what, holidaySchedules, flaw]) => [what, [owner], { holidaySchedules }, flaw])

const named = (type: 'fingerprint' | 'face', number: number): Credential => ({
  type,
  id: idOf(number),
  createdAtMs: 1,
  name: 'x',
})
const card = (number: number, key: number): Credential => ({
  type: 'rfid',
  id: idOf(number),
  createdAtMs: 1,
  name: 'card',
  publicKey: deviceKey(key).credential.publicKey,
})
/** Two credentials of one person, and whether something stands twice in them. */
const twice: readonly (readonly [string, Credential, Credential, PolicyFlaw | undefined])[] = [
  ['two codes', pinCredential(40), pinCredential(41), undefined],
  ['two fingers', named('fingerprint', 40), named('fingerprint', 41), undefined],
  ['two faces', named('face', 40), named('face', 41), undefined],
  ['a finger and a face by one id', named('fingerprint', 40), named('face', 40), 'credentialTwice'],
  ['two cards', card(40, 50), card(41, 51), undefined],
  ['two cards by one id', card(40, 50), card(40, 51), 'credentialTwice'],
  ['two cards with one key', card(40, 50), card(41, 50), 'credentialTwice'],
  ['two passkeys by one id', phone, { ...passkey(6).credential, id: phone.id }, 'credentialTwice'],
  [
    'two passkeys with one key',
    phone,
    { ...passkey(6).credential, publicKey: phone.publicKey },
    'credentialTwice',
  ],
  [
    'two passkeys with one passkey id',
    phone,
    { ...passkey(6).credential, passkeyId: phone.passkeyId },
    'credentialTwice',
  ],
]

const rows: readonly Row[] = [
  ['an owner', [owner], {}, undefined],
  ['nobody', [], {}, 'noLastingOwner'],
  ['an owner whose uses end', [ownerWith({ useLimit: 5 })], {}, 'noLastingOwner'],
  [
    'an owner whom the hub’s silence ends',
    [ownerWith({ maxOfflineHours: 24 })],
    {},
    'noLastingOwner',
  ],
  ['an owner with hours', [ownerWith(week())], {}, 'noLastingOwner'],
  ['an owner after the household', [ownerWith({ afterHousehold: true })], {}, 'noLastingOwner'],
  ['an owner not on holidays', [ownerWith({ holidayRule: 'noAccess' })], {}, 'noLastingOwner'],
  ['an owner who needs two to open and has one', [two(owner.credentials)], {}, 'noOwnerOpens'],
  [
    'an owner who needs two to open and has two of one kind',
    [two([deviceKey(1).credential, deviceKey(3).credential])],
    {},
    'noOwnerOpens',
  ],
  [
    'an owner who needs two to open and has them',
    [two([deviceKey(1).credential, pinCredential(3)])],
    {},
    undefined,
  ],
  ['an owner who only locks', [ownerWith({ verbs: ['lock'] })], {}, 'noOwnerOpens'],
  ['an owner who unlatches', [ownerWith({ verbs: ['unlatch'] })], {}, undefined],
  [
    'an owner who only locks, beside one who opens',
    [ownerWith({ verbs: ['lock'] }), person(3, 'owner').user],
    {},
    undefined,
  ],
  ['an agent that locks', [owner, agent({ verbs: ['lock'] })], {}, undefined],
  ['an agent that asks', [owner, agent({ verbs: [] })], {}, undefined],
  ['an agent that opens', [owner, agent({ verbs: ['unlock'] })], {}, 'agentOpensAlone'],
  ['an agent that unlatches', [owner, agent({ verbs: ['unlatch'] })], {}, 'agentOpensAlone'],
  [
    'an agent that opens with a second credential',
    [owner, agent({ verbs: ['unlock'], credentialRule: 'dual' })],
    {},
    undefined,
  ],
  [
    'an agent with a key and a voice PIN',
    [
      owner,
      agent({
        verbs: ['unlock'],
        credentialRule: 'dual',
        credentials: [deviceKey(40).credential, pinCredential(41)],
      }),
    ],
    {},
    undefined,
  ],
  ...(['fingerprint', 'face', 'rfid'] as const).map((type): Row => {
    const common = { id: idOf(42), createdAtMs: 1, name: 'x' }
    const shown: Credential =
      type === 'rfid' ? { type, ...common, publicKey: new Uint8Array(65) } : { type, ...common }
    const who = agent({ verbs: ['lock'], credentials: [shown] })
    return [`an agent with one of type ${type}`, [owner, who], {}, 'agentAtDoor']
  }),
  [
    'an agent with a finger beside its key',
    [
      owner,
      agent({ verbs: ['lock'], credentials: [deviceKey(40).credential, named('fingerprint', 41)] }),
    ],
    {},
    'agentAtDoor',
  ],
  [
    'a manager who delegates',
    [owner, { ...guest, role: 'manager', delegation: { guestsMax: 1, stayHoursMax: 1 } }],
    {},
    undefined,
  ],
  ['a reader', [owner, { ...guest, role: 'auditor', verbs: [] }], {}, undefined],
  ['uses that are counted', [owner, { ...guest, useLimit: 2 }], {}, undefined],
  ['a one-time user', [owner, { ...guest, userType: 'disposableUser' }], {}, undefined],
  ...(['weekDayScheduleUser', 'yearDayScheduleUser'] as const).map(
    (userType) =>
      [
        `both kinds of hours on ${userType}`,
        [owner, { ...guest, ...week(), yearDaySchedules: [stretch(1, 2)], userType }],
        {},
        'hoursMisfit',
      ] as const,
  ),
  [
    'a stretch on a type that ignores it',
    [owner, { ...guest, yearDaySchedules: [stretch(1, 2)] }],
    {},
    'hoursMisfit',
  ],
  [
    'both kinds of hours on a type that follows both',
    [
      owner,
      {
        ...guest,
        ...week(),
        yearDaySchedules: [stretch(1, 2)],
        userType: 'scheduleRestrictedUser',
      },
    ],
    {},
    undefined,
  ],
  [
    'a stretch on a type that follows both',
    [owner, { ...guest, yearDaySchedules: [stretch(1, 2)], userType: 'scheduleRestrictedUser' }],
    {},
    undefined,
  ],
  [
    'the second of two stretches reversed',
    [
      owner,
      {
        ...guest,
        userType: 'yearDayScheduleUser',
        yearDaySchedules: [stretch(1, 2), stretch(4, 3)],
      },
    ],
    {},
    'stretchReversed',
  ],
  [
    'a guest without an end beside a guest who would last',
    [guest, person(3, 'resident').user],
    {},
    'noLastingOwner',
  ],
  [
    'a stretch on a type that follows stretches',
    [owner, { ...guest, yearDaySchedules: [stretch(1, 2)], userType: 'yearDayScheduleUser' }],
    {},
    undefined,
  ],
  [
    'a type that follows stretches without any',
    [owner, { ...guest, userType: 'yearDayScheduleUser' }],
    {},
    'hoursMisfit',
  ],
  [
    'hours on a type that follows both',
    [owner, { ...guest, ...week(), userType: 'scheduleRestrictedUser' }],
    {},
    undefined,
  ],
  ...(['programmingUser', 'nonAccessUser', 'forcedUser', 'remoteOnlyUser'] as const).flatMap(
    (userType): readonly Row[] => [
      [`a ${userType} without hours`, [owner, { ...guest, userType }], {}, undefined],
      [`a ${userType} with hours`, [owner, { ...guest, ...week(), userType }], {}, 'hoursMisfit'],
    ],
  ),
  ...twice.map(([what, one, other, flaw]): Row => [what, [owner, guestWith(one, other)], {}, flaw]),
  [
    'a passkey whose relying party is another with origins',
    [owner, guestWith(phone)],
    { relyingParties: [{ id: 'other.example', origins: ['https://other.example'] }] },
    'relyingPartyMissing',
  ],
  ...holidayRows,
  ['hours on a type that follows them', [owner, { ...guest, ...week() }], {}, undefined],
  [
    'hours on a type that ignores them',
    [owner, { ...guest, ...week(), userType: 'forcedUser' }],
    {},
    'hoursMisfit',
  ],
  [
    'hours on no type',
    [owner, { ...guest, weekDaySchedules: week().weekDaySchedules }],
    {},
    'hoursMisfit',
  ],
  [
    'a type without its hours',
    [owner, { ...guest, userType: 'weekDayScheduleUser' }],
    {},
    'hoursMisfit',
  ],
  [
    'a restricted user without any',
    [owner, { ...guest, userType: 'scheduleRestrictedUser' }],
    {},
    'hoursMisfit',
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
    'stretchReversed',
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
    'timeoutMisfit',
  ],
  [
    'an expiring user without a timeout',
    [owner, { ...guest, userType: 'expiringUser' }],
    {},
    'timeoutMisfit',
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
    'useLimitMisfit',
  ],
  [
    'a reader who may lock',
    [owner, { ...guest, role: 'auditor', verbs: ['lock'] }],
    {},
    'auditorActs',
  ],
  [
    'a guest who delegates',
    [owner, { ...guest, delegation: { guestsMax: 1, stayHoursMax: 1 } }],
    {},
    'delegationMisfit',
  ],
  ['quiet hours for owners', [owner], { settings: quiet('owner') }, 'ownersQuieted'],
  ['quiet hours for guests', [owner], { settings: quiet('guest') }, undefined],
  [
    'a holiday that ends before it begins',
    [owner],
    { holidaySchedules: [{ name: 'x', startLocalMinute: 2, endLocalMinute: 1 }] },
    'holidayReversed',
  ],
  ['guests only', [guest], {}, 'noLastingOwner'],
  [
    'an owner with a code only',
    [ownerWith({ credentials: [pinCredential(3)] })],
    {},
    'noLastingOwner',
  ],
  ['an owner without any credential', [ownerWith({ credentials: [] })], {}, 'noLastingOwner'],
  ['a disabled owner', [ownerWith({ userStatus: 'occupiedDisabled' })], {}, 'noLastingOwner'],
  [
    'an owner for a while',
    [ownerWith({ validity: { notBeforeMs: 0, notAfterMs: 9e12 } })],
    {},
    'noLastingOwner',
  ],
  ['an owner with a passkey', [ownerWith({ credentials: [phone] })], {}, undefined],
  [
    'a passkey that may be used nowhere',
    [ownerWith({ credentials: [phone] })],
    { relyingParties: [{ ...relyingParty, origins: [] }] },
    'relyingPartyMissing',
  ],
  ['a zone by another name', [owner], { timeZone: 'Asia/Calcutta' }, undefined],
  ['universal time', [owner], { timeZone: 'UTC' }, undefined],
  ['no zone', [owner], { timeZone: 'Europe/Atlantis' }, 'timeZoneUnknown'],
  ['a bare offset', [owner], { timeZone: '+01:00' }, 'timeZoneUnknown'],
  [
    'an empty span',
    [owner, { ...guest, validity: { notBeforeMs: 5, notAfterMs: 5 } }],
    {},
    'validityEmpty',
  ],
  [
    'a reversed span',
    [owner, { ...guest, validity: { notBeforeMs: 6, notAfterMs: 5 } }],
    {},
    'validityEmpty',
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
    'credentialTwice',
  ],
  [
    'one key of two people',
    [owner, guestWith({ ...deviceKey(1).credential, id: idOf(7) })],
    {},
    'credentialTwice',
  ],
  [
    'one code id of two people',
    [
      ownerWith({ credentials: [deviceKey(1).credential, pinCredential(3)] }),
      guestWith(pinCredential(3)),
    ],
    {},
    'credentialTwice',
  ],
  [
    'one passkey of two people',
    [owner, guestWith(phone, { ...passkey(5).credential, id: idOf(6) })],
    {},
    'credentialTwice',
  ],
  ['two passkeys', [owner, guestWith(phone, passkey(6).credential)], {}, undefined],
  [
    'a passkey without its relying party',
    [owner, guestWith(phone)],
    { relyingParties: [] },
    'relyingPartyMissing',
  ],
  [
    'a passkey of a second relying party',
    [owner, guestWith(phone)],
    { relyingParties: [{ id: 'other.example', origins: [] }, relyingParty] },
    undefined,
  ],
  ['an invitation for a user', [owner, guest], { invitations: [invitation] }, undefined],
  ['an invitation for nobody', [owner], { invitations: [invitation] }, 'invitationOfNobody'],
]

/** Those that are about one person, and so name them. */
const personal: ReadonlySet<PolicyFlaw> = new Set([
  'validityEmpty',
  'hoursMisfit',
  'stretchReversed',
  'timeoutMisfit',
  'useLimitMisfit',
  'auditorActs',
  'agentOpensAlone',
  'agentAtDoor',
  'delegationMisfit',
  'relyingPartyMissing',
  'credentialTwice',
])

describe('a policy must be sound by itself', () => {
  for (const [what, users, fields, flaw] of rows) {
    test(`${what}: ${flaw ?? 'good'}`, () => {
      const policy = policyOf(users, fields)
      const found = findFlaw(policy)
      assert.equal(found?.flaw, flaw)
      assert.equal(found?.user, flaw !== undefined && personal.has(flaw) ? users.at(-1) : undefined)
      const reason = flaw === 'noLastingOwner' ? 'lastOwner' : 'policyInvalid'
      assert.equal(policyFault(policy), flaw === undefined ? undefined : reason)
    })
  }

  test('what is wrong with holidays names them', () => {
    const [fair, long] = [holiday(3, 4, 'vacation'), holiday(1, 9)]
    const found = (...holidaySchedules: readonly HolidaySchedule[]) =>
      findFlaw(policyOf([owner], { holidaySchedules }))?.holidays
    assert.deepEqual(found(holiday(12, 20), fair, long), [long, fair])
    const reversed = holiday(4, 3)
    assert.deepEqual(found(long, reversed), [reversed])
  })

  test('every flaw that is found is listed, and every listed one has its row', () => {
    const shown = new Set(rows.flatMap(([, , , flaw]) => flaw ?? []))
    assert.deepEqual([...shown].toSorted(), policyFlaws.toSorted())
  })
})

test('a policy is judged in a browser that has no Temporal', (context) => {
  const temporal = Object.getOwnPropertyDescriptor(globalThis, 'Temporal') ?? assert.fail()
  context.after(() => Object.defineProperty(globalThis, 'Temporal', temporal))
  Reflect.deleteProperty(globalThis, 'Temporal')
  assert.equal(findFlaw(policyOf([owner])), undefined)
  assert.equal(findFlaw({ ...policyOf([owner]), timeZone: 'Nowhere' })?.flaw, 'timeZoneUnknown')
})
