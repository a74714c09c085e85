import type { OperatingMode } from '@mortise/protocol/words'
import type { Lasting } from '#app/state/model/mode/mode-lasting.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** What the newest answer of the lock says of its mode. */
export interface DoorMode {
  readonly mode: OperatingMode
  /** By this phone's clock; `null` is until somebody ends it. */
  readonly untilMs: number | null
  /** Whether this person may take the lock into any other mode. */
  readonly mayChange: boolean
}

/** The sheet while it is open, as the state holds it. */
export interface ModeState {
  readonly lockId: string
  readonly chosen: OperatingMode
  readonly lasting: Lasting
  readonly phase: 'choosing' | 'proving' | 'sent'
  readonly trouble: Trouble | null
}

export interface ModeChoice {
  readonly mode: OperatingMode
  /** False: another role would have to. The lock decides; this spares a refusal. */
  readonly may: boolean
}

export interface ModeView {
  readonly doorName: string
  readonly now: DoorMode
  readonly choices: readonly ModeChoice[]
  readonly chosen: OperatingMode
  readonly lasting: Lasting
  /** When the chosen mode would end; `null` is when somebody ends it. */
  readonly endMs: number | null
  readonly phase: ModeState['phase']
  readonly trouble: Trouble | null
  readonly timeZone: string
  readonly zoneDiffers: boolean
  readonly nowMs: number
}

export interface ModeCallbacks {
  readonly onChoose: (mode: OperatingMode) => void
  readonly onLasting: (lasting: Lasting) => void
  readonly onSet: () => void
  readonly onClose: () => void
}
