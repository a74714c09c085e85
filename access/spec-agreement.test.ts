import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Binding,
  Credential,
  HolidaySchedule,
  Policy,
  Reason,
  User,
  WeekDaySchedule,
} from '@mortise/protocol/words'
import { operatingModes, roles, userTypes, verbs } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import type { AccessRequest } from '#access/decide.ts'
import { viewPolicy } from '#access/policy-view.ts'
import type { Situation, Usage } from '#access/situation.ts'
import { specifiedReason } from '#access/spec.ts'
import { chanceFrom, idOf, person, pick, policyOf, runsOf, seedOf } from '#access/testing/index.ts'
import { temporalWallClock } from '#access/wall-clock.ts'

/** As many as the foundation promises; the pools below keep a run to some seconds. */
const requestsTotal = 1_000_000
const worlds = 500
const people = 12
const momentsPerWorld = 60

type Chance = () => number

const maybe = <Value>(chance: Chance, share: number, value: () => Value): Value | undefined =>
  chance() < share ? value() : undefined

/** Leaves out what is undefined, as a decoded document does. */
function compact<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only undefined members are taken out
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>
  }
}

const startMs = Date.UTC(2026, 2, 27)
const spanMs = 5 * 86_400_000
const startLocalMinute = Math.floor(startMs / 60_000)

function minute(chance: Chance): number {
  return pick(chance, [0, 1, 119, 120, 179, 180, 719, 720, 1320, 1438, 1439])
}

function schedule(chance: Chance): WeekDaySchedule {
  return {
    daysMask: 1 + Math.floor(chance() * 127),
    startMinute: minute(chance),
    endMinute: minute(chance),
  }
}

function stretch(chance: Chance) {
  const start = startLocalMinute + Math.floor(chance() * 5 * 1440)
  return { startLocalMinute: start, endLocalMinute: start + pick(chance, [0, 1, 60, 1439, 4000]) }
}

function credential(chance: Chance, number: number): Credential {
  const common = { id: idOf(number), createdAtMs: 1 }
  const type = pick(chance, ['pin', 'pin', 'fingerprint', 'face', 'deviceKey'])
  switch (type) {
    case 'pin':
      return { type, ...common }
    case 'deviceKey':
      return { type, ...common, name: 'key', publicKey: new Uint8Array(32) }
    case 'fingerprint':
    case 'face':
      return { type, ...common, name: type }
  }
}

function somebody(chance: Chance, index: number): User {
  const instants = [startMs, startMs + 86_400_000, startMs + 3 * 86_400_000] as const
  const userType = maybe(chance, 0.7, () => pick(chance, [...userTypes]))
  return person(index, pick(chance, [...roles]), {
    userStatus: chance() < 0.1 ? 'occupiedDisabled' : 'occupiedEnabled',
    verbs: verbs.filter(() => chance() < 0.75),
    credentials: [credential(chance, index * 2 + 1), credential(chance, index * 2 + 2)],
    ...compact({
      userType,
      validity: maybe(chance, 0.3, () => ({
        notBeforeMs: pick(chance, instants),
        notAfterMs: pick(chance, instants),
      })),
      credentialRule: maybe(chance, 0.3, () => pick(chance, ['single', 'dual', 'tri'])),
      weekDaySchedules: maybe(chance, 0.4, () => [schedule(chance), schedule(chance)]),
      yearDaySchedules: maybe(chance, 0.3, () => [stretch(chance)]),
      holidayRule: maybe(chance, 0.3, () => pick(chance, ['asUsual', 'noAccess', 'onlyThen'])),
      useLimit: maybe(chance, 0.2, () => pick(chance, [1, 2, 3])),
      expiringUserTimeout: maybe(chance, 0.4, () => pick(chance, [1, 60, 2880])),
      maxOfflineHours: maybe(chance, 0.3, () => pick(chance, [0, 1, 24, 48])),
      afterHousehold: maybe(chance, 0.2, () => true as const),
    }),
  }).user
}

function holiday(chance: Chance): HolidaySchedule {
  const operatingMode = maybe(chance, 0.5, () => pick(chance, [...operatingModes]))
  return { name: 'day', ...stretch(chance), ...compact({ operatingMode }) }
}

function document(chance: Chance): Policy {
  const users = Array.from({ length: people }, (_, index) => somebody(chance, index))
  const settings = {
    ...policyOf([]).settings,
    ...compact({
      quietHours: maybe(chance, 0.4, () => ({
        schedules: [schedule(chance)],
        roles: roles.filter(() => chance() < 0.5),
      })),
      nightHours: maybe(chance, 0.4, () => [schedule(chance)]),
      faceRule: maybe(chance, 0.6, () => pick(chance, ['alone', 'notAloneAtNight', 'neverAlone'])),
    }),
  }
  return policyOf(users, {
    settings,
    ...compact({ holidaySchedules: maybe(chance, 0.5, () => [holiday(chance), holiday(chance)]) }),
  })
}

