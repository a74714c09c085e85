import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryReport } from '@mortise/keyholder'
import type { AlarmCode, State } from '@mortise/protocol/words'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import type { DoorView } from '#app/state/model/door/door-view.ts'
import type { HistoryState } from '#app/state/model/history/history-state.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import {
  atTheDoor,
  entry,
  lockId,
  nowMs,
  otherLockId,
  report,
  sighting,
} from '#app/testing/samples.ts'

function view(state: AppState): DoorView {
  const selected = selectDoor(state)
  assert.ok(selected !== null)
  return selected
}

type HistoryFault = Partial<HistoryReport>

const seen = (change: Partial<State>, ageMs = 0): AppState =>
  atTheDoor({}, { sighting: sighting(change, ageMs) })

test('says what the lock signed', () => {
  const cases: readonly (readonly [Partial<State>, string, string, string])[] = [
    // state, headline, verbs, light
    [{}, 'locked', 'unlock', 'none'],
    [{ lockState: 'unlocked' }, 'unlocked', 'lock', 'slit'],
    [{ lockState: 'unlocked', doorState: 'doorOpen' }, 'open', 'lock', 'flood'],
    [{ doorState: 'doorOpen' }, 'openAndThrown', 'unlock', 'flood'],
    [{ doorState: 'doorForcedOpen' }, 'forced', 'unlock', 'flood'],
    [{ lockState: 'notFullyLocked' }, 'between', 'unlock,lock', 'none'],
    [{ lockState: 'unknown' }, 'unknown', 'unlock,lock', 'none'],
    [{ alarms: ['lockJammed'] }, 'jammed', 'unlock,lock', 'none'],
    [{ moving: true }, 'selfMoving', '', 'none'],
  ]
  for (const [state, headline, verbs, light] of cases) {
    const shown = view(seen(state))
    assert.equal(shown.headline, headline, JSON.stringify(state))
    assert.equal(shown.verbs.join(','), verbs, JSON.stringify(state))
    assert.equal(shown.bolt.light, light, JSON.stringify(state))
  }
})

test('never shows the last colour once age or link deny it', () => {
  const cases: readonly (readonly [string, Partial<AppState>, Partial<Door>, string | null])[] = [
    ['fresh', {}, { sighting: sighting({}, 30_000) }, null],
    ['stale', {}, { sighting: sighting({}, 30_001) }, null],
    ['unknown', {}, { sighting: sighting({}, 120_001) }, 'tooOld'],
    ['unknown', {}, { linked: false }, 'lockAway'],
    ['unknown', { hubReached: false }, {}, 'hubAway'],
    ['unknown', { online: false }, {}, 'offline'],
    ['unknown', {}, { sighting: null }, 'neverSeen'],
  ]
  for (const [knowledge, app, door, why] of cases) {
    const shown = view(atTheDoor(app, door))
    assert.equal(shown.knowledge, knowledge, why ?? knowledge)
    assert.equal(shown.unknownWhy, why)
    if (knowledge !== 'unknown') continue
    assert.deepEqual(shown.verbs, [])
    assert.equal(shown.bolt.ghost, true)
    assert.equal(shown.bolt.caught, false)
    assert.equal(shown.bolt.light, 'none')
    assert.equal(shown.headline, 'unknown')
  }
})

test('says once why the lock cannot be reached', () => {
  const troubled = (trouble: Trouble, app: Partial<AppState>, linked = true) =>
    view(atTheDoor(app, { trouble, linked }))
  assert.deepEqual(troubled('hubAway', { hubReached: false }).notices, [])
  assert.deepEqual(troubled('offline', { online: false }).notices, [])
  assert.deepEqual(troubled('lockAway', {}, false).notices, [])
  const forged = troubled('notTheLock', { hubReached: false })
  assert.deepEqual(forged.notices, [{ kind: 'trouble', trouble: 'notTheLock' }])
})

test('a stale answer is not shown as caught', () => {
  assert.equal(view(seen({}, 1_000)).bolt.caught, true)
  assert.equal(view(seen({}, 31_000)).bolt.caught, false)
})

