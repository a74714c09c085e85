import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Actuator, BoltPosition, DriveDirection, Stall } from './actuator.ts'

/** An actuator together with the hands that a test needs around it. */
export interface ActuatorSubject {
  readonly actuator: Actuator
  /** Lets time pass until nothing is under way and every event has been told. */
  readonly settle: () => void | Promise<void>
  /** Makes the bolt meet resistance in this direction, or none any more. */
  readonly block: (direction: DriveDirection | 'none') => void
  /** Moves the bolt by thumbturn or key. */
  readonly turnByHand: (to: 'extended' | 'retracted') => void
  /** Kills the process, also in mid-movement, and opens the same hardware again. */
  readonly restart: () => ActuatorSubject | Promise<ActuatorSubject>
}

export type MakeActuatorSubject = (
  start: 'extended' | 'retracted',
) => ActuatorSubject | Promise<ActuatorSubject>

type Report = BoltPosition | Stall

function record(actuator: Actuator): Report[] {
  const reports: Report[] = []
  actuator.onPosition((position) => {
    assert.equal(actuator.position(), position, 'position() must equal what is told')
    reports.push(position)
  })
  actuator.onStall((stall) => {
    assert.equal(actuator.position(), stall.position, 'position() must equal what is told')
    reports.push(stall)
  })
  return reports
}

const MOVES = [
  { start: 'extended', direction: 'retract', target: 'retracted' },
  { start: 'retracted', direction: 'extend', target: 'extended' },
] as const

/** The contract of `Actuator`, sentence by sentence; see the comment on the interface. */
export function actuatorContract(name: string, makeSubject: MakeActuatorSubject): void {
  describe(`${name} keeps the actuator contract`, () => {
    describeDriving(makeSubject)
    describeStalling(makeSubject)
    describeStillness(makeSubject)
    describeHands(makeSubject)
  })
}

function describeDriving(makeSubject: MakeActuatorSubject): void {
  for (const { start, direction, target } of MOVES) {
    test(`${direction} from ${start} ends in one report of ${target}`, async () => {
      const { actuator, settle } = await makeSubject(start)
      const reports = record(actuator)
      assert.equal(actuator.position(), start)
      actuator.drive(direction)
      assert.deepEqual(reports, [], 'no listener may be called before drive has returned')
      await settle()
      assert.equal(actuator.position(), target)
      assert.equal(reports.at(-1), target)
      assert.deepEqual(
        reports.filter((report) => report !== 'between'),
        [target],
      )
    })

    test(`${direction} at ${target} is concluded by one report without a movement`, async () => {
      const { actuator, settle } = await makeSubject(target)
      const reports = record(actuator)
      actuator.drive(direction)
      assert.deepEqual(reports, [])
      await settle()
      assert.deepEqual(reports, [target])
    })
  }

  test('a later drive takes the place of the one under way', async () => {
    const { actuator, settle } = await makeSubject('extended')
    const reports = record(actuator)
    actuator.drive('retract')
    actuator.drive('extend')
    await settle()
    assert.equal(actuator.position(), 'extended')
    assert.deepEqual(
      reports.filter((report) => report !== 'between'),
      ['extended'],
    )
  })

  test('a listener may start the next drive', async () => {
    const { actuator, settle } = await makeSubject('extended')
    const stop = actuator.onPosition((position) => {
      if (position !== 'retracted') return
      stop()
      actuator.drive('extend')
    })
    actuator.drive('retract')
    await settle()
    assert.equal(actuator.position(), 'extended')
  })

  test('an ended registration hears nothing more, the others go on', async () => {
    const { actuator, settle } = await makeSubject('extended')
    const gone: Report[] = []
    const stop = actuator.onPosition((position) => gone.push(position))
    const reports = record(actuator)
    stop()
    stop()
    actuator.drive('retract')
    await settle()
    assert.deepEqual(gone, [])
    assert.equal(reports.at(-1), 'retracted')
  })
}

function describeStalling(makeSubject: MakeActuatorSubject): void {
  for (const { start, direction, target } of MOVES) {
    test(`${direction} against resistance is concluded by one stall`, async () => {
      const { actuator, settle, block } = await makeSubject(start)
      block(direction)
      const reports = record(actuator)
      actuator.drive(direction)
      assert.deepEqual(reports, [])
      await settle()
      const stalls = reports.filter((report) => typeof report === 'object')
      assert.deepEqual(stalls, [{ direction, reason: 'blocked', position: actuator.position() }])
      assert.notEqual(actuator.position(), target)
      assert.deepEqual(
        reports.filter((report) => report === target),
        [],
        'the target must not be reported',
      )
    })
  }

  test('after a stall the motor is off until the next drive, which works again', async () => {
    const { actuator, settle, block } = await makeSubject('retracted')
    block('extend')
    actuator.drive('extend')
    await settle()
    block('none')
    const reports = record(actuator)
    await settle()
    assert.equal(reports.length, 0, 'a released actuator never moves by itself')
    actuator.drive('extend')
    await settle()
    assert.equal(actuator.position(), 'extended')
    assert.equal(reports.at(-1), 'extended')
  })
}

function describeStillness(makeSubject: MakeActuatorSubject): void {
  for (const start of ['extended', 'retracted'] as const) {
    test(`opening and restarting move nothing when ${start}`, async () => {
      const first = await makeSubject(start)
      const reports = record(first.actuator)
      await first.settle()
      assert.deepEqual(reports, [])
      const second = await first.restart()
      const reportsAfter = record(second.actuator)
      assert.equal(second.actuator.position(), start)
      await second.settle()
      assert.deepEqual(reportsAfter, [])
      assert.equal(second.actuator.position(), start)
    })
  }

  for (const { start, direction } of MOVES) {
    test(`a killed ${direction} is neither finished nor undone at start`, async () => {
      const first = await makeSubject(start)
      const reports = record(first.actuator)
      first.actuator.drive(direction)
      const second = await first.restart()
      const left = second.actuator.position()
      const reportsAfter = record(second.actuator)
      await second.settle()
      assert.equal(second.actuator.position(), left)
      assert.deepEqual(reportsAfter, [])
      assert.deepEqual(
        reports.filter((report) => report !== 'between'),
        [],
        'the dead process must not see a conclusion',
      )
      second.actuator.drive(direction)
      await second.settle()
      assert.equal(reportsAfter.at(-1), direction === 'extend' ? 'extended' : 'retracted')
    })
  }
}

function describeHands(makeSubject: MakeActuatorSubject): void {
  for (const { start, target } of MOVES) {
    test(`a hand from ${start} to ${target} is reported without a drive`, async () => {
      const { actuator, settle, turnByHand } = await makeSubject(start)
      const reports = record(actuator)
      turnByHand(target)
      await settle()
      assert.equal(actuator.position(), target)
      assert.equal(reports.at(-1), target)
      assert.ok(reports.every((report) => typeof report === 'string'))
    })
  }

  for (const { start, direction, target } of MOVES) {
    for (const hand of ['extended', 'retracted'] as const) {
      test(`a hand to ${hand} during ${direction} leaves one conclusion`, async () => {
        const { actuator, settle, turnByHand } = await makeSubject(start)
        const reports = record(actuator)
        actuator.drive(direction)
        turnByHand(hand)
        await settle()
        assert.equal(actuator.position(), hand)
        const stalls = reports.filter((report) => typeof report === 'object')
        assert.equal(stalls.length, hand === target ? 0 : 1)
        assert.equal(reports.filter((report) => report === target).length, hand === target ? 1 : 0)
      })
    }
  }
}
