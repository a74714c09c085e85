import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { State } from '@mortise/protocol/words'
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
  assert.deepEqual(view(low).notices, [{ kind: 'battery', percent: 9 }])
  const critical = seen({ alarms: ['batteryLow', 'batteryCritical'], batteryPercent: 2 })
  assert.deepEqual(view(critical).notices, [{ kind: 'alarm', alarm: 'batteryCritical' }])
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
