import type { CoreState, Signal, SignalReason } from '@mortise/lock-core'
import { unreachable } from '@mortise/protocol/errors'
import type { AlarmCode, OperatingMode } from '@mortise/protocol/words'
import type { AlarmShown, BatteryShown, IndicatorSignal, RefusalShown } from '#lock/ports/index.ts'

const REFUSALS: Readonly<Record<SignalReason, RefusalShown>> = {
  wrongCode: 'wrongCode',
  notKnown: 'notKnown',
  notNow: 'notAtThisTime',
  notYet: 'notYetValid',
  ended: 'ended',
  usedUp: 'usedUp',
  suspended: 'suspended',
  needsFreshPolicy: 'needsFreshPolicy',
  timeUnknown: 'timeUnknown',
  keypadOff: 'keypadOff',
  notClaimed: 'notClaimed',
  tooLong: 'wrongCode',
  doorTrouble: 'fault',
  doorOpen: 'doorOpen',
  powerTooLow: 'powerTooLow',
}

/** The core's signal in the words of the indicator. How many digits were typed stays inside. */
export function indicatorSignal(signal: Signal): IndicatorSignal {
  switch (signal.type) {
    case 'ready':
      return { kind: 'ready' }
    case 'digit':
      return { kind: 'digit' }
    case 'cleared':
      return { kind: 'cleared' }
    case 'checking':
      return { kind: 'busy' }
    case 'granted':
      return { kind: 'accepted', verb: signal.verb }
    case 'oneMore':
      return { kind: 'oneMore' }
    case 'refused':
      return { kind: 'refused', reason: REFUSALS[signal.reason] }
    case 'lockedOut':
      return { kind: 'lockedOut', remainingMs: signal.remainingMs }
    default:
      return unreachable(signal)
  }
}

/** What a person at the door should hear; everything else is for the owners' phones. */
const audible: readonly AlarmShown[] = [
  'lockFactoryReset',
  'lockJammed',
  'wrongCodeEntryLimit',
  'frontEscutcheonRemoved',
  'doorForcedOpen',
  'doorAjar',
  'batteryLow',
  'batteryCritical',
]

export function alarmsShown(alarms: readonly AlarmCode[]): readonly AlarmShown[] {
  return audible.filter((alarm) => alarms.includes(alarm))
}

/** What somebody has set, as the signed state says it. */
export function modeShown({ registers }: Pick<CoreState, 'registers'>): OperatingMode {
  return registers.operatingMode?.mode ?? 'normal'
}

/** What the inside display says of the battery; nothing where nothing is known. */
export function batteryShown({ battery }: Pick<CoreState, 'battery'>): BatteryShown | undefined {
  const { percent, daysLeft, confidence } = battery
  if (percent === undefined) return undefined
  return daysLeft === undefined ? { percent } : { percent, daysLeft, isSure: confidence === 'high' }
}
