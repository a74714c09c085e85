export type { Actuator, BoltPosition, DriveDirection, Stall, StallReason } from './actuator.ts'
export type { Biometric, BiometricShown, EnrolmentNews, EnrolmentOrder } from './biometric.ts'
export type { Clock } from './clock.ts'
export type { DoorContact, DoorPosition } from './door-contact.ts'
export type {
  AlarmShown,
  BatteryShown,
  FactoryResetShown,
  Indicator,
  IndicatorSignal,
  MomentarySignal,
  RefusalShown,
  RestingSignal,
  SetupCodeShown,
} from './indicator.ts'
export type { InsideButton } from './inside-button.ts'
export type { Keypad, KeypadKey } from './keypad.ts'
export { KEYPAD_KEYS } from './keypad.ts'
export type { Listener, Listeners, Unsubscribe } from './listeners.ts'
export { createListeners } from './listeners.ts'
export { BATTERY_CHEMISTRIES } from './power.ts'
export type { BatteryChemistry, FittedBattery, Power, PowerReading } from './power.ts'
export type { Random } from './random.ts'
export type { EscutcheonState, Tamper } from './tamper.ts'
export type { Latch } from './latch.ts'
export type { CancelTimer, Timers } from './timers.ts'
