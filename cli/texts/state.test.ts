import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleState } from '@mortise/protocol/testing'
import type { State } from '@mortise/protocol/words'
import { alarmCodes } from '@mortise/protocol/words'
import { stateJson, stateLines } from './state.ts'

const state = sampleState({ policyVersion: 3, sequence: 9, softwareVersion: 'test' })

function textsOf(change: Partial<State>): readonly string[] {
  const sighting = { state: { ...state, ...change }, confirmedAtMs: 0 }
  return stateLines(sighting, 0, 'Europe/Berlin').map(({ text }) => text)
}

test('alarms are told by how much they matter, worst first', () => {
  const alarms = ['mainsLost', 'batteryLow', 'doorForcedOpen', 'doorAjar', 'lockJammed'] as const
  assert.deepEqual(textsOf({ alarms }).slice(1, -1), [
    'Alarm: the door was forced open',
    'Alarm: the bolt is stuck',
    'Warning: the battery is low',
    'Warning: the door has been open for long',
    'Note: there is no mains power',
  ])
  assert.equal(textsOf({ alarms: alarmCodes }).length, alarmCodes.length + 2, 'none is left out')
})

const days = [
  ['high', '(84 days left)'],
  ['medium', '(about 84 days left)'],
  ['low', '(about 84 days left, still learning)'],
] as const
for (const [batteryConfidence, words] of days) {
  test(`days left of ${batteryConfidence} confidence are told as ${words}`, () => {
    const facts = { batteryPercent: 40, batteryDaysLeft: 84, batteryConfidence }
    assert.equal(textsOf(facts).at(-1), `  battery 40 % ${words}, list of people version 3`)
    const { batteryDaysLeft, ...others } = JSON.parse(
      JSON.stringify(stateJson({ ...state, ...facts })),
    )
    assert.deepEqual([batteryDaysLeft, others.batteryConfidence], [84, batteryConfidence])
  })
}
