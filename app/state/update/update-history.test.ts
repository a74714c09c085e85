import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEntry, HistoryReport } from '@mortise/keyholder'
import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { HistoryView } from '#app/state/model/history/history-view.ts'
import { selectHistory } from '#app/state/select/select-history.ts'
import { update } from '#app/testing/update.ts'
import { atTheDoor, entry, lockId, nowMs, report } from '#app/testing/samples.ts'

function read(
  state: AppState,
  entries: readonly HistoryEntry[],
  change: Partial<HistoryReport> = {},
  ended = true,
  keptAtMs: number | null = null,
) {
  const read = { lockId, entries, report: report(change), ended, keptAtMs }
  const action: Action = { type: 'historyRead', ...read }
  return update(state, action)
}

function view(state: AppState): HistoryView {
  const selected = selectHistory(state, 'Europe/Berlin')
  assert.ok(selected !== null)
  return selected
}

const opened = update(atTheDoor(), { type: 'tabChosen', tab: 'history' }).state
const three = [entry(3), entry(2), entry(1)]

test('first look, continued, gap, fault and offline each have their own mark', () => {
  const head = { sequence: 3, hash: new Uint8Array(32) }
  const cases: readonly (readonly [Partial<HistoryReport>, boolean, string])[] = [
    [{}, true, 'verified'],
    [{ firstLook: false, continuesFrom: 2 }, true, 'verified'],
    [{ gaps: [{ from: 2, to: 2 }] }, true, 'gap'],
    [{ fault: { code: 'brokenLink', sequence: 2 } }, true, 'broken'],
    [{ fault: { code: 'rolledBack', sequence: 2 }, head }, true, 'broken'],
    [{ firstLook: false }, false, 'checking'],
  ]
  for (const [change, ended, expected] of cases) {
    assert.equal(view(read(opened, three, change, ended).state).check.kind, expected)
  }
  const offline = update(opened, { type: 'historyFailed', lockId, trouble: 'hubAway' }).state
  assert.equal(view(offline).check.kind, 'offline')
})

test('a check that has not met the phone’s last head goes on by itself', () => {
  const unproven = read(opened, three, { firstLook: false }, false)
  assert.deepEqual(unproven.effects, [{ type: 'moreHistory', lockId, belowSequence: 1 }])
  const proven = read(opened, three, { firstLook: false, continuesFrom: 1 }, false)
  assert.deepEqual(proven.effects, [])
})

test('what was loaded stays when the journal grows, each entry once, newest first', () => {
  const before = read(opened, three, {}, true).state
  const grown = update(before, { type: 'journalGrew', lockId })
  assert.deepEqual(grown.effects, [{ type: 'startHistory', lockId }])
  const head = { sequence: 4, hash: new Uint8Array(32) }
  const after = read(
    grown.state,
    [entry(4), entry(3)],
    { head, firstLook: false, continuesFrom: 3 },
    false,
  ).state
  const sequences = after.history.entries.map((each) => each.entry.sequence)
  assert.deepEqual(sequences, [4, 3, 2, 1])
  assert.equal(after.history.ended, true)
})

test('what the lock writes while its history is read is read as well, once', () => {
  const reading = update(read(opened, three).state, { type: 'journalGrew', lockId }).state
  const grown = update(update(reading, { type: 'journalGrew', lockId }).state, {
    type: 'journalGrew',
    lockId,
  })
  assert.deepEqual(grown.effects, [], 'not while one is under way')
  const again = read(grown.state, three)
  assert.deepEqual(again.effects, [{ type: 'startHistory', lockId }])
  assert.deepEqual(read(again.state, [entry(4), ...three]).effects, [])
})

test('a gap that was found before is not forgotten when the newest page is read again', () => {
  const withGap = read(opened, [entry(3), entry(1)], { gaps: [{ from: 2, to: 2 }] }).state
  const head = { sequence: 4, hash: new Uint8Array(32) }
  const again = read(withGap, [entry(4), entry(3)], { head, firstLook: false, continuesFrom: 3 })
  assert.equal(view(again.state).check.kind, 'gap')
})

