import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { operatingModes } from '@mortise/protocol/words'
import type { DoorSnapshot } from '../door.ts'
import { createVirtualDoor } from '../door.ts'
import { createManualTime } from '../manual-time.ts'
import { createMemoryStore } from '../record.ts'
import { fill, texts } from './texts.js'
import {
  clockTime,
  daysWords,
  padStateOf,
  padWords,
  resetWords,
  ringShare,
  signed,
  statusOf,
  voltsWords,
} from './words.js'

const SNAPSHOT = createVirtualDoor({ ...createManualTime(), store: createMemoryStore() }).snapshot()
const door = (change: Partial<DoorSnapshot>): DoorSnapshot => ({ ...SNAPSHOT, ...change })

describe('the one word for how the door stands', () => {
  const rows: readonly [Partial<DoorSnapshot>, string][] = [
    [{ bolt: 'extended', leaf: 'closed' }, 'locked'],
    [{ bolt: 'extended', leaf: 'open' }, 'lockedOpen'],
    [{ bolt: 'retracted', leaf: 'closed' }, 'unlocked'],
    [{ bolt: 'retracted', leaf: 'open' }, 'open'],
    [{ bolt: 'between', leaf: 'closed' }, 'between'],
    [{ bolt: 'between', moving: 'extend' }, 'extending'],
    [{ bolt: 'between', moving: 'retract' }, 'retracting'],
    [{ bolt: 'extended', leaf: 'open', forced: true }, 'forced'],
  ]
  for (const [change, status] of rows) {
    test(`${JSON.stringify(change)}: ${status}`, () => {
      assert.equal(statusOf(door(change)), status)
    })
  }
})

describe('what the inside display says of a factory reset', () => {
  const rows = [
    ['offered', 29_001, 'Reset?', 'Press once more: 0:30'],
    ['waiting', 259_200_000, 'Reset in 3 d 0 h', 'Hold to stop it'],
    ['waiting', 86_340_000, 'Reset in 23 h 59 min', 'Hold to stop it'],
    ['waiting', 59_000, 'Reset in 0:59', 'Hold to stop it'],
  ] as const
  for (const [stage, remainingMs, status, detail] of rows) {
    test(`${stage}, ${remainingMs} ms: ${status}`, () => {
      assert.deepEqual(resetWords({ stage, remainingMs }), { status, detail })
    })
  }
})

describe('what the touchpad says', () => {
  const lockedOut = {
    resting: { kind: 'lockedOut', remainingMs: 61_000 },
    lockout: { remainingMs: 61_000 },
  } as const
  const refused = { moment: { kind: 'refused', reason: 'ended' } } as const
  const learning = (captured: number): Partial<DoorSnapshot> => ({
    resting: { kind: 'ready' },
    reader: { templates: [], learning: { credentialType: 'fingerprint', captured, needed: 3 } },
  })
  const rows: readonly [string, Partial<DoorSnapshot>, string, string][] = [
    ['at start', {}, 'off', 'Asleep'],
    ['ready', { resting: { kind: 'ready' } }, 'ready', 'Ready'],
    ['refused', refused, 'refused', 'This code has ended'],
    ['accepted', { moment: { kind: 'accepted', verb: 'unlock' } }, 'accepted', 'Welcome'],
    ['locked out', lockedOut, 'lockedOut', 'Too many wrong codes. Wait 1:01.'],
    ['refused while locked out', { ...lockedOut, ...refused }, 'refused', 'This code has ended'],
    ['a lockout that is over', { ...lockedOut, lockout: null }, 'ready', 'Ready'],
    ['at a reader that learns', learning(0), 'learning', 'Lay the finger on'],
    ['after its first touch', learning(1), 'learning', '1 of 3. Once more'],
    [
      'refused at a reader',
      { moment: { kind: 'refused', reason: 'notKnown' } },
      'refused',
      'Not known here',
    ],
    ['no power', { ...refused, powered: false }, 'noPower', 'No power'],
  ]
  for (const [name, change, state, words] of rows) {
    test(`${name}: ${words}`, () => {
      assert.equal(padStateOf(door(change)), state)
      assert.equal(padWords(door(change), 61_000), words)
    })
  }
})

test('time left is rounded up, so that zero means over', () => {
  const shown = [0, 1, 1_000, 59_001, 60_000, 3_600_000].map((durationMs) => clockTime(durationMs))
  assert.deepEqual(shown, ['0:00', '0:01', '0:01', '1:00', '1:00', '60:00'])
})

test('a text is filled in, and an unknown name is left to be seen', () => {
  assert.equal(fill('{left} and {right}', { left: 1 }), '1 and {right}')
})

test('days are told as a guess until the lock is sure, and not where it tells none', () => {
  assert.equal(daysWords(null), '')
  assert.equal(daysWords({ percent: 40 }), '')
  assert.equal(daysWords({ percent: 40, daysLeft: 84, isSure: false }), 'about 84 days')
  assert.equal(daysWords({ percent: 40, daysLeft: 84, isSure: true }), '84 days left')
})

test('volts are told as a meter would, and as far as one is fitted', () => {
  const power = {
    mainsPresent: false,
    batteryPercent: 40,
    batteryMillivolts: 5210,
    loadMillivolts: 3400,
    battery: { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 },
  } as const
  assert.match(voltsWords(power), /^5\.21 V at rest, 3\.40 V .* needs 3\.30 V/)
  assert.match(voltsWords({ ...power, mainsPresent: true }), /mains.* 5\.21 V/)
  assert.match(voltsWords({ ...power, loadMillivolts: undefined }), /\? V while/)
  assert.deepEqual([signed(-7), signed(0), signed(21)], ['−7', '0', '21'])
})

test('the ring fills with each touch, and empties with a lockout', () => {
  const learning = { credentialType: 'face', captured: 1, needed: 4 } as const
  assert.equal(ringShare(door({ reader: { templates: [], learning } }), 0, 0), 0.25)
  assert.equal(ringShare(door({}), 15_000, 60_000), 0.25)
  assert.equal(ringShare(door({}), 0, 60_000), 1)
})

test('every mode but the normal one has a word for its lamp', () => {
  const dark = operatingModes.filter((mode) => texts.modes[mode] === '')
  assert.deepEqual(dark, ['normal'])
})
