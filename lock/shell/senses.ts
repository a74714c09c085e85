import type { Input, Sensors } from '@mortise/lock-core'
import type { PowerReading, Random, Unsubscribe } from '#lock/ports/index.ts'
import type { DoorPorts } from './ports.ts'

/** What the sensors say at this moment. */
export function readSensors(door: DoorPorts): Sensors {
  return {
    bolt: door.actuator.position(),
    leaf: door.doorContact.position(),
    tamperRemoved: door.tamper.state() === 'removed',
    ...(door.latch === undefined ? {} : { latchPulled: door.latch.isPulled() }),
    ...(door.biometric === undefined ? {} : { readerTypes: door.biometric.types }),
    ...powerFacts(door.power.reading()),
  }
}

/** Tells what happens at the door from here on. */
export function followDoor(
  door: DoorPorts,
  random: Random,
  feed: (input: Input) => void,
): Unsubscribe {
  const ends = [
    door.actuator.onPosition((position) => feed({ type: 'boltMoved', position })),
    door.actuator.onStall(({ reason }) => feed({ type: 'driveStalled', reason })),
    door.latch?.onChange((pulled) => feed({ type: 'latchMoved', pulled })) ?? (() => {}),
    door.doorContact.onChange((position) => feed({ type: 'leafMoved', position })),
    door.keypad.onKey((key) => feed({ type: 'key', key })),
    door.biometric?.onShown((shown) => feed({ type: 'biometric', ...shown })) ?? (() => {}),
    door.biometric?.onEnrolment((news) => feed({ type: 'enrolment', ...news })) ?? (() => {}),
    door.insideButton.onPress(() => feed({ type: 'insideButton', random: random.bytes(16) })),
    door.insideButton.onRelease(() => feed({ type: 'insideButtonReleased' })),
    door.tamper.onChange((state) => feed({ type: 'tamper', removed: state === 'removed' })),
    door.power.onChange((reading) => feed({ type: 'power', ...powerFacts(reading) })),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** A field is absent when the hardware cannot tell. */
function powerFacts(reading: PowerReading) {
  const { mainsPresent, batteryPercent, batteryMillivolts, loadMillivolts } = reading
  const { temperatureCelsius, battery } = reading
  return {
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(batteryPercent === undefined ? {} : { batteryPercent }),
    ...(batteryMillivolts === undefined ? {} : { batteryMillivolts }),
    ...(loadMillivolts === undefined ? {} : { loadMillivolts }),
    ...(temperatureCelsius === undefined ? {} : { temperatureCelsius }),
    ...(battery === undefined ? {} : { battery }),
  }
}
