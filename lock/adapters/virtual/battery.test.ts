import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BATTERY_CHEMISTRIES } from '#lock/ports/index.ts'
import type { BatteryChemistry } from '#lock/ports/index.ts'
import { loadMillivolts, MOVEMENTS_PER_PERCENT, restMillivolts, turnsMotor } from './battery.ts'
import { NEW_DOOR, startDrive } from './physics.ts'
import { powerOf, withPower } from './supply.ts'

const unplugged = { mainsPresent: false }

describe('a simulated battery', () => {
  for (const chemistry of BATTERY_CHEMISTRIES) {
    test(`${chemistry}: emptier and colder means fewer volts, and a load fewer still`, () => {
      let before = Infinity
      for (let batteryPercent = 100; batteryPercent >= 0; batteryPercent -= 1) {
        const rest = restMillivolts(chemistry, batteryPercent)
        const at = (celsius: number) =>
          loadMillivolts(withPower(NEW_DOOR, { chemistry, batteryPercent, celsius }))
        assert.ok(rest < before && at(20) < rest && at(-20) < at(20))
        before = rest
      }
    })
  }

  const rows: readonly [BatteryChemistry, number, number, boolean][] = [
    // chemistry percent  °C  turns the motor
    ['alkaline', 100, 20, true],
    ['alkaline', 1, 20, true],
    ['alkaline', 40, -20, false],
    ['alkaline', 100, -20, true],
    ['lithium', 40, -20, true],
    ['nimh', 40, -20, true],
    ['liIon', 40, -20, true],
  ]
  for (const [chemistry, batteryPercent, celsius, turns] of rows) {
    test(`${chemistry} at ${batteryPercent} % and ${celsius} °C ${turns ? 'turns' : 'does not turn'} the motor`, () => {
      const door = withPower(NEW_DOOR, { ...unplugged, chemistry, batteryPercent, celsius })
      assert.equal(turnsMotor(door), turns)
      assert.equal(startDrive(door, 'extend', undefined).start, turns ? 'moves' : 'noPower')
    })
  }

  test('loses a percent by so many movements, and none while it is plugged in', () => {
    for (const mainsPresent of [true, false]) {
      let door = withPower(NEW_DOOR, { mainsPresent })
      const before = powerOf(door)
      for (let movement = 0; movement < MOVEMENTS_PER_PERCENT; movement += 1) {
        door = startDrive({ ...door, bolt: 'retracted' }, 'extend', undefined).record
      }
      assert.equal(door.batteryPercent, mainsPresent ? 100 : 99)
      assert.equal(door.batteryMillivolts < (before.batteryMillivolts ?? 0), !mainsPresent)
    }
  })

  test('changed for another one is as full as somebody says', () => {
    const door = withPower({ ...NEW_DOOR, movementsOnPercent: 7 }, { chemistry: 'lithium' })
    assert.deepEqual([door.batteryMillivolts, door.movementsOnPercent], [7200, 0])
    assert.equal(powerOf(door).battery?.cells, 4)
    assert.equal(withPower(door, { chemistry: 'liIon', batteryPercent: 50 }).batteryPercent, 50)
  })
})
