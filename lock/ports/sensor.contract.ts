import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Listener, Unsubscribe } from './listeners.ts'

/** A sensor as the three sensor ports have it: a value that can be read, and its changes. */
export interface SensorSubject<Value> {
  readonly read: () => Value
  readonly onChange: (listener: Listener<Value>) => Unsubscribe
  /** Makes the world so that the sensor says this. */
  readonly make: (value: Value) => void
  /** Lets every pending event be told. */
  readonly settle: () => void | Promise<void>
}

/** What `DoorContact`, `Tamper` and `Power` have in common; `values` are two or more that differ. */
export function sensorContract<Value>(
  values: readonly [Value, Value, ...Value[]],
  makeSubject: () => SensorSubject<Value> | Promise<SensorSubject<Value>>,
): void {
  test('each change is told once, and reads the same', async () => {
    const subject = await makeSubject()
    subject.make(values[0])
    await subject.settle()
    const told: Value[] = []
    subject.onChange((value) => {
      assert.deepEqual(subject.read(), value, 'reading must equal what is told')
      told.push(value)
    })
    for (const value of [...values.slice(1), values[0]]) {
      subject.make(value)
      await subject.settle()
      assert.deepEqual(subject.read(), value)
    }
    assert.deepEqual(told, [...values.slice(1), values[0]])
  })

  test('a repeated value is not told', async () => {
    const subject = await makeSubject()
    subject.make(values[1])
    await subject.settle()
    let count = 0
    subject.onChange(() => {
      count += 1
    })
    subject.make(values[1])
    await subject.settle()
    assert.equal(count, 0)
  })

  test('an ended registration hears nothing more', async () => {
    const subject = await makeSubject()
    subject.make(values[0])
    await subject.settle()
    let count = 0
    const stop = subject.onChange(() => {
      count += 1
    })
    subject.make(values[1])
    await subject.settle()
    stop()
    subject.make(values[0])
    await subject.settle()
    assert.equal(count, 1)
  })
}
