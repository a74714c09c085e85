import { floorNow, setTimer, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** How much time a power cut can take back where nothing else was written. */
export const timeFloorEveryMs = 600_000

/** Makes the time durable and comes back in ten minutes. */
export function timeFloorDue(turn: Turn): void {
  const timeFloorMs = floorNow(turn)
  if (timeFloorMs > turn.state.registers.timeFloorMs) updateRegisters(turn, { timeFloorMs })
  setTimer(turn, 'timeFloor', turn.now.monotonicMs + timeFloorEveryMs)
}
