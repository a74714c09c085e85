import type { Reason } from '@mortise/protocol/words'
import type { SignalReason } from '#core/outputs.ts'

const told: Partial<Readonly<Record<Reason, SignalReason>>> = {
  notYetValid: 'notYet',
  noLongerValid: 'ended',
  expired: 'ended',
  usedUp: 'usedUp',
  userDisabled: 'suspended',
  tooLongOffline: 'needsFreshPolicy',
  timeUncertain: 'timeUnknown',
  vacationMode: 'keypadOff',
  privacyMode: 'keypadOff',
  lockdownMode: 'keypadOff',
}

/** How much of a reason is told at the door, to somebody whose code is known. */
export function toldAtDoor(reason: Reason): SignalReason {
  return told[reason] ?? 'notNow'
}
