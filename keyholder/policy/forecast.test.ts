import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { noUsage, ownAccessOf } from '@mortise/access'
import { deviceKey, idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { sampleState } from '@mortise/protocol/testing'
import type { State } from '@mortise/protocol/words'
import { accessTimetable, explainAccess, ownForecast } from './forecast.ts'
import { momentOf } from './own-moment.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Monday 2026-06-01 00:00 in Berlin. */
const monday = Date.UTC(2026, 4, 31, 22)

const owner = person(1, 'owner').user
const cleaner = person(2, 'guest', {
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [{ daysMask: 0b011_1110, startMinute: 540, endMinute: 1019 }],
  credentials: [pinCredential(20)],
}).user
const resident = person(3, 'resident', { credentials: [pinCredential(30)] }).user
const known = { policy: policyOf([owner, cleaner, resident]), bindings: [] }

const state = sampleState({
  timeMs: monday + 10 * hourMs,
  policyConfirmedAtMs: monday + 10 * hourMs,
})
const code = { credentialId: idOf(20), action: 'unlock', channel: 'keypad' } as const

suite('what a lock would decide', () => {
  test('now, with the time at which it changes', () => {
    const { decision, changesAtMs } = explainAccess(known, state, code)
    assert.equal(decision.verdict, 'allowed')
    assert.equal(changesAtMs, monday + 17 * hourMs)
  })

  test('at another time, though the lock does not know the time now', () => {
    const uncertain = { ...state, timeCertain: false }
    assert.equal(explainAccess(known, uncertain, code).decision.reason, 'timeUncertain')
    const late = explainAccess(known, uncertain, code, monday + 20 * hourMs)
    assert.deepEqual(late.objections, ['outsideSchedule'])
    assert.equal(late.changesAtMs, monday + 33 * hourMs)
  })

  test('a guest of whom the hub has not spoken for a day is refused now, not as a forecast', () => {
    const silent = { ...state, policyConfirmedAtMs: state.timeMs - 25 * hourMs }
    assert.equal(explainAccess(known, silent, code).decision.reason, 'tooLongOffline')
    const later = explainAccess(known, silent, code, state.timeMs)
    assert.equal(later.decision.verdict, 'allowed')
  })

  test('a mode counts until its end', () => {
    const away = {
      ...state,
      operatingMode: 'vacation',
      operatingModeUntilMs: monday + dayMs,
    } as const
    assert.equal(explainAccess(known, away, code).decision.reason, 'vacationMode')
    const back = explainAccess(known, away, code, monday + 34 * hourMs)
    assert.equal(back.decision.verdict, 'allowed')
  })
})

suite('a timetable', () => {
  const span = { fromMs: monday, toMs: monday + 2 * dayMs }
  const unlocking = (timed: State) =>
    accessTimetable(known, timed, span).map(({ spans }) =>
      spans
        .filter(({ verbs }) => verbs.includes('unlock'))
        .map(({ fromMs, toMs }) => [(fromMs - monday) / hourMs, (toMs - monday) / hourMs]),
    )

  test('on usual days', () => {
    assert.deepEqual(unlocking(state), [
      [[0, 48]],
      [
        [9, 17],
        [33, 41],
      ],
      [[0, 48]],
    ])
  })

  test('with a mode that ends, and without a seam for whom it does not matter', () => {
    const until = { operatingMode: 'vacation', operatingModeUntilMs: monday + 12 * hourMs } as const
    assert.deepEqual(unlocking({ ...state, ...until }), [
      [[0, 48]],
      [
        [12, 17],
        [33, 41],
      ],
      [[12, 48]],
    ])
  })

  test('with a mode that has no end, or ended before', () => {
    const endless = { ...state, operatingMode: 'vacation' } as const
    assert.deepEqual(unlocking(endless), [[[0, 48]], [], []])
    const over = { ...endless, operatingModeUntilMs: monday } as const
    assert.deepEqual(unlocking(over), unlocking(state))
  })

  test('of one person alone', () => {
    const options = { userId: idOf(2) }
    const rows = accessTimetable(known, state, span, options)
    assert.deepEqual(
      rows.map(({ user }) => user.name),
      [cleaner.name],
    )
  })
})

suite('by what the lock told somebody of themselves, they can open', () => {
  const { credential } = deviceKey(2)
  const forecast = (usage = noUsage, mode = {}, terms = {}) =>
    ownForecast(
      { access: ownAccessOf(known.policy, { ...cleaner, ...terms }, usage), credential },
      { ...state, ...mode },
      monday,
    )
  const openings = (...given: Parameters<typeof forecast>) =>
    forecast(...given)
      .openings.slice(0, 2)
      .map(({ fromMs, toMs }) => [(fromMs - monday) / hourMs, (toMs - monday) / hourMs])

  test('in their hours', () => {
    const hours = [
      [9, 17],
      [33, 41],
    ]
    assert.deepEqual(openings(), hours)
  })

  test('no more, when their uses are gone', () => {
    assert.deepEqual(openings({ uses: 3 }, {}, { useLimit: 3 }), [])
  })

  test('until their time from the first use is over', () => {
    const expiring = { ...person(2, 'guest').user, expiringUserTimeout: 90 }
    const terms = { ...expiring, userType: 'expiringUser', weekDaySchedules: undefined }
    assert.deepEqual(openings({ uses: 1, firstUseMs: monday }, {}, terms), [[0, 1.5]])
  })

  test('not while a mode keeps their phone out', () => {
    const until = { operatingMode: 'privacy', operatingModeUntilMs: monday + 12 * hourMs }
    assert.deepEqual(openings(noUsage, until), [
      [12, 17],
      [33, 41],
    ])
  })

  const moments: readonly (readonly [what: string, hour: number, opens: boolean, then?: number])[] =
    [
      ['before their hours', 8, false, 9],
      ['as their hours begin', 9, true, 17],
      ['until the last moment', 17 - 1 / 60, true, 17],
      ['as their hours end', 17, false, 33],
      ['on the last days, of which no more is known', 13 * 24, false],
    ]
  for (const [what, hour, opens, then] of moments) {
    test(`or not, ${what}`, () => {
      const moment = momentOf(forecast(), monday + hour * hourMs)
      const changes = then === undefined ? {} : { changesAtMs: monday + then * hourMs }
      assert.deepEqual(moment, { opens, ...changes })
    })
  }

  test('always, and nobody says until when', () => {
    const always = ownForecast(
      { access: ownAccessOf(known.policy, resident, noUsage), credential },
      state,
      monday,
    )
    assert.deepEqual(momentOf(always, monday), { opens: true })
  })
})
