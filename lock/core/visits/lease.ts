import { countRefusal } from '#core/journal/refusals.ts'
import type { CoreState } from '#core/turn/state.ts'
import { momentNow, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * The hub has vouched for a version. One that is not in force confirms nothing and is told of: hubs
 * know versions from the lock alone, so it is a hub that lies, or one that is a moment behind.
 */
export function newestPolicyTold(turn: Turn, version: number): void {
  const inForce = turn.state.policy?.view.policy.version ?? 0
  if (version !== inForce) countRefusal(turn, 'badNewestPolicy')
  else if (turn.state.policy !== undefined) confirmPolicy(turn)
}

/** The policy in force is the newest, as of now: it was just put in force, or the hub says so. */
export function confirmPolicy(turn: Turn): void {
  update(turn, { policyConfirmedMonotonicMs: turn.now.monotonicMs })
  updateRegisters(turn, { policyConfirmedMs: momentNow(turn).ms })
}

/**
 * How long ago that was. Within a boot the monotonic clock tells, whatever the wall clock does;
 * across boots only a time that is certain does.
 * @returns milliseconds, or undefined when nobody can tell
 */
export function offlineMsOf(
  {
    policyConfirmedMonotonicMs,
    registers,
  }: Pick<CoreState, 'policyConfirmedMonotonicMs' | 'registers'>,
  monotonicMs: number,
  time: { readonly ms: number; readonly certain: boolean },
): number | undefined {
  if (policyConfirmedMonotonicMs !== undefined) return monotonicMs - policyConfirmedMonotonicMs
  const { policyConfirmedMs } = registers
  if (policyConfirmedMs === undefined || !time.certain) return undefined
  return Math.max(0, time.ms - policyConfirmedMs)
}
