import type { Moment } from '@mortise/access'
import type { Answer, Receipt } from '@mortise/protocol/wire'
import type { RequestId, Now, TimerName } from '#core/inputs.ts'
import type { Effect, Registers, Write } from '#core/outputs.ts'
import { instantMsMax, momentOf, observeTime } from '#core/time/lock-time.ts'
import type { Context, CoreState } from '#core/turn/state.ts'

/** A reply without the state, which is added when the turn is over. */
export type UnfinishedReply =
  | ({ readonly type: 'answer'; readonly nonce: Uint8Array } & Omit<Answer, 'v' | 'state'>)
  | ({ readonly type: 'receipt' } & Omit<Receipt, 'v' | 'lockId' | 'state'>)

/** What one input leads to, while it is being worked out. Only the turn changes, never a state. */
export interface Turn {
  readonly context: Context
  readonly now: Now
  readonly before: CoreState
  state: CoreState
  readonly writes: Write[]
  readonly effects: Effect[]
  readonly replies: {
    readonly requestId: RequestId
    readonly replyTo: Uint8Array
    readonly reply: UnfinishedReply
  }[]
  publishesPolicy: boolean
}

export function beginTurn(context: Context, before: CoreState, now: Now): Turn {
  const state = { ...before, time: observeTime(before.time, now) }
  return {
    context,
    now,
    before,
    state,
    writes: [],
    effects: [],
    replies: [],
    publishesPolicy: false,
  }
}

export function update(turn: Turn, fields: Partial<CoreState>): void {
  turn.state = { ...turn.state, ...fields }
}

/** Written once, at the end of the turn. */
export function updateRegisters(turn: Turn, fields: Partial<Registers>): void {
  update(turn, { registers: { ...turn.state.registers, ...fields } })
}

export function act(turn: Turn, effect: Effect): void {
  turn.effects.push(effect)
}

export function setTimer(turn: Turn, name: TimerName, atMonotonicMs: number): void {
  act(turn, { type: 'setTimer', name, atMonotonicMs })
}

export function cancelTimer(turn: Turn, name: TimerName): void {
  act(turn, { type: 'cancelTimer', name })
}

export function momentNow(turn: Turn): Moment {
  return momentOf(turn.state.time)
}

/** The lock time of a monotonic instant, as far as it can be told in this turn. Whole milliseconds. */
export function lockTimeAt(turn: Turn, monotonicMs: number): number {
  const ms = Math.floor(turn.state.time.lockMs + (monotonicMs - turn.now.monotonicMs))
  return Math.min(ms, instantMsMax)
}

/**
 * What the floor of this moment is. The clock of a lock without owner is nobody's word yet, and
 * leaves none: the claim settles it.
 */
export function floorNow(turn: Turn): number {
  const { registers, policy } = turn.state
  if (policy === undefined) return registers.timeFloorMs
  return Math.max(registers.timeFloorMs, momentNow(turn).ms)
}

/** Numbers the hashing jobs of a boot. */
export function nextJob(turn: Turn): number {
  const job = turn.state.jobs + 1
  update(turn, { jobs: job })
  return job
}
