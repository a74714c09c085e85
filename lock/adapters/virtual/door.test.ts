import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import type { ActuatorSubject } from '#lock/ports/actuator.contract.ts'
import { actuatorContract } from '#lock/ports/actuator.contract.ts'
import { doorContactContract } from '#lock/ports/door-contact.contract.ts'
import type { IndicatorSubject } from '#lock/ports/indicator.contract.ts'
import { indicatorContract } from '#lock/ports/indicator.contract.ts'
import type { InsideButtonSubject } from '#lock/ports/inside-button.contract.ts'
import { biometricContract } from '#lock/ports/biometric.contract.ts'
import type { BiometricSubject } from '#lock/ports/biometric.contract.ts'
import { insideButtonContract } from '#lock/ports/inside-button.contract.ts'
import type { KeypadSubject } from '#lock/ports/keypad.contract.ts'
import { keypadContract } from '#lock/ports/keypad.contract.ts'
import { powerContract } from '#lock/ports/power.contract.ts'
import { tamperContract } from '#lock/ports/tamper.contract.ts'
import type { Stall } from '#lock/ports/index.ts'
import { createVirtualDoor } from './door.ts'
import { createManualTime } from './manual-time.ts'
import type { DoorFaults, DoorRecord } from './physics.ts'
import { NEW_DOOR } from './physics.ts'
import type { RecordStore } from './record.ts'
import { createMemoryStore } from './record.ts'

/** One process on a door; a second one on the same store is the restart after a kill. */
function start(store: RecordStore = createMemoryStore()) {
  const time = createManualTime({ wallMs: 1_750_000_000_000 })
  const door = createVirtualDoor({ ...time, store })
  return { ...door, ...door.ports, time, store }
}

const startWith = (change: Partial<DoorRecord>) =>
  start(createMemoryStore({ ...NEW_DOOR, ...change }))

function actuatorSubject(store: RecordStore): ActuatorSubject {
  const { actuator, hands, time } = start(store)
  return {
    actuator,
    settle: time.settle,
    block: (jam) => hands.setFaults({ jam }),
    turnByHand: (to) => hands.turnBolt(to),
    restart: () => actuatorSubject(store),
  }
}

function keypadSubject(store: RecordStore): KeypadSubject {
  const { keypad, hands, time } = start(store)
  const restart = () => keypadSubject(store)
  return { keypad, press: hands.pressKey, settle: time.settle, restart }
}

function biometricSubject(store: RecordStore): BiometricSubject {
  const { biometric, hands, time } = start(store)
  const restart = () => biometricSubject(store)
  return {
    biometric,
    show: (credentialType, whose) =>
      hands.showBiometric({ credentialType, ...(whose === undefined ? {} : { whose }) }),
    settle: time.settle,
    restart,
  }
}

function insideButtonSubject(store: RecordStore): InsideButtonSubject {
  const { insideButton, hands, time } = start(store)
  const restart = () => insideButtonSubject(store)
  const { pressInsideButton: press, holdInsideButton: hold } = hands
  return { insideButton, press, hold, settle: time.settle, restart }
}

function indicatorSubject(store: RecordStore): IndicatorSubject {
  const { indicator, snapshot, time } = start(store)
  return {
    indicator,
    seen() {
      const { resting, moment, alarms, mode, battery, setupCode, factoryReset } = snapshot()
      return {
        resting,
        moment: moment ?? undefined,
        alarms,
        mode,
        battery: battery ?? undefined,
        setupCodeText: setupCode?.text,
        factoryReset: factoryReset ?? undefined,
      }
    },
    passTime: time.advance,
    restart: () => indicatorSubject(store),
  }
}

const NAME = 'the virtual door'
actuatorContract(NAME, (bolt) => actuatorSubject(createMemoryStore({ ...NEW_DOOR, bolt })))
keypadContract(NAME, () => keypadSubject(createMemoryStore()))
biometricContract(NAME, () => biometricSubject(createMemoryStore()))
insideButtonContract(NAME, () => insideButtonSubject(createMemoryStore()))
indicatorContract(NAME, () => indicatorSubject(createMemoryStore()))
doorContactContract(NAME, () => {
  const { doorContact, hands, time } = start()
  return { doorContact, settle: time.settle, make: (doorSensor) => hands.setFaults({ doorSensor }) }
})
tamperContract(NAME, () => {
  const { tamper, hands, time } = start()
  return {
    tamper,
    settle: time.settle,
    make: (state) => state !== 'unknown' && hands.setEscutcheon(state),
  }
})
powerContract(NAME, () => {
  const { power, hands, time } = start()
  return {
    power,
    settle: time.settle,
    make: ({ mainsPresent = true, batteryPercent = 100, batteryMillivolts = 6_400 }) =>
      hands.setPower({ mainsPresent, batteryPercent, batteryMillivolts }),
  }
})