/** Moments of one world, with the wall read once for each: the same function for both sides. */
function moments(chance: Chance, zone: string): readonly Situation[] {
  const temporal = temporalWallClock(zone)
  const read = new Map<number, number>()
  const wallClock = (ms: number): number => {
    const known = read.get(ms) ?? temporal(ms)
    read.set(ms, known)
    return known
  }
  return Array.from({ length: momentsPerWorld }, () => {
    const ms = startMs + Math.floor(chance() * (spanMs / 60_000)) * 60_000
    const uses: readonly Usage[] = Array.from({ length: people }, () => {
      const firstUseMs = maybe(
        chance,
        0.5,
        () => ms - pick(chance, [0, 60_000, 3_600_000, 200_000_000]),
      )
      return { uses: Math.floor(chance() * 4), ...compact({ firstUseMs }) }
    })
    return {
      time: { ms, certain: chance() < 0.8 },
      wallClock,
      operatingMode: pick(chance, ['normal', 'normal', ...operatingModes]),
      usageOf: (id: Uint8Array) => uses[new DataView(id.buffer).getUint32(0)] ?? { uses: 0 },
      presented: [idOf(1 + Math.floor(chance() * people * 2))],
      ...compact({
        operatingModeUntilMs: maybe(chance, 0.3, () => ms + pick(chance, [-1, 0, 1, 3_600_000])),
        householdOpenedMs: maybe(chance, 0.5, () => ms - pick(chance, [0, 3_600_000, 86_400_000])),
        offlineMs: maybe(chance, 0.7, () => pick(chance, [0, 3_599_999, 3_600_000, 86_400_000])),
      }),
    }
  })
}

const actions: readonly [AccessRequest['action'], ...AccessRequest['action'][]] = [
  'lock',
  'unlock',
  'unlock',
  'unlatch',
  'changePolicy',
  { setOperatingMode: 'normal' },
  { setOperatingMode: 'vacation' },
  { setOperatingMode: 'privacy' },
  { setOperatingMode: 'lockdown' },
  { setOperatingMode: 'passage' },
]

test('decide agrees with its specification on a million random requests', (t) => {
  const chance = chanceFrom(seedOf(t))
  const seen = new Map<Reason, number>()
  for (let world = 0; world < runsOf(worlds); world += 1) {
    const policy = document(chance)
    const bindings: readonly Binding[] = Array.from({ length: 3 }, (_, index) => ({
      userId: idOf(Math.floor(chance() * (people + 2))),
      invitationId: idOf(index),
      credential: credential(chance, 100 + index),
    }))
    const view = viewPolicy(policy, bindings)
    const situations = moments(
      chance,
      pick(chance, ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata']),
    )
    for (let request = 0; request < requestsTotal / worlds; request += 1) {
      const number =
        chance() < 0.1 ? 100 + Math.floor(chance() * 4) : 1 + Math.floor(chance() * people * 2)
      const asked = {
        credentialId: idOf(number),
        action: pick(chance, actions),
        channel: pick(chance, [
          'keypad',
          'biometric',
          'remote',
          'remote',
          'matter',
          'rfid',
          'voice',
        ]),
      }
      const situation = situations[Math.floor(chance() * situations.length)]
      assert.ok(situation !== undefined)
      const { reason } = decide(view, asked, situation)
      if (reason !== specifiedReason(policy, bindings, asked, situation)) {
        assert.equal(
          reason,
          specifiedReason(policy, bindings, asked, situation),
          JSON.stringify({ asked, world, request }),
        )
      }
      seen.set(reason, (seen.get(reason) ?? 0) + 1)
    }
  }
  t.diagnostic([...seen].map(([reason, count]) => `${reason} ${count}`).join(', '))
  assert.deepEqual([...seen.keys()].toSorted(), [
    'anotherCredentialNeeded',
    'beforeHousehold',
    'channelClosed',
    'expired',
    'granted',
    'holiday',
    'lockdownMode',
    'noLongerValid',
    'nonAccessUser',
    'notAuthorized',
    'notYetValid',
    'outsideSchedule',
    'privacyMode',
    'quietHours',
    'remoteDisabled',
    'remoteOnly',
    'timeUncertain',
    'tooLongOffline',
    'unknownCredential',
    'usedUp',
    'userDisabled',
    'vacationMode',
    'verbNotAllowed',
  ])
})
