/** The lock's mind. Everything else about it is private to this package. */
export { boot } from './boot.ts'
export { step } from './step.ts'
export { currentState, policyReport } from './turn/report.ts'
export { alarmsOf } from './turn/truth.ts'
export { freshRegisters } from './turn/state.ts'
export type { Context, CoreState, Stored, StoredUsage } from './turn/state.ts'
export type { StepResult } from './turn/finish.ts'
export type { PinTag } from './access/pin-tags.ts'
export { pinTagBytes } from './access/pin-tags.ts'
export type {
  BoltPosition,
  Input,
  JobId,
  KeypadKey,
  LeafPosition,
  Now,
  PowerReading,
  RequestId,
  Sensors,
  TimerName,
} from './inputs.ts'
export type {
  Effect,
  Registers,
  WrongTries,
  SetMode,
  Signal,
  SignalReason,
  Write,
} from './outputs.ts'
export type {
  LockUserChange,
  ManagementCommand,
  MatterAnswer,
  MatterCommand,
  MatterStatus,
} from './matter/commands.ts'
export { matterLimits } from './matter/database.ts'
