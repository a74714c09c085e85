import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TestLock } from '#core/testing/test-lock.ts'

function alarmEntries(lock: TestLock): readonly string[] {
  return lock.store
    .journal()
    .filter(({ type }) => type === 'alarmBegan' || type === 'alarmEnded')
    .map(({ type, alarmCode }) => `${type === 'alarmBegan' ? '+' : '-'}${alarmCode}`)
}

describe('the outside cover', () => {
  test('alarms while it is off, once', () => {
    const lock = new TestLock()
    lock.input({ type: 'tamper', removed: true })
    assert.deepEqual(lock.input({ type: 'tamper', removed: true }).writes, [])
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved'])
    lock.input({ type: 'tamper', removed: false })
    assert.deepEqual(lock.input({ type: 'tamper', removed: false }).writes, [])
    assert.deepEqual(lock.published().alarms, [])
    assert.deepEqual(alarmEntries(lock), ['+frontEscutcheonRemoved', '-frontEscutcheonRemoved'])
  })

  test('that came off without power is seen at boot', () => {
    const lock = new TestLock({ tamperRemoved: true })
    assert.deepEqual(lock.published().alarms, ['frontEscutcheonRemoved'])
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
