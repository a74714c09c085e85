import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { credentialTypes } from '@mortise/protocol/words'
import type { Credential, OperatingMode, Policy, Role, User } from '@mortise/protocol/words'
import { decide } from '#access/decide.ts'
import { at, explain } from '#access/explain.ts'
import { viewPolicy } from '#access/policy-view.ts'
import { plainSituation } from '#access/situation.ts'
import {
  chanceFrom,
  deviceKey,
  idOf,
  passkey,
  person,
  pick,
  pinCredential,
  policyOf,
  runsOf,
  seedOf,
} from '#access/testing/index.ts'
import { channelOf, openingsOf, whoCanOpen } from '#access/timetable.ts'
import { temporalWallClock } from '#access/wall-clock.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const berlin = temporalWallClock('Europe/Berlin')
const situation = (ms: number) => plainSituation({ ms, certain: true }, berlin)
const weekdays = { daysMask: 0b011_1110, startMinute: 540, endMinute: 1019 }
const cleaner = (fields: Partial<User> = {}): User =>
  person(2, 'guest', {
    userType: 'weekDayScheduleUser',
    weekDaySchedules: [weekdays],
    credentials: [pinCredential(20)],
    verbs: ['lock', 'unlock'],
    ...fields,
  }).user
const house = (user: User, fields: Partial<Policy> = {}) =>
  viewPolicy(policyOf([person(1, 'owner').user, user], fields), [])

/** Monday 2026-06-01 00:00 in Berlin. */
const monday = Date.UTC(2026, 4, 31, 22)

