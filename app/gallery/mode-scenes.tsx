import { operatingModes } from '@mortise/protocol/words'
import { dayMs, hourMs, nowMs, silent, timeZone } from '#app/gallery/sample.ts'
import type { Scenes } from '#app/gallery/scenes.ts'
import { ModeSheet } from '#app/screens/mode/mode-sheet.tsx'
import type { ModeView } from '#app/state/model/mode/mode-view.ts'

const normal: ModeView = {
  doorName: 'Front door',
  now: { mode: 'normal', untilMs: null, mayChange: true },
  choices: operatingModes.map((mode) => ({ mode, may: true })),
  chosen: 'normal',
  lasting: 'open',
  endMs: null,
  phase: 'choosing',
  trouble: null,
  timeZone,
  zoneDiffers: false,
  nowMs,
}

const vacation: ModeView = {
  ...normal,
  chosen: 'vacation',
  lasting: 'week',
  endMs: nowMs + 7 * dayMs,
}

const views: Readonly<Record<string, ModeView>> = {
  normal,
  vacation,
  elsewhere: { ...vacation, lasting: 'morning', endMs: nowMs + 12 * hourMs, zoneDiffers: true },
  proving: { ...vacation, phase: 'proving' },
  refused: { ...vacation, trouble: 'lockAway' },
  resident: {
    ...normal,
    now: { mode: 'lockdown', untilMs: null, mayChange: true },
    chosen: 'lockdown',
    choices: operatingModes.map((mode) => ({ mode, may: mode === 'lockdown' })),
  },
}

export const modeScenes: Scenes = Object.fromEntries(
  Object.entries(views).map(([name, view]) => [
    `mode/${name}`,
    { tab: 'door', draw: () => <ModeSheet view={view} on={silent()} /> },
  ]),
)
