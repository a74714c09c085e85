import { boot, step } from '@mortise/lock-core'
import type { Context, CoreState, Effect, Input, Now, Sensors, Stored } from '@mortise/lock-core'
import { MortiseError } from '@mortise/protocol/errors'
import type { Clock } from '#lock/ports/index.ts'
import type { Store, StoreWrite } from '#lock/ports/store.ts'
import { readStorage } from './storage.ts'

export interface LoopOptions {
  readonly context: Context
  readonly store: Store
  readonly clock: Clock
  /** Called in order, once the writes of the same turn are durable. */
  readonly perform: (effect: Effect, now: Now) => void
  /** The journal is longer by these durable entries. */
  readonly journalGrew: () => void
  /** The loop has stopped for good; the process must end. Called at most once. */
  readonly onFatal: (error: unknown) => void
}

export interface Loop {
  /** The first turn. Throws what stops it; nothing was performed then. */
  readonly start: (stored: Stored, sensors: Sensors) => void
  /** One input, one turn, at once or after the turn that is under way. */
  readonly feed: (input: Input) => void
  readonly state: () => CoreState
  readonly now: () => Now
  /** Inputs are ignored from here on. */
  readonly stop: () => void
}

/**
 * Turns inputs into turns: step, make durable, then act. Never re-entrant: what an effect feeds
 * back waits for its end. Memory is never ahead of the disk: a commit that fails ends the loop
 * before the new state is taken and before anything is done.
 */
export function createLoop(options: LoopOptions): Loop {
  const { context, store, clock, perform, journalGrew, onFatal } = options
  const waiting: Input[] = []
  let state: CoreState | undefined
  let running = false
  let stopped = false

  const current = (): CoreState => {
    if (state !== undefined) return state
    throw new MortiseError('bug', 'lockNotStarted', 'the lock was asked before its first turn')
  }
  const takeTurn = (decided: TurnResult, now: Now): void => {
    const turn = makeDurable(options, decided, now)
    const writes: readonly StoreWrite[] = turn.writes
    state = turn.state
    for (const effect of turn.effects) perform(effect, now)
    if (writes.some(({ type }) => type === 'entry')) journalGrew()
    // Before the next turn finds none: a full disk is best met with some room left.
    if (writes.length > 0 && store.room().reserve === 'exhausted') {
      waiting.unshift(readStorage(context.crypto, store))
    }
  }
  const drain = (): void => {
    running = true
    try {
      for (;;) {
        const input = waiting.shift()
        if (input === undefined || stopped) break
        const now = nowOf(clock)
        takeTurn(step(context, current(), now, input), now)
      }
    } catch (error) {
      stopped = true
      onFatal(error)
    } finally {
      running = false
    }
  }
  return {
    start(stored, sensors) {
      const now = nowOf(clock)
      running = true
      try {
        takeTurn(boot(context, stored, sensors, now), now)
      } finally {
        running = false
      }
      drain()
    },
    feed(input) {
      if (stopped) return
      waiting.push(input)
      if (!running) drain()
    },
    state: current,
    now: () => nowOf(clock),
    stop() {
      stopped = true
    },
  }
}

type TurnResult = ReturnType<typeof boot>

/** Some hundred kilobytes: what no more of the journal can make room for, it cannot. */
const makingRoomMax = 32

/**
 * Commits a turn. Where there is no room for it, the core is asked to make some, and what it decides
 * is part of the same commit: old entries go exactly when the new ones are there.
 */
function makeDurable({ context, store }: LoopOptions, decided: TurnResult, now: Now): TurnResult {
  let turn = decided
  for (let rounds = 0; ; rounds += 1) {
    try {
      store.commit(turn.writes)
      return turn
    } catch (error) {
      if (!isFull(error) || rounds === makingRoomMax) throw error
      const full = { ...readStorage(context.crypto, store), reserve: 'exhausted' } as const
      const room = step(context, turn.state, now, full)
      if (room.state.journalFrom === turn.state.journalFrom) throw error
      turn = {
        state: room.state,
        writes: [...turn.writes, ...room.writes],
        effects: [...turn.effects, ...room.effects],
      }
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof MortiseError && error.code === 'storeFull'
}

/** Whole milliseconds: a timer that is set for one is then never early. */
function nowOf(clock: Clock): Now {
  const wallMs = clock.wallMs()
  const monotonicMs = Math.floor(clock.monotonicMs())
  return wallMs === undefined ? { monotonicMs } : { monotonicMs, wallMs }
}
