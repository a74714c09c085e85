import type { Command } from '#cli/command.ts'
import { accept } from './accept.ts'
import { claim } from './claim.ts'
import { faceAdd, fingerAdd } from './biometric-add.ts'
import { faceRemove, fingerRemove } from './biometric-remove.ts'
import { codeAdd } from './code-add.ts'
import { codeList } from './code-list.ts'
import { codeRemove } from './code-remove.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { forget } from './forget.ts'
import { history } from './history.ts'
import { holidayAdd } from './holiday-add.ts'
import { holidayList } from './holiday-list.ts'
import { holidayRemove } from './holiday-remove.ts'
import { invite } from './invite.ts'
import { key } from './key.ts'
import { lock } from './lock.ts'
import { mode } from './mode.ts'
import { peopleAddKey } from './people-add-key.ts'
import { peopleInvitations } from './people-invitations.ts'
import { people, peopleList } from './people-list.ts'
import { peopleRemove } from './people-remove.ts'
import { peopleRemoveDevice } from './people-remove-device.ts'
import { peopleWithdraw } from './people-withdraw.ts'
import { reset, resetStop } from './reset.ts'
import { safetyCode } from './safety-code.ts'
import { setupLink } from './setup-link.ts'
import { settings } from './settings.ts'
import { settingsSet } from './settings-set.ts'
import { setup } from './setup.ts'
import { status } from './status.ts'
import { unlock } from './unlock.ts'
import { voiceAdd } from './voice-add.ts'
import { voiceRemove } from './voice-remove.ts'
import { who } from './who.ts'

/** Every verb, in the order of the help page. */
export const commands: readonly Command[] = [
  status,
  unlock,
  lock,
  mode,
  codeAdd,
  codeList,
  codeRemove,
  fingerAdd,
  fingerRemove,
  faceAdd,
  faceRemove,
  voiceAdd,
  voiceRemove,
  invite,
  people,
  peopleList,
  peopleInvitations,
  peopleWithdraw,
  peopleAddKey,
  peopleRemove,
  peopleRemoveDevice,
  who,
  explain,
  history,
  settings,
  settingsSet,
  holidayList,
  holidayAdd,
  holidayRemove,
  setup,
  claim,
  accept,
  key,
  reset,
  resetStop,
  safetyCode,
  doctor,
  forget,
  setupLink,
]