describe('faults at the motor and the sensor', () => {
  type Row = [Partial<DoorFaults>, 'extended' | 'retracted', 'extend' | 'retract', string]
  const rows: readonly Row[] = [
    // fault                    bolt before   drive      conclusion / true bolt / sensor / movements
    [{}, 'extended', 'retract', 'retracted / retracted / retracted / 1'],
    [{ jam: 'retract' }, 'extended', 'retract', 'blocked / between / between / 1'],
    [{ jam: 'extend' }, 'extended', 'retract', 'retracted / retracted / retracted / 1'],
    [{ motor: 'dead' }, 'extended', 'retract', 'noConfirmation / extended / extended / 0'],
    [{ motor: 'dead' }, 'extended', 'extend', 'extended / extended / extended / 0'],
    [{ boltSensor: 'unknown' }, 'extended', 'retract', 'noConfirmation / retracted / unknown / 1'],
    [
      { boltSensor: 'extended' },
      'extended',
      'retract',
      'noConfirmation / retracted / extended / 1',
    ],
    [{ boltSensor: 'extended' }, 'retracted', 'extend', 'extended / extended / extended / 1'],
    [
      { boltSensor: 'retracted' },
      'extended',
      'extend',
      'noConfirmation / extended / retracted / 0',
    ],
  ]
  for (const [faults, bolt, direction, expected] of rows) {
    test(`${direction} from ${bolt} with ${JSON.stringify(faults)}: ${expected}`, () => {
      const { actuator, hands, snapshot, time } = startWith({ bolt })
      hands.setFaults(faults)
      const conclusions: string[] = []
      actuator.onPosition((position) => position !== 'between' && conclusions.push(position))
      actuator.onStall((stall) => conclusions.push(stall.reason))
      actuator.drive(direction)
      time.settle()
      const { bolt: after, boltSensor, boltMovements, moving } = snapshot()
      assert.equal(`${conclusions.join()} / ${after} / ${boltSensor} / ${boltMovements}`, expected)
      assert.equal(moving, null)
    })
  }

  test('the power goes in the middle: the bolt stays between, and stays there when it returns', () => {
    const { actuator, hands, snapshot, time } = startWith({ bolt: 'extended' })
    const stalls: Stall[] = []
    actuator.onStall((stall) => stalls.push(stall))
    actuator.drive('retract')
    time.advance(100)
    assert.equal(snapshot().moving, 'retract')
    hands.setPower({ mainsPresent: false, batteryPercent: 0 })
    assert.deepEqual(stalls, [{ direction: 'retract', reason: 'noPower', position: 'between' }])
    hands.setPower({ mainsPresent: true })
    time.settle()
    assert.equal(snapshot().bolt, 'between')
    assert.equal(stalls.length, 1)
  })

  test('without power a drive stalls, keys and button are dead, the thumbturn works', () => {
    const { actuator, hands, keypad, snapshot, time } = startWith({
      bolt: 'extended',
      mainsPresent: false,
      batteryPercent: 0,
    })
    const heard: string[] = []
    actuator.onStall((stall) => heard.push(stall.reason))
    keypad.onKey((key) => heard.push(key))
    actuator.drive('retract')
    assert.deepEqual(heard, [])
    time.settle()
    assert.deepEqual(hands.pressKey('1'), { done: false, refusal: 'noPower' })
    assert.deepEqual(hands.pressInsideButton(), { done: false, refusal: 'noPower' })
    assert.deepEqual(hands.turnBolt(), { done: true })
    assert.deepEqual(heard, ['noPower'])
    assert.equal(snapshot().bolt, 'retracted')
    assert.equal(snapshot().keyPresses, 0)
  })
})

