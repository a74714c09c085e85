import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DriveDirection } from '#lock/ports/index.ts'
import type {
  BoltEnd,
  BoltPlace,
  DoorRecord,
  DriveStart,
  HandRefusal,
  LeafPlace,
} from './physics.ts'
import {
  arriveAt,
  boltMovementsOf,
  boltSensorOf,
  closeLeaf,
  doorSensorOf,
  isPowered,
  NEW_DOOR,
  NO_FAULTS,
  openLeaf,
  otherEnd,
  startDrive,
  turnByHand,
} from './physics.ts'

const door = (change: Partial<DoorRecord>): DoorRecord => ({ ...NEW_DOOR, ...change })
const jammed = (jam: DoorRecord['faults']['jam']) => ({ faults: { ...NO_FAULTS, jam } })
const dead = { faults: { ...NO_FAULTS, motor: 'dead' } } as const
const flat = { mainsPresent: false, batteryPercent: 0 }

describe('switching the motor on', () => {
  const rows: readonly [Partial<DoorRecord>, DriveDirection, DriveStart, BoltPlace, number][] = [
    // start                                 direction  what happens       bolt         movements
    [{ bolt: 'retracted' }, 'extend', 'moves', 'between', 1],
    [{ bolt: 'extended' }, 'retract', 'moves', 'between', 1],
    [{ bolt: 'between' }, 'extend', 'moves', 'between', 1],
    [{ bolt: 'between' }, 'retract', 'moves', 'between', 1],
    [{ bolt: 'extended' }, 'extend', 'standsThere', 'extended', 0],
    [{ bolt: 'retracted' }, 'retract', 'standsThere', 'retracted', 0],
    [{ bolt: 'retracted', leaf: 'open' }, 'extend', 'moves', 'between', 1],
    [{ bolt: 'retracted', ...jammed('extend') }, 'extend', 'meetsResistance', 'between', 1],
    [{ bolt: 'extended', ...jammed('extend') }, 'retract', 'moves', 'between', 1],
    [{ bolt: 'extended', ...jammed('retract') }, 'retract', 'meetsResistance', 'between', 1],
    [{ bolt: 'extended', ...jammed('both') }, 'retract', 'meetsResistance', 'between', 1],
    [{ bolt: 'extended', ...jammed('both') }, 'extend', 'standsThere', 'extended', 0],
    [{ bolt: 'retracted', ...dead }, 'extend', 'turnsNothing', 'retracted', 0],
    [{ bolt: 'extended', ...dead }, 'extend', 'standsThere', 'extended', 0],
    [{ bolt: 'extended', ...flat }, 'retract', 'noPower', 'extended', 0],
    [{ bolt: 'extended', ...flat, mainsPresent: true }, 'retract', 'moves', 'between', 1],
    [{ bolt: 'extended', ...flat, batteryPercent: 1 }, 'retract', 'moves', 'between', 1],
  ]
  for (const [start, direction, happens, bolt, movements] of rows) {
    test(`${direction} with ${JSON.stringify(start)}: ${happens}`, () => {
      const result = startDrive(door(start), direction, undefined)
      assert.equal(result.start, happens)
      assert.equal(result.record.bolt, bolt)
      assert.equal(boltMovementsOf(result.record), movements)
      assert.equal(result.record.counts.motorDrives, happens === 'noPower' ? 0 : 1)
    })
  }

  test('going on in the same direction is one movement, turning round is two', () => {
    const first = startDrive(door({ bolt: 'extended' }), 'retract', undefined).record
    const same = startDrive(first, 'retract', 'retract').record
    assert.equal(boltMovementsOf(same), 1)
    const back = startDrive(same, 'extend', 'retract').record
    assert.deepEqual(
      [back.counts.motorRetractions, back.counts.motorExtensions, back.counts.motorDrives],
      [1, 1, 3],
    )
  })

  test('arriving puts the bolt at the end of its direction', () => {
    assert.equal(arriveAt(door({ bolt: 'between' }), 'extend').bolt, 'extended')
    assert.equal(arriveAt(door({ bolt: 'between' }), 'retract').bolt, 'retracted')
  })
})

