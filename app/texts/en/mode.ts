import type { OperatingMode } from '@mortise/protocol/words'
import type { Lasting } from '#app/state/model/mode/mode-lasting.ts'

const meanings: Readonly<Record<OperatingMode, string>> = {
  normal: 'Everybody comes in as the list of people says.',
  vacation: 'Phones open, and the codes of owners. No other code, finger or tag does.',
  privacy: 'Only phones of owners open. For the night, or when nobody is to walk in.',
  noRemoteLockUnlock: 'No phone locks or unlocks, yours included. Codes and keys do, at the door.',
  passage: 'Once unlocked, the door stays unlocked. It never unlocks by itself.',
  lockdown:
    'Locks at once, and an open door as soon as it is closed. Then only phones of owners open.',
}

const lastings: Readonly<Record<Lasting, string>> = {
  open: 'No end',
  twoHours: '2 hours',
  morning: 'Morning',
  week: '1 week',
}

export const modeTexts = {
  title: (door: string) => `Mode of ${door}`,
  choose: 'Choose a mode',
  meanings,
  now: 'now',
  notYours: 'An owner can choose it.',
  howLong: 'For how long?',
  lastings,
  until: (moment: string) => `Ends by itself ${moment}`,
  zoneNote: (zone: string) => `Hours at the door (${zone})`,
  set: (mode: string) => `Change to ${mode.toLowerCase()}`,
  phases: { proving: 'Confirm on your phone', sent: 'Waiting for the lock' },
  notChanged: 'The mode was not changed.',
} as const
