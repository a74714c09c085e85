import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toneOf } from '#app/state/model/history/history-kinds.ts'
import { linesOf } from '#app/state/model/history/history-lines.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import { atTheDoor, entry, lockId, nowMs, report } from '#app/testing/samples.ts'

const mikael = new Uint8Array(16).fill(7)
const mikaelId = '07'.repeat(16)
const adaId = '01'.repeat(16)
const actor = { userId: mikael, userName: 'Mikael', source: 'keypad', duress: true } as const

/** Mikael types his code for duress: the alarm, the intent, and the bolt that moves. Newest first. */
const entries = [
  entry(3, { type: 'operationResult', intent: 2, outcome: 'done' }),
  entry(2, { type: 'operationIntent', verb: 'unlock', ...actor }),
  entry(1, { type: 'alarmBegan', alarmCode: 'forcedUser', ...actor }),
]

const types = (ownUserId: string | null) =>
  linesOf(entries, ownUserId).map(({ line }) => [line.type, line.duress] as const)

test('other owners read that somebody was forced', () => {
  assert.deepEqual(types(adaId), [
    ['operationResult', true],
    ['alarmBegan', true],
  ])
  const [coming] = linesOf(entries, adaId)
  assert.equal(coming && toneOf(coming.line), 'alarm')
})

test('the phone of the person who was forced shows a coming like any other', () => {
  assert.deepEqual(types(mikaelId), [['operationResult', false]])
  const [coming] = linesOf(entries, mikaelId)
  assert.equal(coming && toneOf(coming.line), 'opened')
})

test('a phone that does not know whose it is tells nobody’s', () => {
  assert.deepEqual(types(null), [['operationResult', false]])
})

const told: readonly (readonly [
  whose: string,
  ownUserId: string,
  afterMs: number,
  shown: boolean,
])[] = [
  ['another owner', adaId, 60_000, true],
  ['another owner, a day later', adaId, 86_400_000, false],
  ['the person who was forced', mikaelId, 60_000, false],
]
for (const [whose, ownUserId, afterMs, shown] of told) {
  test(`the door of ${whose} ${shown ? 'tells it first' : 'does not tell it'}`, () => {
    const at = atTheDoor({ nowMs: nowMs + 1000 + afterMs }, { ownUserId })
    const history = { ...at.history, lockId, entries, report: report() }
    const [first] = selectDoor({ ...at, history })?.notices ?? []
    const expected = { kind: 'duress', who: 'Mikael', atMs: nowMs + 1000 }
    assert.deepEqual(first, shown ? expected : undefined)
  })
}