describe('hands on the bolt', () => {
  const rows: readonly [BoltPlace, BoltEnd, number][] = [
    ['extended', 'retracted', 1],
    ['retracted', 'extended', 1],
    ['between', 'extended', 1],
    ['between', 'retracted', 1],
    ['extended', 'extended', 0],
  ]
  for (const [bolt, to, movements] of rows) {
    test(`from ${bolt} to ${to} is ${movements} movement, whatever is jammed or flat`, () => {
      const start = door({ bolt, ...jammed('both'), ...flat })
      const after = turnByHand(start, to)
      assert.equal(after.bolt, to)
      assert.equal(boltMovementsOf(after), movements)
      assert.equal(after.counts.motorDrives, 0)
    })
  }

  test('just turning it frees the way out, unless the bolt is out of the way', () => {
    assert.deepEqual(
      (['extended', 'between', 'retracted'] as const).map((bolt) => otherEnd(bolt)),
      ['retracted', 'retracted', 'extended'],
    )
  })
})

describe('moving the leaf', () => {
  type Row = [BoltPlace, LeafPlace, 'open' | 'force' | 'close', LeafPlace, boolean, HandRefusal?]
  const rows: readonly Row[] = [
    // bolt      leaf      push     leaf after  forced  refusal
    ['retracted', 'closed', 'open', 'open', false],
    ['retracted', 'closed', 'force', 'open', false],
    ['extended', 'closed', 'open', 'closed', false, 'bolted'],
    ['between', 'closed', 'open', 'closed', false, 'bolted'],
    ['extended', 'closed', 'force', 'open', true],
    ['between', 'closed', 'force', 'open', true],
    ['extended', 'open', 'open', 'open', false],
    ['retracted', 'open', 'close', 'closed', false],
    ['extended', 'open', 'close', 'open', false, 'boltInTheWay'],
    ['between', 'open', 'close', 'open', false, 'boltInTheWay'],
    ['extended', 'closed', 'close', 'closed', false],
  ]
  for (const [bolt, leaf, push, leafAfter, forced, refusal] of rows) {
    test(`${push} with bolt ${bolt} and leaf ${leaf}: ${refusal ?? leafAfter}`, () => {
      const start = door({ bolt, leaf })
      const result = push === 'close' ? closeLeaf(start) : openLeaf(start, push === 'force')
      assert.equal(result.record.leaf, leafAfter)
      assert.equal(result.record.forced, forced)
      assert.equal(result.record.counts.forcedOpenings, forced ? 1 : 0)
      assert.equal(result.refusal, refusal)
      assert.equal(result.record.bolt, bolt, 'the leaf never moves the bolt')
    })
  }

  test('a forced leaf stays marked until it is shut again', () => {
    const forced = openLeaf(door({ bolt: 'extended' }), true).record
    const drawn = turnByHand(forced, 'retracted')
    assert.equal(drawn.forced, true)
    assert.equal(closeLeaf(drawn).record.forced, false)
  })
})

describe('sensors and power', () => {
  test('an honest sensor says what is, a lying one what it was set to', () => {
    assert.equal(boltSensorOf(door({ bolt: 'between' })), 'between')
    assert.equal(doorSensorOf(door({ leaf: 'open' })), 'open')
    const lying = door({
      bolt: 'retracted',
      leaf: 'open',
      faults: { ...NO_FAULTS, boltSensor: 'extended', doorSensor: 'unknown' },
    })
    assert.equal(boltSensorOf(lying), 'extended')
    assert.equal(doorSensorOf(lying), 'unknown')
  })

  test('either source is enough', () => {
    assert.equal(isPowered(door(flat)), false)
    assert.equal(isPowered(door({ ...flat, mainsPresent: true })), true)
    assert.equal(isPowered(door({ ...flat, batteryPercent: 1 })), true)
  })
})
