import { maySetMode } from '@mortise/access'
import type { OperatingMode } from '@mortise/protocol/words'
import { operatingModes } from '@mortise/protocol/words'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { doorHere, zoneOf } from '#app/state/app/app-state.ts'
import { endOfLasting } from '#app/state/model/mode/mode-lasting.ts'
import type { ModeView } from '#app/state/model/mode/mode-view.ts'
import { doorMode } from '#app/state/select/select-door.ts'

/** The sheet of modes; `null` while it is closed. @param phoneZone the phone's own time zone. */
export function selectMode(state: AppState, phoneZone: string): ModeView | null {
  const { mode, nowMs } = state
  const door = doorHere(state)
  const now = door === null ? null : doorMode(door, nowMs)
  if (mode === null || door === null || now === null || mode.lockId !== door.lockId) return null
  const timeZone = zoneOf(door)
  const { chosen, lasting, phase, trouble } = mode
  const ends = chosen !== 'normal' && chosen !== now.mode
  return {
    doorName: door.name,
    now,
    choices: operatingModes.map((each) => ({ mode: each, may: mayChoose(door, now.mode, each) })),
    chosen,
    lasting,
    endMs: ends ? endOfLasting(lasting, nowMs, timeZone) : null,
    phase,
    trouble,
    timeZone,
    zoneDiffers: timeZone !== phoneZone,
    nowMs,
  }
}

function mayChoose({ role }: Door, from: OperatingMode, to: OperatingMode): boolean {
  return role !== null && (from === to || maySetMode(role, from, to))
}
