import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Power, PowerReading } from './power.ts'
import { sensorContract } from './sensor.contract.ts'

export interface PowerSubject {
  readonly power: Power
  /** Makes the supply so that it measures this. */
  readonly make: (reading: PowerReading) => void
  readonly settle: () => void | Promise<void>
}

const FULL: PowerReading = { mainsPresent: true, batteryPercent: 100, batteryMillivolts: 6400 }
const UNPLUGGED: PowerReading = { ...FULL, mainsPresent: false }
const LOW: PowerReading = { mainsPresent: false, batteryPercent: 9, batteryMillivolts: 4300 }

/** What every test bench can set; what it measures besides is the hardware's own. */
function supplyOf(reading: PowerReading): PowerReading {
  const { mainsPresent, batteryPercent, batteryMillivolts } = reading
  return { mainsPresent, batteryPercent, batteryMillivolts }
}

/** The contract of `Power`; see the comment on the interface. */
export function powerContract(
  name: string,
  makeSubject: () => PowerSubject | Promise<PowerSubject>,
): void {
  describe(`${name} keeps the power contract`, () => {
    sensorContract<PowerReading>([FULL, UNPLUGGED, LOW], async () => {
      const { power, make, settle } = await makeSubject()
      return {
        read: () => supplyOf(power.reading()),
        onChange: (listener) => power.onChange((reading) => listener(supplyOf(reading))),
        make,
        settle,
      }
    })

    test('numbers are whole and in range', async () => {
      const { power, make, settle } = await makeSubject()
      for (const reading of [FULL, UNPLUGGED, LOW]) {
        make(reading)
        await settle()
        const { batteryPercent = 0, batteryMillivolts = 0 } = power.reading()
        assert.ok(Number.isInteger(batteryPercent) && batteryPercent >= 0 && batteryPercent <= 100)
        assert.ok(Number.isInteger(batteryMillivolts) && batteryMillivolts >= 0)
        const { loadMillivolts = 0, temperatureCelsius = 0, battery } = power.reading()
        assert.ok(Number.isInteger(loadMillivolts) && loadMillivolts >= 0)
        assert.ok(loadMillivolts <= batteryMillivolts, 'a load lowers the voltage')
        assert.ok(Number.isInteger(temperatureCelsius))
        assert.ok(battery === undefined || battery.cells >= 1)
      }
    })
  })
}