test('gaps and the fault stand in their place between the lines', () => {
  const gaps = [{ from: 2, to: 4 }]
  const { state } = read(opened, [entry(5), { ...entry(1), verified: false }], {
    gaps,
    head: { sequence: 5, hash: new Uint8Array(32) },
    missingAtEnd: 2,
  })
  const kinds = view(state).items.map((item) =>
    item.kind === 'gap' ? `gap ${item.fromSequence}-${item.toSequence}` : item.kind,
  )
  assert.deepEqual(kinds, ['gap 6-7', 'day', 'event', 'gap 2-4', 'event'])
  const sure = view(state).items.flatMap((item) => (item.kind === 'event' ? [item.sure] : []))
  assert.deepEqual(sure, [true, false])
  const broken = read(opened, [entry(3)], { fault: { code: 'forked', sequence: 2 } }).state
  assert.equal(view(broken).items.at(-1)?.kind, 'broken')
})

test('an intent and its result are one line; an intent without an end is told as such', () => {
  const intent = entry(1, {
    type: 'operationIntent',
    verb: 'unlock',
    userName: 'Nora',
    source: 'keypad',
  })
  const result = entry(2, { type: 'operationResult', outcome: 'done', intent: 1 })
  const both = view(read(opened, [result, intent]).state).items
  const [line] = both.flatMap((item) => (item.kind === 'event' ? [item.line] : []))
  assert.equal(both.length, 2)
  assert.equal(line?.who, 'Nora')
  assert.equal(line?.verb, 'unlock')
  const alone = view(read(opened, [intent]).state).items
  const [unended] = alone.flatMap((item) => (item.kind === 'event' ? [item] : []))
  assert.equal(unended?.line.outcome, null)
  assert.equal(unended?.tone, 'refused')
})

test('filters keep days only where something is left, and name each person once', () => {
  const lines = [
    entry(3, { type: 'refused', userName: 'Erik', reason: 'noLongerValid' }),
    entry(2, { type: 'operationResult', outcome: 'done', verb: 'unlock', userName: 'Nora' }),
    entry(1, { type: 'operationResult', outcome: 'done', verb: 'lock', userName: 'Nora' }),
  ]
  const { state } = read(opened, lines)
  assert.deepEqual(view(state).people, ['Erik', 'Nora'])
  const refused = update(state, { type: 'kindChosen', kind: 'refusals' }).state
  assert.equal(view(refused).items.length, 2)
  const noras = update(state, { type: 'whoChosen', who: 'Nora' }).state
  assert.equal(view(noras).items.length, 3)
})

test('ten thousand entries become lines in one go', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => entry(10_000 - index))
  const { state } = read(opened, many, { head: { sequence: 10_000, hash: new Uint8Array(32) } })
  const events = view(state).items.filter((item) => item.kind === 'event')
  assert.equal(events.length, 10_000)
})

test('what comes from the shelf says so, until the hub is read again', () => {
  const kept = read(opened, three, {}, false, nowMs - 60_000).state
  assert.equal(view(kept).keptAtMs, nowMs - 60_000)
  assert.equal(view(kept).check.kind, 'verified')
  assert.ok(view(kept).more, 'the shelf may hold older ones')
  const asked = update(kept, { type: 'morePressed' }).state
  const over = update(asked, { type: 'historyFailed', lockId, trouble: 'hubAway' }).state
  assert.ok(!view(over).more, 'where it ends, nothing more is offered')
  assert.equal(view(over).items.filter(({ kind }) => kind === 'event').length, 3)
  const back = read(over, three, { continuesFrom: 3, firstLook: false }, false).state
  assert.equal(view(back).keptAtMs, null)
  assert.ok(view(back).more)
})