describe('what the snapshot says', () => {
  test('bolt out with the leaf open: both are reported', () => {
    const { actuator, hands, snapshot, time } = start()
    hands.moveLeaf({ open: true })
    actuator.drive('extend')
    time.settle()
    const { bolt, leaf, forced } = snapshot()
    assert.deepEqual({ bolt, leaf, forced }, { bolt: 'extended', leaf: 'open', forced: false })
    assert.deepEqual(hands.moveLeaf({ open: false }), { done: false, refusal: 'boltInTheWay' })
  })

  test('movements by motor and by hand are counted apart', () => {
    const { actuator, hands, snapshot, time } = start()
    actuator.drive('extend')
    time.settle()
    hands.turnBolt()
    hands.turnBolt('extended')
    const { boltMovements, counts } = snapshot()
    assert.equal(boltMovements, 3)
    assert.deepEqual(counts, {
      motorDrives: 1,
      motorExtensions: 1,
      motorRetractions: 0,
      handExtensions: 1,
      handRetractions: 1,
      forcedOpenings: 0,
    })
  })

  test('every change of what it says is announced', () => {
    const { actuator, hands, indicator, onChange, snapshot, time } = start()
    const told: string[] = []
    let before = JSON.stringify(snapshot())
    onChange(() => {
      before = JSON.stringify(snapshot())
      told.push(before)
    })
    const acts: readonly (() => void)[] = [
      () => actuator.drive('extend'),
      () => time.settle(),
      () => hands.setFaults({ jam: 'retract' }),
      () => actuator.drive('retract'),
      () => time.settle(),
      () => hands.turnBolt('retracted'),
      () => hands.moveLeaf({ open: true }),
      () => hands.setEscutcheon('removed'),
      () => hands.setPower({ batteryPercent: 40 }),
      () => hands.pressKey('7'),
      () => hands.pressInsideButton(),
      () => indicator.show({ kind: 'refused', reason: 'wrongCode' }),
      () => time.settle(),
      () => indicator.showAlarms(['doorAjar']),
      () => indicator.showSetupCode({ text: 'code', remainingMs: 10 }),
      () => time.settle(),
    ]
    for (const [index, act] of acts.entries()) {
      const count = told.length
      act()
      assert.equal(JSON.stringify(snapshot()), before, `act ${index} changed without a word`)
      assert.ok(told.length > count, `act ${index} changed nothing`)
    }
  })

  test('the last answer stays readable and is counted', () => {
    const { indicator, snapshot, time } = start()
    indicator.show({ kind: 'refused', reason: 'wrongCode' })
    indicator.show({ kind: 'refused', reason: 'ended' })
    time.settle()
    assert.equal(snapshot().moment, null)
    assert.deepEqual(snapshot().lastAnswer, {
      number: 2,
      signal: { kind: 'refused', reason: 'ended' },
    })
  })

  test('a store that cannot be written is said, and the door goes on', () => {
    let broken = true
    const store: RecordStore = {
      load: () => undefined,
      save() {
        if (broken) throw new MortiseError('world', 'doorStateUnwritable', 'full')
      },
    }
    const { hands, snapshot } = start(store)
    hands.turnBolt('extended')
    assert.equal(snapshot().saved, false)
    assert.equal(snapshot().bolt, 'extended')
    broken = false
    hands.turnBolt('retracted')
    assert.equal(snapshot().saved, true)
  })
})

describe('the process is killed', () => {
  test('opening writes nothing and tells nothing', () => {
    let saves = 0
    const store: RecordStore = {
      load: () => ({ ...NEW_DOOR, bolt: 'between' }),
      save() {
        saves += 1
      },
    }
    const { onChange, time } = start(store)
    onChange(() => assert.fail('nothing has changed'))
    time.settle()
    assert.equal(saves, 0)
  })

  test('closing in mid-movement leaves the bolt between, with the movement counted', () => {
    const first = startWith({ bolt: 'extended' })
    first.actuator.onPosition(() => assert.fail('the end of the process tells nothing'))
    first.actuator.drive('retract')
    first.close()
    first.time.settle()
    const { snapshot } = start(first.store)
    assert.equal(snapshot().bolt, 'between')
    assert.equal(snapshot().boltMovements, 1)
  })

  test('counts, faults, cover, power and a forced leaf survive', () => {
    const first = startWith({ bolt: 'extended' })
    first.hands.moveLeaf({ open: true, force: true })
    first.hands.setEscutcheon('removed')
    first.hands.setPower({ mainsPresent: false, batteryPercent: 7 })
    first.hands.setFaults({ jam: 'both', doorSensor: 'unknown' })
    const before = first.snapshot()
    assert.deepEqual(start(first.store).snapshot(), before)
  })
})
