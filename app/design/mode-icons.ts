import type { OperatingMode } from '@mortise/protocol/words'
import type { IconName } from '#app/design/icon.tsx'

export const modeIcons: Readonly<Record<OperatingMode, IconName>> = {
  normal: 'door',
  vacation: 'leave',
  privacy: 'moon',
  noRemoteLockUnlock: 'offline',
  passage: 'people',
  lockdown: 'lock',
}
