import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { alarmCodes } from '@mortise/protocol/words'
import type { AlarmCode } from '@mortise/protocol/words'
import { chanceFrom, person, pick, policyOf, runsOf, seedOf } from '@mortise/access/testing'
import { alarmEdges } from '#core/alarm/edges.ts'
import type { Sensors } from '#core/index.ts'
import { isLockedOut } from '#core/lockout/lockout.ts'
import { claimedLock, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
/** Whose stay is over. */
const former = person(2, 'guest', { validity: { notBeforeMs: 1, notAfterMs: 2 } })
const settings = {
  autoRelockTime: 0,
  wrongCodeEntryLimit: 3,
  userCodeTemporaryDisableTime: 30,
  doorAjarSeconds: 120,
}
const policy = policyOf([owner.user, former.user], { settings })
const claimed = (sensors: Partial<Sensors> = {}) => claimedLock(owner, policy, [], sensors)

/** The power goes and comes back, with something changed in between. */
function cycle(lock: TestLock, sensors: Partial<Sensors> = {}): void {
  lock.sensors = { ...lock.sensors, ...sensors }
  lock.boot()
}

function guess(lock: TestLock): void {
  for (let each = 0; each < settings.wrongCodeEntryLimit; each += 1) {
    if (!isLockedOut(lock.state, 'keypad')) lock.enterCode('000000')
  }
}

type Happening = (lock: TestLock, chance: () => number) => void

const happenings: readonly [Happening, ...Happening[]] = [
  (lock, chance) => {
    const removed = chance() < 0.5
    lock.sensors = { ...lock.sensors, tamperRemoved: removed }
    lock.input({ type: 'tamper', removed })
  },
  (lock, chance) => lock.moveLeaf(pick(chance, ['open', 'closed', 'unknown'])),
  (lock, chance) => lock.moveBolt(pick(chance, ['extended', 'retracted', 'between', 'unknown'])),
  (lock, chance) => {
    lock.send(owner, { type: pick(chance, ['lock', 'unlock']) })
    if (lock.state.bolt.drive === undefined) return
    if (chance() < 0.3) lock.settle()
    else lock.giveUp(pick(chance, ['blocked', 'noConfirmation', 'noPower']))
  },
  (lock) => guess(lock),
  (lock) => {
    for (let each = 0; each < 10; each += 1) lock.send(former, { type: 'unlock' })
  },
  (lock, chance) => {
    const reading = { mainsPresent: chance() < 0.5, batteryPercent: Math.floor(chance() * 100) }
    lock.sensors = { ...lock.sensors, ...reading }
    lock.input({ type: 'power', ...reading })
  },
  (lock, chance) => lock.input({ type: 'link', up: chance() < 0.4 }),
  (lock, chance) => {
    const reserve = pick(chance, ['whole', 'spent'])
    lock.input({ type: 'storage', reserve, acknowledgedSequence: 0 })
  },
  (lock) => void lock.pressInside(),
  (lock) => cycle(lock),
  (lock, chance) => lock.advance(Math.floor(chance() ** 3 * 7_200_000)),
  (lock, chance) => lock.advance(Math.floor(chance() * 600_000)),
]

function makeGood(lock: TestLock): void {
  lock.input({ type: 'tamper', removed: false })
  lock.pressInside()
  lock.input({ type: 'power', mainsPresent: true, batteryPercent: 100 })
  lock.input({ type: 'link', up: true })
  lock.input({ type: 'storage', reserve: 'whole', acknowledgedSequence: 0 })
  lock.moveLeaf('closed')
  for (const position of ['extended', 'between', 'retracted'] as const) lock.moveBolt(position)
  lock.advance(7_200_000)
}

function alarmEntries(lock: TestLock): readonly string[] {
  return lock.store
    .journal()
    .filter(({ type }) => type === 'alarmBegan' || type === 'alarmEnded')
    .map(({ type, alarmCode }) => `${type === 'alarmBegan' ? '+' : '-'}${alarmCode}`)
}

test('what time alone begins is waited for anew when the timer comes early', () => {
  const lock = claimed({ bolt: 'retracted' })
  lock.moveLeaf('open')
  const dueMs = lock.monotonicMs + settings.doorAjarSeconds * 1000
  lock.advance(1000)
  const early = lock.input({ type: 'timer', name: 'alarms' }).effects
  assert.deepEqual(early, [{ type: 'setTimer', name: 'alarms', atMonotonicMs: dueMs }])
})

describe('the outside cover', () => {
  test('alarms while it is off, once', () => {
    const lock = new TestLock()
    lock.input({ type: 'tamper', removed: true })
    assert.deepEqual(lock.input({ type: 'tamper', removed: true }).writes, [])
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved'])
    lock.input({ type: 'tamper', removed: false })
    assert.deepEqual(lock.input({ type: 'tamper', removed: false }).writes, [])
    assert.deepEqual(alarmEntries(lock), ['+frontEscutcheonRemoved', '-frontEscutcheonRemoved'])
  })

  test('that came off without power is seen at boot', () => {
    const lock = new TestLock({ tamperRemoved: true })
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved'])
  })

  test('of a lock that is being fitted is nobody’s tampering', () => {
    const lock = new TestLock({ tamperRemoved: true })
    lock.input({ type: 'tamper', removed: false })
    assert.deepEqual(lock.published().alarms, [])
  })

  for (const [what, back] of [
    ['with power', (lock) => lock.input({ type: 'tamper', removed: false })],
    ['without power', (lock) => cycle(lock, { tamperRemoved: false })],
  ] as const satisfies readonly (readonly [string, (lock: TestLock) => void])[]) {
    test(`that was off and is on again, ${what}, is looked at by somebody inside`, () => {
      const lock = claimed()
      lock.input({ type: 'tamper', removed: true })
      back(lock)
      assert.deepEqual(lock.published().alarms, ['tamper'])
      lock.advance(100_000_000)
      cycle(lock)
      assert.deepEqual(lock.published().alarms, ['tamper'])
      lock.pressInside()
      assert.deepEqual(lock.published().alarms, [])
    })
  }

  test('that is off is not made good by the button', () => {
    const lock = claimed()
    lock.input({ type: 'tamper', removed: true })
    lock.pressInside()
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved'])
    lock.input({ type: 'tamper', removed: false })
    assert.deepEqual(lock.published().alarms, ['tamper'])
  })

  test('and the power may be in trouble at the same time', () => {
    const lock = new TestLock()
    lock.input({ type: 'tamper', removed: true })
    lock.input({ type: 'power', mainsPresent: false })
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved', 'mainsLost'])
    lock.input({ type: 'tamper', removed: false })
    assert.deepEqual(lock.published().alarms, ['mainsLost'])
  })
})

describe('the link', () => {
  const link = (lock: TestLock, up: boolean) => lock.input({ type: 'link', up })

  test('is missed after some minutes, and back once it holds', () => {
    const lock = claimed()
    link(lock, true)
    lock.advance(86_400_000)
    link(lock, false)
    lock.advance(alarmEdges.linkLostMs - 1)
    assert.deepEqual(lock.published().alarms, [])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, ['linkLost'])
    link(lock, true)
    lock.advance(alarmEdges.linkSteadyMs - 1)
    assert.deepEqual(lock.published().alarms, ['linkLost'])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('that comes and goes makes one alarm', () => {
    const lock = claimed()
    link(lock, false)
    for (let minute = 0; minute < 300; minute += 1) {
      lock.advance(alarmEdges.linkLostMs)
      link(lock, true)
      lock.advance(alarmEdges.linkSteadyMs - 1)
      link(lock, false)
    }
    assert.deepEqual(alarmEntries(lock), ['+linkLost'])
  })

  test('that nobody has fitted is not missed', () => {
    const lock = claimed()
    lock.advance(100_000_000)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('stays lost across a restart, and is forgotten with the hub', () => {
    const lock = claimed()
    link(lock, false)
    lock.advance(alarmEdges.linkLostMs)
    cycle(lock)
    link(lock, false)
    lock.advance(86_400_000)
    assert.deepEqual(alarmEntries(lock), ['+linkLost'])
    cycle(lock)
    lock.advance(alarmEdges.linkLostMs)
    assert.deepEqual(lock.published().alarms, [])
  })

  const signs: readonly (readonly [string, (lock: TestLock) => void, AlarmCode])[] = [
    [
      'its cover comes off',
      (lock) => lock.input({ type: 'tamper', removed: true }),
      'frontEscutcheonRemoved',
    ],
    ['its door is forced', (lock) => lock.moveLeaf('open'), 'doorForcedOpen'],
    ['codes are guessed', (lock) => guess(lock), 'wrongCodeEntryLimit'],
  ]
  for (const [what, happens, sign] of signs) {
    test(`is jammed, and not only lost, when it goes while ${what}`, () => {
      const lock = claimed()
      link(lock, true)
      link(lock, false)
      happens(lock)
      lock.advance(alarmEdges.linkJammedMs - 1)
      assert.ok(!lock.published().alarms.includes('linkJammed'))
      lock.moveLeaf('open')
      happens(lock)
      lock.advance(1)
      assert.ok(lock.published().alarms.includes('linkJammed'), sign)
      lock.advance(alarmEdges.linkLostMs)
      assert.ok(!lock.published().alarms.includes('linkLost'), 'one of the two is true')
      link(lock, true)
      lock.advance(alarmEdges.linkSteadyMs)
      assert.ok(!lock.published().alarms.includes('linkJammed'))
    })
  }

  test('goes with the power of the house, and that is no jamming', () => {
    const lock = claimed()
    lock.input({ type: 'power', mainsPresent: false })
    link(lock, false)
    lock.input({ type: 'tamper', removed: true })
    lock.advance(alarmEdges.linkLostMs)
    assert.ok(lock.published().alarms.includes('linkLost'))
    assert.ok(!lock.published().alarms.includes('linkJammed'))
  })
})

describe('a credential that is refused', () => {
  const refuse = (lock: TestLock, times: number) => {
    for (let each = 0; each < times; each += 1) lock.send(former, { type: 'unlock' })
  }

  test('ten times in ten minutes is told once, by name, until an hour is quiet', () => {
    const lock = claimed()
    refuse(lock, 9)
    assert.deepEqual(lock.published().alarms, [])
    refuse(lock, 30)
    assert.deepEqual(lock.published().alarms, ['credentialRefusals'])
    lock.advance(alarmEdges.credentialQuietMs - 1)
    refuse(lock, 1)
    lock.advance(alarmEdges.credentialQuietMs - 1)
    const [began, ...others] = lock.entriesOf('alarmBegan')
    assert.deepEqual(others, [])
    assert.equal(began?.userName, former.user.name)
    assert.deepEqual(began?.credentialId, former.user.credentials[0]?.id)
    assert.deepEqual(lock.published().alarms, ['credentialRefusals'])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('now and then is no alarm, and neither is what the door has against it', () => {
    const lock = claimed({ bolt: 'retracted', leaf: 'open' })
    for (let hour = 0; hour < 30; hour += 1) {
      refuse(lock, 1)
      lock.advance(3_600_000)
    }
    for (let each = 0; each < 30; each += 1) lock.send(owner, { type: 'lock' })
    assert.equal(lock.receipt().reason, 'doorOpen')
    assert.deepEqual(lock.published().alarms, ['doorAjar'])
  })

  test('stands for another hour after a restart', () => {
    const lock = claimed()
    refuse(lock, 10)
    cycle(lock)
    lock.advance(alarmEdges.credentialQuietMs - 1)
    assert.deepEqual(lock.published().alarms, ['credentialRefusals'])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, [])
  })
})

describe('the bolt sensor', () => {
  test('that is silent is told of, and one that bounces is not', () => {
    const lock = claimed()
    lock.moveBolt('unknown')
    lock.advance(alarmEdges.boltSensorSilentMs - 1)
    lock.moveBolt('extended')
    lock.advance(100_000)
    assert.deepEqual(alarmEntries(lock), [])
    lock.moveBolt('unknown')
    lock.advance(alarmEdges.boltSensorSilentMs)
    assert.deepEqual(lock.published().alarms, ['boltSensorFault'])
    lock.moveBolt('between')
    assert.deepEqual(lock.published().alarms, [])
  })

  test('is silent from the first time that it cannot be read', () => {
    const lock = claimed()
    lock.moveBolt('unknown')
    lock.advance(alarmEdges.boltSensorSilentMs - 1)
    lock.moveBolt('unknown')
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, ['boltSensorFault'])
  })

  test('that saw nothing move is believed once it sees the bolt move', () => {
    const lock = claimed()
    lock.send(owner, { type: 'unlock' })
    lock.giveUp('noConfirmation')
    cycle(lock)
    lock.moveBolt('unknown')
    lock.moveBolt('extended')
    assert.deepEqual(lock.published().alarms, ['boltSensorFault'])
    lock.moveBolt('retracted')
    assert.deepEqual(lock.published().alarms, [])
  })
})

describe('a motor without power', () => {
  const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
  const evidence: readonly (readonly [string, (lock: TestLock) => void, boolean])[] = [
    ['the same battery', (lock) => lock.input({ type: 'power', batteryPercent: 60 }), false],
    ['another battery', (lock) => lock.input({ type: 'power', batteryPercent: 99 }), true],
    [
      'the mains',
      (lock) => lock.input({ type: 'power', batteryPercent: 60, mainsPresent: true }),
      true,
    ],
    [
      'a voltage that is enough',
      (lock) => lock.input({ type: 'power', batteryPercent: 60, battery, loadMillivolts: 4800 }),
      true,
    ],
    [
      'a voltage that is not',
      (lock) => lock.input({ type: 'power', batteryPercent: 60, battery, loadMillivolts: 3300 }),
      false,
    ],
    ['a movement', (lock) => (lock.send(owner, { type: 'unlock' }), lock.settle()), true],
  ]
  for (const [what, happens, ends] of evidence) {
    test(`${ends ? 'is over with' : 'is not over with'} ${what}`, () => {
      const lock = claimed({ batteryPercent: 60 })
      lock.send(owner, { type: 'unlock' })
      lock.giveUp('noPower')
      assert.deepEqual(lock.published().alarms, ['batteryCritical'])
      happens(lock)
      assert.deepEqual(lock.published().alarms, ends ? [] : ['batteryCritical'])
    })
  }
})

/** Whoever reads the journal alone knows which alarms stand, also across restarts. */
test('what stands is what has begun and not ended, in random lives', (t) => {
  const chance = chanceFrom(seedOf(t))
  const seen = new Set<AlarmCode>()
  for (let life = 0; life < runsOf(40); life += 1) {
    const lock = claimed()
    for (let act = 0; act < 150; act += 1) {
      pick(chance, happenings)(lock, chance)
      const standing = new Set<AlarmCode>()
      for (const { type, alarmCode } of lock.store.journal()) {
        if (type === 'alarmBegan' || type === 'alarmEnded') assert.ok(alarmCode !== undefined)
        if (alarmCode === undefined) continue
        seen.add(alarmCode)
        assert.equal(standing.has(alarmCode), type === 'alarmEnded', `${type} ${alarmCode}`)
        if (type === 'alarmBegan') standing.add(alarmCode)
        else standing.delete(alarmCode)
      }
      assert.deepEqual([...standing], lock.published().alarms)
      assert.deepEqual(lock.store.registers.standingAlarms ?? [], lock.published().alarms)
    }
    // Evidence that all is well leaves no alarm standing.
    makeGood(lock)
    assert.deepEqual(lock.published().alarms, [])
  }
  // Few lives do not meet everything.
  if (runsOf(40) < 40) return
  const told: readonly AlarmCode[] = ['forcedUser', 'lockFactoryReset', 'clockUncertain']
  const missing = alarmCodes.filter((code) => !seen.has(code) && !told.includes(code))
  assert.deepEqual(missing, [])
})

describe('the battery', () => {
  const story: readonly (readonly [percent: number | undefined, low: boolean])[] = [
    [100, false],
    [21, false],
    [20, true],
    [24, true],
    [21, true],
    [25, false],
    [21, false],
    [0, true],
    [undefined, false],
    [20, true],
    [100, false],
  ]
  test('has two thresholds', () => {
    const lock = new TestLock()
    for (const [percent, low] of story) {
      lock.input({ type: 'power', ...(percent === undefined ? {} : { batteryPercent: percent }) })
      const empty = percent === 0 ? ['batteryCritical'] : []
      const standing = [...(low ? ['batteryLow'] : []), ...empty]
      assert.deepEqual(lock.published().alarms, standing, `${percent} %`)
      assert.equal(lock.published().batteryPercent, percent)
    }
  })

  test('that is low at boot is seen at boot', () => {
    assert.deepEqual(new TestLock({ batteryPercent: 20 }).published().alarms, ['batteryLow'])
    assert.deepEqual(new TestLock({ batteryPercent: 21 }).published().alarms, [])
  })
})

describe('a gauge gone mad', () => {
  for (const [told, known] of [
    [-5, 0],
    [250, 100],
    [49.6, 50],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ] as const) {
    test(`that tells ${told} is read as ${known}`, () => {
      const lock = new TestLock({ batteryPercent: told })
      assert.equal(lock.published().batteryPercent, known)
      lock.input({ type: 'power', mainsPresent: true, batteryPercent: told })
      assert.equal(lock.lastEntry().batteryPercent ?? known, known)
      assert.equal('batteryPercent' in lock.published(), known !== undefined)
    })
  }
})

describe('the mains', () => {
  test('are written down when they go and come', () => {
    const lock = new TestLock({ mainsPresent: true, batteryPercent: 80 })
    lock.input({ type: 'power', mainsPresent: false, batteryPercent: 80 })
    assert.deepEqual(lock.published().alarms, ['mainsLost'])
    lock.input({ type: 'power', mainsPresent: false, batteryPercent: 79 })
    lock.input({ type: 'power', mainsPresent: true, batteryPercent: 79 })
    const changes = lock.entriesOf('powerChanged')
    assert.deepEqual(
      changes.map(({ mainsPresent, batteryPercent }) => [mainsPresent, batteryPercent]),
      [
        [false, 80],
        [true, 79],
      ],
    )
    assert.deepEqual(alarmEntries(lock), ['+mainsLost', '-mainsLost'])
  })

  test('of a lock that cannot tell are no alarm', () => {
    const lock = new TestLock()
    lock.input({ type: 'power', batteryPercent: 50 })
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.published().mainsPresent, undefined)
  })
})
