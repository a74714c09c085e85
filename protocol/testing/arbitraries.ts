import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type {
  Command,
  LinkFrame,
  PolicyReport,
  Proof,
  Reply,
  Request,
} from '#protocol/wire/index.ts'
import { farewellReasons, undeliverableReasons } from '#protocol/wire/index.ts'
import {
  alarmCodes,
  attempts,
  batteryConfidences,
  biometricTypes,
  credentialRules,
  credentialTypes,
  doorStates,
  enrolmentStages,
  eventTypes,
  faceRules,
  holidayRules,
  lockStates,
  matterChannels,
  operatingModes,
  operationSources,
  outcomes,
  reasons,
  roles,
  userStatuses,
  userTypes,
  verbs,
} from '#protocol/words/index.ts'
import type {
  Binding,
  Credential,
  Enrolment,
  Entry,
  Head,
  Invitation,
  OwnAccess,
  Policy,
  State,
  User,
} from '#protocol/words/index.ts'

/** Random well-formed messages of every kind, for property tests and for fuzzing by mutation. */

const fixed = (length: number): Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length })
const upTo = (max: number): Arbitrary<Uint8Array> => fc.uint8Array({ minLength: 1, maxLength: max })
const id16 = fixed(16)
const key32 = fixed(32)
const instant = fc.integer({ min: 0, max: 253_402_300_799_999 })
const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const name = fc
  .string({ minLength: 1, maxLength: 32 })
  .map((text) => text.replaceAll(/[^\p{L}\p{N} '-]/gu, 'x'))
  .map((text) => (text.trim() === '' ? 'x' : text))
const byId = (item: { readonly id: Uint8Array }): string => item.id.toHex()

/** Objects as the decoders make them: with the ordinary prototype. */
function record<Value extends object>(members: {
  [Key in keyof Value]: Arbitrary<Value[Key]>
}): Arbitrary<Value> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fast-check's overloads lose the type of a mapped record
  return fc.record(members, { noNullPrototype: true }) as Arbitrary<Value>
}

/** Leaves random optional members out instead of setting them to undefined. */
function partial<Full extends object, Optional extends object>(
  required: { [Key in keyof Full]: Arbitrary<Full[Key]> },
  optional: { [Key in keyof Optional]: Arbitrary<Optional[Key]> },
): Arbitrary<Full & Partial<Optional>> {
  const present = record<Full>(required)
  const absent = fc.record<Optional, never>(optional, { requiredKeys: [], noNullPrototype: true })
  return fc.tuple(present, absent).map(([left, right]) => Object.assign({}, left, right))
}

const yes = fc.constant(true as const)

export const credentials: Arbitrary<Credential> = fc.oneof(
  partial({ type: fc.constant('pin' as const), id: id16, createdAtMs: instant }, { duress: yes }),
  record({
    type: fc.constant('passkey' as const),
    id: id16,
    createdAtMs: instant,
    name,
    passkeyId: upTo(64),
    publicKey: fixed(65),
    relyingPartyId: fc.constant('localhost'),
  }),
  record({
    type: fc.constant('deviceKey' as const),
    id: id16,
    createdAtMs: instant,
    name,
    publicKey: key32,
  }),
  partial(
    { type: fc.constant('fingerprint' as const), id: id16, createdAtMs: instant, name },
    { duress: yes },
  ),
  record({ type: fc.constant('face' as const), id: id16, createdAtMs: instant, name }),
  record({
    type: fc.constant('rfid' as const),
    id: id16,
    createdAtMs: instant,
    name,
    publicKey: fixed(65),
  }),
)

const weekDaySchedules = fc.uniqueArray(
  record({
    daysMask: fc.integer({ min: 1, max: 127 }),
    startMinute: fc.integer({ min: 0, max: 1439 }),
    endMinute: fc.integer({ min: 0, max: 1439 }),
  }),
  { minLength: 1, maxLength: 4, selector: (schedule) => JSON.stringify(schedule) },
)
const localMinutes = {
  startLocalMinute: fc.integer({ min: 0, max: 60_000_000 }),
  endLocalMinute: fc.integer({ min: 0, max: 60_000_000 }),
}
const yearDaySchedules = fc.uniqueArray(record(localMinutes), {
  minLength: 1,
  maxLength: 4,
  selector: (schedule) => JSON.stringify(schedule),
})

const users: Arbitrary<User> = partial(
  {
    id: id16,
    name,
    role: fc.constantFrom(...roles),
    userStatus: fc.constantFrom(...userStatuses),
    verbs: fc.subarray([...verbs]),
    credentials: fc.uniqueArray(credentials, { maxLength: 4, selector: byId }),
  },
  {
    validity: record({ notBeforeMs: instant, notAfterMs: instant }),
    userType: fc.constantFrom(...userTypes),
    credentialRule: fc.constantFrom(...credentialRules),
    weekDaySchedules,
    yearDaySchedules,
    holidayRule: fc.constantFrom(...holidayRules),
    useLimit: fc.integer({ min: 1, max: 1000 }),
    expiringUserTimeout: fc.integer({ min: 1, max: 2880 }),
    maxOfflineHours: fc.integer({ min: 0, max: 8784 }),
    afterHousehold: yes,
    delegation: record({
      guestsMax: fc.integer({ min: 0, max: 100 }),
      stayHoursMax: fc.integer({ min: 1, max: 8784 }),
    }),
  },
)

const invitations: Arbitrary<Invitation> = record({
  id: id16,
  userId: id16,
  ticketPublicKey: key32,
  notAfterMs: instant,
})

const settings = partial(
  {
    autoRelockTime: fc.integer({ min: 0, max: 86_400 }),
    wrongCodeEntryLimit: fc.integer({ min: 1, max: 255 }),
    userCodeTemporaryDisableTime: fc.integer({ min: 1, max: 255 }),
  },
  {
    quietHours: record({
      schedules: weekDaySchedules,
      roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
    }),
    nightHours: weekDaySchedules,
    faceRule: fc.constantFrom(...faceRules),
    unlatchSeconds: fc.integer({ min: 1, max: 60 }),
    doorAjarSeconds: fc.integer({ min: 0, max: 86_400 }),
  },
)

const holidays = fc.array(
  partial({ name, ...localMinutes }, { operatingMode: fc.constantFrom(...operatingModes) }),
  { minLength: 1, maxLength: 3 },
)

export const policies: Arbitrary<Policy> = partial(
  {
    v: fc.constant(1 as const),
    lockId: key32,
    version: fc.integer({ min: 1, max: 1_000_000 }),
    previous: key32,
    doorName: name,
    timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
    settings,
    relyingParties: fc.constant([{ id: 'localhost', origins: ['http://localhost:8080'] }]),
    users: fc.uniqueArray(users, { maxLength: 6, selector: byId }),
    invitations: fc.uniqueArray(invitations, { maxLength: 3, selector: byId }),
  },
  {
    matterChannel: fc.constantFrom(...matterChannels),
    holidaySchedules: holidays,
    passageSchedules: weekDaySchedules,
  },
)

const bindings: Arbitrary<Binding> = record({
  userId: id16,
  invitationId: id16,
  credential: credentials,
})

export const policyReports: Arbitrary<PolicyReport> = record({
  v: fc.constant(1 as const),
  lockId: key32,
  version: whole,
  policy: upTo(300),
  bindings: fc.array(bindings, { maxLength: 3 }),
  timeMs: instant,
})

const pin = fc.stringMatching(/^[0-9]{6,10}$/)
const pins = fc.array(record({ credentialId: id16, pin }), { maxLength: 3 })
const policyChange = { policy: upTo(200), pins }

export const commands: Arbitrary<Command> = partial(
  {
    v: fc.constant(1 as const),
    lockId: key32,
    operation: fc.oneof(
      record({ type: fc.constant('lock' as const) }),
      partial(
        { type: fc.constant('unlock' as const) },
        { timeoutSeconds: fc.integer({ min: 1, max: 86_400 }), pin },
      ),
      partial({ type: fc.constant('unlatch' as const) }, { pin }),
      partial(
        {
          type: fc.constant('setOperatingMode' as const),
          operatingMode: fc.constantFrom(...operatingModes),
        },
        { untilMs: instant },
      ),
      record({ type: fc.constant('changePolicy' as const), ...policyChange }),
      record({ type: fc.constant('claim' as const), ...policyChange }),
      record({ type: fc.constant('acceptInvitation' as const), credential: credentials }),
      record({
        type: fc.constant('enrolCredential' as const),
        credentialId: id16,
        credentialType: fc.constantFrom(...biometricTypes),
        userId: id16,
      }),
      record({ type: fc.constant('factoryReset' as const) }),
      record({ type: fc.constant('stopFactoryReset' as const) }),
    ),
    challenge: key32,
    replyTo: key32,
  },
  { timeMs: instant },
)

const proofs: Arbitrary<Proof> = fc.oneof(
  record({
    type: fc.constant('passkey' as const),
    credentialId: id16,
    authenticatorData: upTo(64),
    clientDataJson: upTo(200),
    signature: upTo(72),
  }),
  record({ type: fc.constant('deviceKey' as const), credentialId: id16, signature: fixed(64) }),
  record({ type: fc.constant('ticket' as const), invitationId: id16, signature: fixed(64) }),
)

export const requests: Arbitrary<Request> = fc.oneof(
  partial(
    { type: fc.constant('ask' as const), nonce: key32, replyTo: key32 },
    { credentialId: id16, invitationId: id16 },
  ),
  record({ type: fc.constant('signed' as const), command: upTo(300), proof: proofs }),
)

const enrolments: Arbitrary<Enrolment> = partial(
  {
    credentialId: id16,
    credentialType: fc.constantFrom(...biometricTypes),
    stage: fc.constantFrom(...enrolmentStages),
    captured: fc.integer({ min: 0, max: 32 }),
    needed: fc.integer({ min: 0, max: 32 }),
    untilMs: instant,
  },
  { reason: fc.constantFrom(...reasons) },
)

export const states: Arbitrary<State> = partial(
  {
    v: fc.constant(1 as const),
    lockId: key32,
    boot: whole,
    counter: whole,
    timeMs: instant,
    timeCertain: fc.boolean(),
    claimed: fc.boolean(),
    policyVersion: whole,
    policyHash: key32,
    sequence: whole,
    lockState: fc.constantFrom(...lockStates),
    doorState: fc.constantFrom(...doorStates),
    moving: fc.boolean(),
    alarms: fc.subarray([...alarmCodes]),
    softwareVersion: name,
  },
  {
    batteryPercent: fc.integer({ min: 0, max: 100 }),
    mainsPresent: fc.boolean(),
    keypadLockedUntilMs: instant,
    autoRelockAtMs: instant,
    nonce: key32,
    operatingMode: fc.constantFrom(...operatingModes),
    operatingModeUntilMs: instant,
    batteryDaysLeft: whole,
    batteryConfidence: fc.constantFrom(...batteryConfidences),
    policyConfirmedAtMs: instant,
    journalFrom: whole,
    enrolment: enrolments,
    factoryResetAtMs: instant,
  },
)

const ownAccess: Arbitrary<OwnAccess> = partial(
  {
    userId: id16,
    userName: name,
    doorName: name,
    timeZone: name,
    role: fc.constantFrom(...roles),
    verbs: fc.subarray([...verbs]),
  },
  {
    validity: record({ notBeforeMs: instant, notAfterMs: instant }),
    invitationNotAfterMs: instant,
    weekDaySchedules,
    yearDaySchedules,
    holidayRule: fc.constantFrom(...holidayRules),
    holidays: fc.array(record(localMinutes), { minLength: 1, maxLength: 3 }),
    quietHours: weekDaySchedules,
    useLimit: fc.integer({ min: 1, max: 1000 }),
    uses: whole,
    expiringUserTimeout: fc.integer({ min: 1, max: 2880 }),
    firstUseMs: instant,
    afterHousehold: yes,
  },
)

export const replies: Arbitrary<Reply> = fc.oneof(
  partial(
    { type: fc.constant('answer' as const), v: fc.constant(1 as const), state: states },
    { challenge: key32, reason: fc.constantFrom(...reasons), access: ownAccess },
  ),
  partial(
    {
      type: fc.constant('receipt' as const),
      v: fc.constant(1 as const),
      lockId: key32,
      commandHash: key32,
      outcome: fc.constantFrom(...outcomes),
      reason: fc.constantFrom(...reasons),
      sequence: whole,
      state: states,
    },
    { nextChallenge: key32 },
  ),
)

export const entries: Arbitrary<Entry> = partial(
  {
    v: fc.constant(1 as const),
    sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    boot: whole,
    timeMs: instant,
    previous: key32,
    type: fc.constantFrom(...eventTypes),
  },
  {
    source: fc.constantFrom(...operationSources),
    userId: id16,
    userName: name,
    credentialId: id16,
    credentialType: fc.constantFrom(...credentialTypes),
    verb: fc.constantFrom(...verbs),
    attempt: fc.constantFrom(...attempts),
    outcome: fc.constantFrom(...outcomes),
    reason: fc.constantFrom(...reasons),
    intent: whole,
    policyVersion: whole,
    policyHash: key32,
    lockState: fc.constantFrom(...lockStates),
    doorState: fc.constantFrom(...doorStates),
    alarmCode: fc.constantFrom(...alarmCodes),
    count: whole,
    untilMs: instant,
    batteryPercent: fc.integer({ min: 0, max: 100 }),
    mainsPresent: fc.boolean(),
    duress: yes,
    operatingMode: fc.constantFrom(...operatingModes),
    batteryMillivolts: whole,
    batteryDaysLeft: whole,
    throughSequence: whole,
    lostFrom: whole,
    lostAfter: key32,
    matterUserIndex: whole,
    matterFabricIndex: whole,
  },
)

export const heads: Arbitrary<Head> = record({
  v: fc.constant(1 as const),
  lockId: key32,
  sequence: whole,
  hash: key32,
  timeMs: instant,
})

export const linkFrames: Arbitrary<LinkFrame> = fc.oneof(
  record({
    type: fc.constant('hubHello' as const),
    v: fc.constant(1 as const),
    hubKey: key32,
    nonce: key32,
  }),
  partial(
    {
      type: fc.constant('lockHello' as const),
      v: fc.constant(1 as const),
      lockKey: key32,
      sealingKey: key32,
      nonce: key32,
      signature: fixed(64),
    },
    { enrolment: key32 },
  ),
  record({ type: fc.constant('welcome' as const), signature: fixed(64), lastSequence: whole }),
  record({
    type: fc.constant('farewell' as const),
    reason: fc.constantFrom(...farewellReasons),
  }),
  record({ type: fc.constant('request' as const), id: id16, sealed: upTo(300) }),
  record({ type: fc.constant('reply' as const), id: id16, sealed: upTo(300) }),
  record({
    type: fc.constant('undeliverable' as const),
    id: id16,
    reason: fc.constantFrom(...undeliverableReasons),
  }),
  record({ type: fc.constant('state' as const), signed: upTo(300) }),
  record({ type: fc.constant('policy' as const), signed: upTo(300) }),
  record({
    type: fc.constant('events' as const),
    entries: fc.array(upTo(100), { maxLength: 4 }),
    signedHead: upTo(200),
  }),
  record({ type: fc.constant('acknowledge' as const), sequence: whole }),
  record({ type: fc.constant('askNewest' as const), nonce: key32 }),
  record({
    type: fc.constant('newest' as const),
    nonce: key32,
    version: whole,
    signature: fixed(64),
  }),
)