test('settles nowhere while the person proves themselves or the lock is waited for', () => {
  const pose = (phase: 'proving' | 'sent', verb: 'lock' | 'unlock') => {
    const shown = view(atTheDoor({}, { operation: { verb, phase } }))
    assert.equal(shown.busy, true)
    assert.deepEqual(shown.verbs, [])
    assert.equal(shown.bolt.caught, false)
    return [shown.headline, shown.bolt.pose]
  }
  assert.deepEqual(pose('proving', 'unlock'), ['proving', 'leaningToDraw'])
  assert.deepEqual(pose('sent', 'unlock'), ['unlocking', 'drawing'])
  assert.deepEqual(pose('proving', 'lock'), ['proving', 'leaningToThrow'])
  assert.deepEqual(pose('sent', 'lock'), ['locking', 'throwing'])
})

test('counts down by the lock’s clock, not by the phone’s', () => {
  const lockTimeMs = nowMs - 86_400_000
  const shown = view(seen({ timeMs: lockTimeMs, keypadLockedUntilMs: lockTimeMs + 60_000 }, 20_000))
  const [notice] = shown.notices
  assert.deepEqual(notice, { kind: 'keypadLocked', untilMs: nowMs + 40_000, leftMs: 40_000 })
  const over = seen({ timeMs: lockTimeMs, keypadLockedUntilMs: lockTimeMs + 10_000 }, 20_000)
  assert.deepEqual(view(over).notices, [])
})

test('tells power, time and alarms, and a contradiction first of all', () => {
  const state = atTheDoor(
    {},
    {
      sighting: {
        ...sighting({
          alarms: ['frontEscutcheonRemoved', 'batteryLow', 'mainsLost'],
          mainsPresent: false,
          batteryPercent: 9,
          timeCertain: false,
        }),
        fault: 'policyRolledBack',
      },
    },
  )
  const kinds = view(state).notices.map((notice) => notice.kind)
  assert.deepEqual(kinds, ['trouble', 'alarm', 'mainsLost', 'timeUncertain'])
})

test('a low battery is told by itself while there is mains power', () => {
  const low = seen({ alarms: ['batteryLow'], batteryPercent: 9, mainsPresent: true })
  const guess = { daysLeft: null, confidence: 'low' }
  const told = { kind: 'battery', alarm: 'batteryLow', battery: { percent: 9, ...guess } }
  assert.deepEqual(view(low).notices, [told])
  const critical = seen({
    alarms: ['batteryLow', 'mainsLost', 'batteryCritical'],
    batteryPercent: 2,
    mainsPresent: false,
  })
  const worse = { ...told, alarm: 'batteryCritical', battery: { percent: 2, ...guess } }
  assert.deepEqual(view(critical).notices, [worse])
})

test('beside a battery that is almost empty a guess at its days is not told', () => {
  const empty = { alarms: ['batteryCritical'], batteryPercent: 4, batteryDaysLeft: 14 } as const
  for (const [batteryConfidence, daysLeft] of [
    ['low', null],
    ['high', 14],
  ] as const) {
    const { notices } = view(seen({ ...empty, batteryConfidence }))
    const battery = { percent: 4, daysLeft, confidence: batteryConfidence }
    assert.deepEqual(notices, [{ kind: 'battery', alarm: 'batteryCritical', battery }])
  }
})

test('days of a battery are told beside a calm door, and to nobody who can do nothing', () => {
  const fresh = { batteryPercent: 62, batteryDaysLeft: 40, batteryConfidence: 'medium' } as const
  const battery = { percent: 62, daysLeft: 40, confidence: 'medium' }
  assert.deepEqual(view(seen(fresh)).battery, battery)
  assert.equal(view(seen({ batteryPercent: 62 })).battery, null)
  assert.equal(view(seen({ ...fresh, alarms: ['batteryLow'] })).battery, null)
  assert.equal(view(seen({ ...fresh, timeCertain: false })).battery, null)
  assert.equal(view(seen(fresh, 120_001)).battery, null)
  const guest = atTheDoor({}, { role: 'guest', sighting: sighting(fresh) })
  assert.equal(view(guest).battery, null)
})

