import type { Command, LinkFrame, PolicyReport, Reply, Request } from '#protocol/wire/index.ts'
import type { Entry, Head, Policy, State } from '#protocol/words/index.ts'

/** One meaningful example of every message, with fixed bytes, from which the golden files are made. */

const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte)
const lockId = filled(32, 0x11)
const ownerId = filled(16, 0xa1)
const visitorId = filled(16, 0xa2)
const ownerKeyId = filled(16, 0xb1)
const pinId = filled(16, 0xb2)
const point = Uint8Array.from([4, ...filled(64, 0x77)])
const march2026 = 1_772_323_200_000

export const samplePolicy: Policy = {
  v: 1,
  lockId,
  version: 2,
  previous: filled(32, 0x22),
  doorName: 'Front door',
  timeZone: 'Europe/Berlin',
  settings: { autoRelockTime: 120, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
  relyingParties: [{ id: 'home.example', origins: ['https://home.example'] }],
  users: [
    {
      id: ownerId,
      name: 'Änne Öztürk',
      role: 'owner',
      userStatus: 'occupiedEnabled',
      verbs: ['lock', 'unlock'],
      credentials: [
        {
          type: 'passkey',
          id: ownerKeyId,
          createdAtMs: march2026,
          name: 'Phone',
          passkeyId: filled(16, 0xc1),
          publicKey: point,
          relyingPartyId: 'home.example',
        },
        {
          type: 'deviceKey',
          id: filled(16, 0xb3),
          createdAtMs: march2026,
          name: 'Laptop',
          publicKey: filled(32, 0x44),
        },
      ],
    },
    {
      id: visitorId,
      name: 'Gardener',
      role: 'guest',
      userStatus: 'occupiedEnabled',
      verbs: ['unlock'],
      validity: { notBeforeMs: march2026, notAfterMs: march2026 + 3_600_000 },
      credentials: [{ type: 'pin', id: pinId, createdAtMs: march2026 }],
    },
  ],
  invitations: [
    {
      id: filled(16, 0xd1),
      userId: visitorId,
      ticketPublicKey: filled(32, 0x55),
      notAfterMs: march2026 + 86_400_000,
    },
  ],
}

export const sampleReport: PolicyReport = {
  v: 1,
  lockId,
  version: 2,
  policy: Uint8Array.of(0xa0),
  bindings: [
    {
      userId: visitorId,
      invitationId: filled(16, 0xd1),
      credential: {
        type: 'deviceKey',
        id: filled(16, 0xb4),
        createdAtMs: march2026,
        name: 'Old phone',
        publicKey: filled(32, 0x66),
      },
    },
  ],
  timeMs: march2026,
}

const commandFrame = {
  v: 1,
  lockId,
  challenge: filled(32, 0x33),
  replyTo: filled(32, 0x88),
} as const

export const sampleCommands: Readonly<Record<string, Command>> = {
  unlock: { ...commandFrame, operation: { type: 'unlock' } },
  lock: { ...commandFrame, operation: { type: 'lock' } },
  changePolicy: {
    ...commandFrame,
    operation: {
      type: 'changePolicy',
      policy: Uint8Array.of(0xa0),
      pins: [{ credentialId: pinId, pin: '805129' }],
    },
  },
  claim: {
    ...commandFrame,
    operation: { type: 'claim', policy: Uint8Array.of(0xa0), pins: [] },
  },
  acceptInvitation: {
    ...commandFrame,
    operation: {
      type: 'acceptInvitation',
      credential: {
        type: 'deviceKey',
        id: filled(16, 0xb4),
        createdAtMs: march2026,
        name: 'Old phone',
        publicKey: filled(32, 0x66),
      },
    },
  },
}

export const sampleRequests: Readonly<Record<string, Request>> = {
  'ask for state': { type: 'ask', nonce: filled(32, 0x99), replyTo: filled(32, 0x88) },
  'ask for a challenge': {
    type: 'ask',
    nonce: filled(32, 0x99),
    replyTo: filled(32, 0x88),
    credentialId: ownerKeyId,
  },
  'a command with a passkey': {
    type: 'signed',
    command: Uint8Array.of(0xa0),
    proof: {
      type: 'passkey',
      credentialId: ownerKeyId,
      authenticatorData: filled(37, 0x05),
      clientDataJson: new TextEncoder().encode('{}'),
      signature: filled(70, 0x30),
    },
  },
  'a command with a device key': {
    type: 'signed',
    command: Uint8Array.of(0xa0),
    proof: { type: 'deviceKey', credentialId: ownerKeyId, signature: filled(64, 0x31) },
  },
  'a command with an invitation ticket': {
    type: 'signed',
    command: Uint8Array.of(0xa0),
    proof: { type: 'ticket', invitationId: filled(16, 0xd1), signature: filled(64, 0x32) },
  },
}

export const sampleState: State = {
  v: 1,
  lockId,
  boot: 3,
  counter: 41,
  timeMs: march2026,
  timeCertain: true,
  claimed: true,
  policyVersion: 2,
  policyHash: filled(32, 0x23),
  sequence: 17,
  lockState: 'locked',
  doorState: 'doorClosed',
  moving: false,
  alarms: ['batteryLow'],
  batteryPercent: 18,
  mainsPresent: false,
  keypadLockedUntilMs: march2026 + 30_000,
  softwareVersion: '0.1.0',
  nonce: filled(32, 0x99),
}

/** Answers to somebody who asks as themselves; they came later and have a file of their own. */
export const sampleOwnAnswers: Readonly<Record<string, Reply>> = {
  'an answer to a resident': {
    type: 'answer',
    v: 1,
    state: sampleState,
    challenge: filled(32, 0x34),
    access: {
      userId: filled(16, 0x21),
      userName: 'Zoë',
      doorName: 'Front door',
      timeZone: 'Europe/Berlin',
      role: 'resident',
      verbs: ['lock', 'unlock'],
    },
  },
  'an answer to an invited guest': {
    type: 'answer',
    v: 1,
    state: sampleState,
    challenge: filled(32, 0x34),
    access: {
      userId: filled(16, 0x22),
      userName: 'Ben',
      doorName: 'Front door',
      timeZone: 'Europe/Berlin',
      role: 'guest',
      verbs: ['unlock'],
      validity: { notBeforeMs: march2026, notAfterMs: march2026 + 3_600_000 },
      invitationNotAfterMs: march2026 + 86_400_000,
    },
  },
}

/** Answers to people whose hours are limited. */
export const sampleOwnHours: Readonly<Record<string, Reply>> = {
  'an answer to a cleaner': {
    type: 'answer',
    v: 1,
    state: sampleState,
    challenge: filled(32, 0x34),
    access: {
      userId: filled(16, 0x23),
      userName: 'Olga',
      doorName: 'Front door',
      timeZone: 'Europe/Berlin',
      role: 'guest',
      verbs: ['lock', 'unlock'],
      weekDaySchedules: [{ daysMask: 0b011_1110, startMinute: 480, endMinute: 1019 }],
      yearDaySchedules: [{ startLocalMinute: 29_539_680, endLocalMinute: 29_582_879 }],
      holidayRule: 'noAccess',
      holidays: [{ startLocalMinute: 29_550_240, endLocalMinute: 29_551_679 }],
      quietHours: [{ daysMask: 127, startMinute: 1320, endMinute: 359 }],
      useLimit: 5,
      uses: 2,
      afterHousehold: true,
    },
  },
  'an answer to somebody whose time counts from the first use': {
    type: 'answer',
    v: 1,
    state: sampleState,
    challenge: filled(32, 0x34),
    access: {
      userId: filled(16, 0x24),
      userName: 'Piet',
      doorName: 'Front door',
      timeZone: 'Europe/Berlin',
      role: 'guest',
      verbs: ['unlock'],
      expiringUserTimeout: 120,
      firstUseMs: march2026,
    },
  },
}

export const sampleReplies: Readonly<Record<string, Reply>> = {
  answer: { type: 'answer', v: 1, state: sampleState, challenge: filled(32, 0x34) },
  receipt: {
    type: 'receipt',
    v: 1,
    lockId,
    commandHash: filled(32, 0x35),
    outcome: 'done',
    reason: 'granted',
    sequence: 17,
    state: sampleState,
    nextChallenge: filled(32, 0x36),
  },
  'a receipt that refuses': {
    type: 'receipt',
    v: 1,
    lockId,
    commandHash: filled(32, 0x35),
    outcome: 'refused',
    reason: 'noLongerValid',
    sequence: 18,
    state: sampleState,
  },
}

const entryFrame = {
  v: 1,
  sequence: 17,
  boot: 3,
  timeMs: march2026,
  previous: filled(32, 0x24),
} as const

export const sampleEntries: Readonly<Record<string, Entry>> = {
  started: { ...entryFrame, type: 'started' },
  'an intent': {
    ...entryFrame,
    type: 'operationIntent',
    source: 'keypad',
    userId: visitorId,
    userName: 'Gardener',
    credentialId: pinId,
    credentialType: 'pin',
    verb: 'unlock',
  },
  'its result': {
    ...entryFrame,
    sequence: 18,
    type: 'operationResult',
    intent: 17,
    outcome: 'done',
    reason: 'granted',
    lockState: 'unlocked',
  },
}

export const sampleHead: Head = {
  v: 1,
  lockId,
  sequence: 18,
  hash: filled(32, 0x25),
  timeMs: march2026,
}

export const sampleFrames: Readonly<Record<string, LinkFrame>> = {
  hubHello: { type: 'hubHello', v: 1, hubKey: filled(32, 0x41), nonce: filled(32, 0x42) },
  lockHello: {
    type: 'lockHello',
    v: 1,
    lockKey: filled(32, 0x43),
    sealingKey: filled(32, 0x45),
    nonce: filled(32, 0x46),
    signature: filled(64, 0x47),
    enrolment: filled(32, 0x48),
  },
  welcome: { type: 'welcome', signature: filled(64, 0x49), lastSequence: 12 },
  farewell: { type: 'farewell', reason: 'unknownLock' },
  request: { type: 'request', id: filled(16, 0x4a), sealed: Uint8Array.of(1, 2, 3) },
  reply: { type: 'reply', id: filled(16, 0x4a), sealed: Uint8Array.of(4, 5, 6) },
  undeliverable: { type: 'undeliverable', id: filled(16, 0x4a), reason: 'unsealable' },
  state: { type: 'state', signed: Uint8Array.of(7) },
  policy: { type: 'policy', signed: Uint8Array.of(8) },
  events: { type: 'events', entries: [Uint8Array.of(9)], signedHead: Uint8Array.of(10) },
  acknowledge: { type: 'acknowledge', sequence: 18 },
}
