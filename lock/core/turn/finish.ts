import { assertInvariant } from '@mortise/protocol/errors'
import type { Reply } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import type { Effect, Write } from '#core/outputs.ts'
import { assertPromises } from '#core/turn/promises.ts'
import { currentState, publishedFacts } from '#core/turn/report.ts'
import type { CoreState } from '#core/turn/state.ts'
import { floorNow, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn, UnfinishedReply } from '#core/turn/turn.ts'

/** What one input leads to. The writes are made durable, all or none, before the first effect. */
export interface StepResult {
  readonly state: CoreState
  readonly writes: readonly Write[]
  readonly effects: readonly Effect[]
}

/** Ends a turn: registers, counter, replies and publications, and the promises of every turn. */
export function finishTurn(turn: Turn): StepResult {
  writeRegisters(turn)
  const publishes = countChange(turn)
  finishReplies(turn)
  if (turn.publishesPolicy) turn.effects.push({ type: 'publishPolicy' })
  if (publishes) turn.effects.push({ type: 'publishState' })
  assertPromises(turn)
  return { state: turn.state, writes: turn.writes, effects: turn.effects }
}

/** Every durable write carries the time floor, so that the floor is never older than the journal. */
function writeRegisters(turn: Turn): void {
  const changed = turn.state.registers !== turn.before.registers
  if (!changed && turn.writes.length === 0) return
  const timeUnexplainedMs = Math.ceil(turn.state.time.unexplainedMs)
  updateRegisters(turn, { timeFloorMs: floorNow(turn), timeUnexplainedMs })
  turn.writes.push({ type: 'registers', registers: turn.state.registers })
}

/** @returns whether others see something new */
function countChange(turn: Turn): boolean {
  const before = publishedFacts(turn.before)
  const differs = publishedFacts(turn.state).some((fact, index) => fact !== before[index])
  if (differs || turn.state.chain.sequence !== turn.before.chain.sequence) {
    update(turn, { counter: turn.state.counter + 1 })
  }
  return differs
}

function finishReplies(turn: Turn): void {
  for (const { requestId, replyTo, reply } of turn.replies) {
    turn.effects.push({ type: 'reply', requestId, replyTo, reply: finishReply(turn, reply) })
  }
}

function finishReply(turn: Turn, reply: UnfinishedReply): Reply {
  if (reply.type === 'answer') {
    const { nonce, ...answer } = reply
    return { ...answer, v: 1, state: currentState(turn.state, turn.now, nonce) }
  }
  const state: State = currentState(turn.state, turn.now)
  assertInvariant(reply.sequence <= state.sequence, 'a receipt names an entry that was written')
  return { ...reply, v: 1, lockId: turn.state.lockId, state }
}