describe('who can open', () => {
  test('an owner always, a cleaner in their hours', () => {
    const span = { fromMs: monday, toMs: monday + 2 * dayMs }
    const [owner, other] = whoCanOpen(house(cleaner()), situation(monday), span)
    assert.deepEqual(owner?.spans, [{ ...span, verbs: ['lock', 'unlock'], withAnother: [] }])
    assert.deepEqual(
      other?.spans.map(({ fromMs, toMs, verbs }) => [fromMs - monday, toMs - monday, verbs.join()]),
      [
        [0, 9 * hourMs, 'lock'],
        [9 * hourMs, 17 * hourMs, 'lock,unlock'],
        [17 * hourMs, 33 * hourMs, 'lock'],
        [33 * hourMs, 41 * hourMs, 'lock,unlock'],
        [41 * hourMs, 48 * hourMs, 'lock'],
      ],
    )
  })

  test('an hour longer on the night on which the clocks are set back', () => {
    const nightly = cleaner({
      weekDaySchedules: [{ daysMask: 127, startMinute: 60, endMinute: 239 }],
    })
    const saturday = Date.UTC(2026, 9, 24, 22)
    const [, other] = whoCanOpen(house(nightly), situation(saturday), {
      fromMs: saturday,
      toMs: saturday + dayMs,
    })
    const open = other?.spans.find(({ verbs }) => verbs.includes('unlock'))
    assert.equal((open?.toMs ?? 0) - (open?.fromMs ?? 0), 4 * hourMs)
  })

  test('nobody who has no way in, as before an invitation is accepted', () => {
    const span = { fromMs: monday, toMs: monday + dayMs }
    const invited = whoCanOpen(house(cleaner({ credentials: [] })), situation(monday), span)
    assert.deepEqual(invited[1]?.spans, [])
  })

  test('says what needs another credential', () => {
    const dual = cleaner({ credentialRule: 'dual' })
    const [, other] = whoCanOpen(house(dual), situation(monday), {
      fromMs: monday + 10 * hourMs,
      toMs: monday + 11 * hourMs,
    })
    assert.deepEqual(other?.spans[0]?.withAnother, ['unlock'])
  })

  test('asks of some people only, when they are named', () => {
    const many = Array.from(
      { length: 250 },
      (_, index) => person(index + 1, index === 0 ? 'owner' : 'resident').user,
    )
    const view = viewPolicy(policyOf(many), [])
    const span = { fromMs: monday, toMs: monday + hourMs }
    assert.equal(whoCanOpen(view, situation(monday), span).length, 250)
    const last = whoCanOpen(view, situation(monday), span, many.slice(200))
    assert.equal(last.length, 50)
    assert.equal(last[0]?.user.name, 'resident 201')
  })

  test('a mode that has an end is followed to it, in the timetable and in the reason', () => {
    const away = { operatingMode: 'vacation', operatingModeUntilMs: monday + 12 * hourMs } as const
    const view = house(cleaner())
    const span = { fromMs: monday, toMs: monday + dayMs }
    const [owner, other] = whoCanOpen(view, { ...situation(monday), ...away }, span)
    assert.deepEqual(owner?.spans.length, 1, 'no seam for whom it does not matter')
    assert.deepEqual(other && openingsOf(other), [
      { fromMs: monday + 12 * hourMs, toMs: monday + 17 * hourMs, withAnother: false },
    ])
    const request = { credentialId: idOf(20), action: 'unlock', channel: 'keypad' } as const
    const morning = { ...situation(monday + 10 * hourMs), ...away }
    const { decision, changesAtMs } = explain(view, request, morning)
    assert.deepEqual([decision.reason, changesAtMs], ['vacationMode', monday + 12 * hourMs])
  })

  test('says what may be unlatched', () => {
    const span = { fromMs: monday, toMs: monday + hourMs }
    const verbs = ['lock', 'unlock', 'unlatch'] as const
    const [, other] = whoCanOpen(
      house(person(2, 'resident', { verbs }).user),
      situation(monday),
      span,
    )
    assert.deepEqual(other?.spans, [{ ...span, verbs, withAnother: [] }])
  })

  test('leaves a gap between hours of which nothing is in between', () => {
    const span = { fromMs: monday, toMs: monday + 2 * dayMs }
    const [, other] = whoCanOpen(house(cleaner({ verbs: ['unlock'] })), situation(monday), span)
    assert.deepEqual(
      other?.spans.map(({ fromMs, toMs }) => [
        (fromMs - monday) / hourMs,
        (toMs - monday) / hourMs,
      ]),
      [
        [9, 17],
        [33, 41],
      ],
    )
  })

  test('parts hours that differ in what needs another credential alone', () => {
    const span = { fromMs: monday, toMs: monday + dayMs }
    const dual = cleaner({ credentialRule: 'dual' })
    const [, other] = whoCanOpen(house(dual), situation(monday), span)
    assert.deepEqual(
      other?.spans.map(({ withAnother }) => withAnother.join()),
      ['', 'unlock', ''],
    )
  })

  test('asks each way in by its own channel, and takes the best of them', () => {
    const span = { fromMs: monday, toMs: monday + hourMs }
    const key = deviceKey(21).credential
    const phone = { ...passkey(22).credential }
    const finger = { type: 'fingerprint', id: idOf(23), createdAtMs: 1, name: 'x' } as const
    const ways = (mode: OperatingMode, ...credentials: readonly Credential[]): number => {
      const view = house(person(2, 'resident', { credentials }).user)
      const now = { ...situation(monday), operatingMode: mode }
      return whoCanOpen(view, now, span)[1]?.spans.length ?? 0
    }
    for (const remote of [key, phone]) {
      assert.equal(ways('noRemoteLockUnlock', remote), 0)
      assert.equal(ways('noRemoteLockUnlock', remote, pinCredential(20)), 1)
      assert.equal(ways('noRemoteLockUnlock', pinCredential(20), remote), 1)
    }
    assert.equal(ways('noRemoteLockUnlock', finger), 1)
  })

  test('knows at which part of the door each kind of credential is shown', () => {
    const places = (role: Role) => credentialTypes.map((type) => channelOf(type, role))
    const others = ['remote', 'remote', 'biometric', 'biometric', 'rfid']
    assert.deepEqual(places('guest'), ['keypad', ...others])
    assert.deepEqual(places('agent'), ['voice', ...others])
  })

  test('openings join spans that differ in locking alone, and tell what needs another credential', () => {
    const spans = [
      { fromMs: 0, toMs: 1, verbs: ['lock'], withAnother: [] },
      { fromMs: 1, toMs: 2, verbs: ['unlock'], withAnother: [] },
      { fromMs: 2, toMs: 3, verbs: ['lock', 'unlock'], withAnother: [] },
      { fromMs: 3, toMs: 4, verbs: ['lock'], withAnother: ['unlatch'] },
      { fromMs: 5, toMs: 6, verbs: ['unlock'], withAnother: [] },
    ] as const
    assert.deepEqual(openingsOf({ user: cleaner(), spans }), [
      { fromMs: 1, toMs: 3, withAnother: false },
      { fromMs: 3, toMs: 4, withAnother: true },
      { fromMs: 5, toMs: 6, withAnother: false },
    ])
  })
})

const types = [
  'unrestrictedUser',
  'weekDayScheduleUser',
  'yearDayScheduleUser',
  'scheduleRestrictedUser',
] as const

