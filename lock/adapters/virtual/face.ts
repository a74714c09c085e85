import type { OperatingMode } from '@mortise/protocol/words'
import type {
  AlarmShown,
  BatteryShown,
  Clock,
  FactoryResetShown,
  Indicator,
  IndicatorSignal,
  MomentarySignal,
  RestingSignal,
  SetupCodeShown,
  Timers,
} from '#lock/ports/index.ts'

/** How long a moment is seen; `busy` until the next signal. */
const MOMENT_MS = {
  digit: 400,
  cleared: 1_200,
  accepted: 4_000,
  oneMore: 8_000,
  refused: 5_000,
  jammed: 6_000,
} as const satisfies Record<Exclude<MomentarySignal['kind'], 'busy'>, number>

/** The latest signal that answers a person, kept so that a script can read it without hurry. */
export interface Answer {
  /** Counts answers since the process started. */
  readonly number: number
  readonly signal: Extract<MomentarySignal, { kind: 'accepted' | 'oneMore' | 'refused' | 'jammed' }>
}

export interface FaceView {
  readonly resting: RestingSignal
  readonly moment: MomentarySignal | null
  readonly lastAnswer: Answer | null
  readonly alarms: readonly AlarmShown[]
  readonly mode: OperatingMode
  /** What the lock makes of its battery, on the inside display. */
  readonly battery: BatteryShown | null
  readonly lockout: { readonly remainingMs: number } | null
  readonly setupCode: SetupCodeShown | null
  /** On the inside display: a reset that the button would ask for, or that waits. */
  readonly factoryReset: FactoryResetShown | null
}

export interface Face {
  readonly indicator: Indicator
  readonly view: () => FaceView
  readonly close: () => void
}

interface Parts {
  readonly clock: Clock
  readonly timers: Timers
  /** Called after every change of what is seen. */
  readonly changed: () => void
}

/** Lights, sounder and inside display of the virtual door. */
export function createFace(parts: Parts): Face {
  const lights = createLights(parts)
  const display = createDisplay(parts)
  const countdown = createCountdown(parts)
  let alarms: readonly AlarmShown[] = []
  let mode: OperatingMode = 'normal'
  let battery: BatteryShown | null = null
  return {
    indicator: {
      show: lights.show,
      showAlarms(next) {
        alarms = [...next]
        parts.changed()
      },
      showMode(next) {
        mode = next
        parts.changed()
      },
      showBattery(next) {
        battery = next ?? null
        parts.changed()
      },
      showSetupCode: display.show,
      hideSetupCode: display.hide,
      showFactoryReset: countdown.show,
    },
    view: () => ({
      ...lights.view(),
      alarms,
      mode,
      battery,
      setupCode: display.view(),
      factoryReset: countdown.view(),
    }),
    close() {
      lights.close()
      display.hide()
      countdown.show(undefined)
    },
  }
}

interface Lights {
  readonly show: (signal: IndicatorSignal) => void
  readonly view: () => Omit<FaceView, 'alarms' | 'mode' | 'battery' | 'setupCode' | 'factoryReset'>
  readonly close: () => void
}

function createLights({ clock, timers, changed }: Parts): Lights {
  let resting: RestingSignal = { kind: 'off' }
  let restingSinceMs = 0
  let moment: MomentarySignal | null = null
  let lastAnswer: Answer | null = null
  let cancelMoment = () => {}

  const restingNow = (): RestingSignal => {
    if (resting.kind !== 'lockedOut') return resting
    const passedMs = clock.monotonicMs() - restingSinceMs
    return {
      kind: 'lockedOut',
      remainingMs: Math.max(0, Math.ceil(resting.remainingMs - passedMs)),
    }
  }
  const endMoment = () => {
    moment = null
    changed()
  }
  return {
    show(signal: IndicatorSignal) {
      cancelMoment()
      cancelMoment = () => {}
      moment = isResting(signal) ? null : signal
      if (isResting(signal)) {
        resting = signal
        restingSinceMs = clock.monotonicMs()
      } else if (signal.kind !== 'busy')
        cancelMoment = timers.set(MOMENT_MS[signal.kind], endMoment)
      if (isAnswer(signal)) lastAnswer = { number: (lastAnswer?.number ?? 0) + 1, signal }
      changed()
    },
    view() {
      const now = restingNow()
      const lockout =
        now.kind === 'lockedOut' && now.remainingMs > 0 ? { remainingMs: now.remainingMs } : null
      return { resting: now, moment, lastAnswer, lockout }
    },
    close: () => cancelMoment(),
  }
}

function createDisplay({ clock, timers, changed }: Parts) {
  let shown: { readonly text: string; readonly untilMs: number } | undefined
  let cancelHiding = () => {}
  const hide = () => {
    cancelHiding()
    if (shown === undefined) return
    shown = undefined
    changed()
  }
  const show = ({ text, remainingMs }: SetupCodeShown): void => {
    cancelHiding()
    shown = { text, untilMs: clock.monotonicMs() + remainingMs }
    cancelHiding = timers.set(Math.max(0, remainingMs), hide)
    changed()
  }
  return {
    show,
    hide,
    view(): SetupCodeShown | null {
      if (shown === undefined) return null
      const remainingMs = Math.ceil(shown.untilMs - clock.monotonicMs())
      // The timer may be late; the text may not.
      return remainingMs > 0 ? { text: shown.text, remainingMs } : null
    },
  }
}

function createCountdown({ clock, changed }: Parts) {
  let shown: { readonly stage: FactoryResetShown['stage']; readonly untilMs: number } | undefined
  return {
    show: (reset: FactoryResetShown | undefined): void => {
      if (reset === undefined && shown === undefined) return
      shown = reset && { stage: reset.stage, untilMs: clock.monotonicMs() + reset.remainingMs }
      changed()
    },
    view: (): FactoryResetShown | null => {
      if (shown === undefined) return null
      const remainingMs = Math.max(0, Math.ceil(shown.untilMs - clock.monotonicMs()))
      return { stage: shown.stage, remainingMs }
    },
  }
}

function isResting(signal: IndicatorSignal): signal is RestingSignal {
  return signal.kind === 'off' || signal.kind === 'ready' || signal.kind === 'lockedOut'
}

function isAnswer(signal: IndicatorSignal): signal is Answer['signal'] {
  const { kind } = signal
  return kind === 'accepted' || kind === 'oneMore' || kind === 'refused' || kind === 'jammed'
}