test('alarms come worst first, with when they began', () => {
  const began = (sequence: number, alarmCode: AlarmCode) =>
    entry(sequence, { type: 'alarmBegan', alarmCode })
  const ended = entry(3, { type: 'alarmEnded', alarmCode: 'doorAjar' })
  const entries = [ended, began(2, 'tamper'), began(1, 'doorAjar')]
  const alarms = ['linkLost', 'doorAjar', 'tamper'] as const
  const shown = (lines: typeof entries, fault?: HistoryFault): unknown => {
    const history = { ...atTheDoor().history, lockId, entries: lines, report: report(fault) }
    return view(atTheDoor({ history }, { sighting: sighting({ alarms }) })).notices
  }
  const told = (alarm: AlarmCode, sinceMs: number | null) => ({ kind: 'alarm', alarm, sinceMs })
  const [tamper, ajar, link] = [
    told('tamper', nowMs + 2000),
    told('doorAjar', null),
    told('linkLost', null),
  ]
  // An alarm in force whose newest entry is its end began after what is here.
  assert.deepEqual(shown(entries), [tamper, ajar, link])
  const ajarSince = { ...ajar, sinceMs: nowMs + 1000 }
  assert.deepEqual(shown(entries.slice(1)), [tamper, ajarSince, link])
  const forged = { fault: { code: 'brokenLink', sequence: 2 } } as const
  assert.deepEqual(shown(entries, forged), [{ ...tamper, sinceMs: null }, ajar, link])
})

test('a reset that waits is told with its end, and stopped by owners alone', () => {
  // The lock's clock is ten minutes fast.
  const timeMs = nowMs + 600_000
  const waits = { alarms: ['lockFactoryReset'], factoryResetAtMs: timeMs + 90_000 } as const
  const seenBy = (role: 'owner' | 'resident'): unknown =>
    view(atTheDoor({}, { role, sighting: sighting({ timeMs, ...waits }) })).notices
  const told = { kind: 'resetWaits', atMs: nowMs + 90_000 }
  assert.deepEqual(seenBy('owner'), [{ ...told, mayStop: true }])
  assert.deepEqual(seenBy('resident'), [{ ...told, mayStop: false }])
})

test('a lock that was set back says so for good, also when nobody can ask it any more', () => {
  const entries = [entry(3, { type: 'factoryReset', source: 'button', outcome: 'done' })]
  const history = { ...atTheDoor().history, lockId, entries, report: report() }
  const told = { kind: 'wasReset', atMs: nowMs + 3000 }
  assert.deepEqual(view(atTheDoor({ history }, { sighting: null })).notices.at(0), told)
  assert.deepEqual(view(atTheDoor({ history })).notices.at(0), told)
  const away = atTheDoor({ history }, { sighting: null, linked: false })
  assert.equal(view(away).unknownWhy, 'wasReset')
})

test('a lock that signs that nobody owns it was set back, and is asked for nothing', () => {
  const seen = view(atTheDoor({}, { sighting: sighting({ claimed: false }) }))
  assert.deepEqual(seen.notices.at(0), { kind: 'wasReset', atMs: nowMs })
  assert.deepEqual(seen.verbs, [])
})

test('who came last is read from the history of this door, or not said', () => {
  const came = entry(3, {
    type: 'operationResult',
    outcome: 'done',
    verb: 'unlock',
    source: 'keypad',
    userName: 'Nora',
  })
  const history = { ...atTheDoor().history, lockId, report: report(), entries: [came] }
  const visit = view(atTheDoor({ history })).lastVisit
  assert.ok(typeof visit === 'object')
  assert.equal(visit.who, 'Nora')
  const started = entry(1)
  const locked = entry(2, { type: 'boltMoved', lockState: 'locked', source: 'manual' })
  const broken = report({ fault: { code: 'brokenLink', sequence: 2 } })
  const cut = report({ missingAtEnd: 2 })
  const cases: readonly (readonly [string, Partial<HistoryState>])[] = [
    ['unread', { entries: [] }],
    ['unread', { report: null, entries: [] }],
    ['unread', { lockId: otherLockId }],
    ['unsaid', { report: null, entries: [], loading: true }],
    ['unsaid', { report: broken }],
    ['unsaid', { entries: [locked, started], ended: true }],
    ['unsaid', { entries: [started], ended: false }],
    ['unsaid', { entries: [started], ended: true, report: cut }],
    ['nobody', { entries: [started], ended: true }],
  ]
  for (const [said, change] of cases) {
    const shown = view(atTheDoor({ history: { ...history, ...change } })).lastVisit
    assert.equal(shown, said, JSON.stringify(change))
  }
})