test('a timetable says at every instant what decide says', (t) => {
  const chance = chanceFrom(seedOf(t))
  const spring = Date.UTC(2026, 2, 27)
  const minute = (): number => pick(chance, [0, 1, 60, 119, 120, 150, 180, 720, 1380, 1439])
  const schedule = () => ({
    daysMask: 1 + Math.floor(chance() * 127),
    startMinute: minute(),
    endMinute: minute(),
  })
  const stretch = () => {
    const start = Math.floor(spring / 60_000) + Math.floor(chance() * 5 * 1440)
    return { startLocalMinute: start, endLocalMinute: start + Math.floor(chance() * 3000) }
  }
  for (let world = 0; world < runsOf(150); world += 1) {
    const userType = pick(chance, types)
    const user = person(2, 'guest', {
      userType,
      verbs: ['lock', 'unlock'],
      credentials: [
        pinCredential(20),
        deviceKey(21).credential,
        { type: 'face', id: idOf(22), createdAtMs: 1, name: 'face' },
      ],
      weekDaySchedules: [schedule(), schedule()],
      yearDaySchedules: [stretch()],
      ...(chance() < 0.3
        ? { validity: { notBeforeMs: spring + dayMs, notAfterMs: spring + 4 * dayMs } }
        : {}),
      ...(chance() < 0.3 ? { holidayRule: pick(chance, ['noAccess', 'onlyThen']) } : {}),
    }).user
    const view = house(user, {
      holidaySchedules: [
        { name: 'x', ...stretch(), operatingMode: pick(chance, ['vacation', 'normal']) },
      ],
      settings: {
        ...policyOf([]).settings,
        quietHours: { schedules: [schedule()], roles: ['guest'] },
      },
    })
    const span = { fromMs: spring, toMs: spring + 5 * dayMs }
    const [, table] = whoCanOpen(view, situation(spring), span)
    for (let moment = 0; moment < 60; moment += 1) {
      const ms = spring + Math.floor(chance() * 5 * dayMs)
      const now = table?.spans.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)
      for (const action of ['lock', 'unlock', 'unlatch'] as const) {
        const verdicts = [
          [20, 'keypad'],
          [21, 'remote'],
          [22, 'biometric'],
        ] as const
        const allowed = verdicts.some(
          ([number, channel]) =>
            decide(view, { credentialId: idOf(number), action, channel }, at(situation(ms), ms))
              .verdict === 'allowed',
        )
        assert.equal(now?.verbs.includes(action) ?? false, allowed, `${world} ${ms} ${action}`)
      }
    }
  }
})

describe('an explanation', () => {
  const request = { credentialId: idOf(20), action: 'unlock', channel: 'keypad' } as const

  test('tells until when', () => {
    const { decision, changesAtMs } = explain(
      house(cleaner()),
      request,
      situation(monday + 10 * hourMs),
    )
    assert.deepEqual([decision.reason, changesAtMs], ['granted', monday + 17 * hourMs])
  })

  test('tells from when, and everything that speaks against it', () => {
    const view = house(cleaner({ afterHousehold: true, useLimit: 1 }))
    const now = { ...situation(monday + 20 * hourMs), usageOf: () => ({ uses: 1 }) }
    const { decision, objections, changesAtMs } = explain(view, request, now)
    assert.equal(decision.reason, 'usedUp')
    assert.deepEqual(objections, ['usedUp', 'outsideSchedule'])
    assert.equal(changesAtMs, undefined)
    const { changesAtMs: next } = explain(
      house(cleaner()),
      request,
      situation(monday + 20 * hourMs),
    )
    assert.equal(next, monday + 33 * hourMs)
  })

  test('of what nobody has is short', () => {
    const unknown = { ...request, credentialId: idOf(99) }
    const explanation = explain(house(cleaner()), unknown, situation(monday))
    assert.deepEqual(explanation, {
      decision: decide(house(cleaner()), unknown, situation(monday)),
      objections: ['unknownCredential'],
    })
  })

  test('forecasts nothing from a clock that nobody vouches for', () => {
    const now = plainSituation({ ms: monday, certain: false }, berlin)
    const explanation = explain(house(cleaner()), request, now)
    assert.deepEqual(explanation.objections, ['timeUncertain'])
    assert.equal('changesAtMs' in explanation, false)
  })

  test('begins with what decide says, whatever it is', () => {
    for (const fields of [
      {},
      { userStatus: 'occupiedDisabled' },
      { verbs: [] },
      { userType: 'nonAccessUser' },
    ] as const) {
      const view = house(cleaner(fields))
      const { decision, objections } = explain(view, request, situation(monday))
      assert.equal(objections[0] ?? 'granted', decision.reason)
    }
  })
})
