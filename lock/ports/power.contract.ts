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

/** The contract of `Power`; see the comment on the interface. */
export function powerContract(
  name: string,
  makeSubject: () => PowerSubject | Promise<PowerSubject>,
): void {
  describe(`${name} keeps the power contract`, () => {
    sensorContract<PowerReading>([FULL, UNPLUGGED, LOW], async () => {
      const { power, make, settle } = await makeSubject()
      return { read: power.reading, onChange: power.onChange, make, settle }
    })

    test('numbers are whole and in range', async () => {
      const { power, make, settle } = await makeSubject()
      for (const reading of [FULL, UNPLUGGED, LOW]) {
        make(reading)
        await settle()
        const { batteryPercent = 0, batteryMillivolts = 0 } = power.reading()
        assert.ok(Number.isInteger(batteryPercent) && batteryPercent >= 0 && batteryPercent <= 100)
        assert.ok(Number.isInteger(batteryMillivolts) && batteryMillivolts >= 0)
      }
    })
  })
}
