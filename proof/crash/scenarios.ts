import {
  autoRelockTime,
  claimLock,
  dieInMidMovement,
  enterCode,
  exchangeVisitors,
  lockDown,
  nothingToDo,
  prepareHousehold,
  relockByItself,
  silence,
  unlockByPhone,
  visitorCode,
  wrongCode,
  wrongCodeEntryLimit,
} from './acts.ts'
import type { Scenario } from './acts.ts'
import { raiseTheAlarm } from './alarm.ts'
import { outliveTheMovement, visitMs } from './endings.ts'
import { prepareGuessedAt, stopInTime, waitForReset } from './resets.ts'
import { prepareAssistant, sayPin, wrongVoicePin } from './voice.ts'

export const scenarios: Readonly<Record<string, Scenario>> = {
  'first start': { deed: nothingToDo, includesStart: true },
  'start after a kill in mid-movement': {
    prepare: dieInMidMovement,
    deed: nothingToDo,
    includesStart: true,
  },
  claim: { deed: claimLock },
  'unlock by phone': { prepare: prepareHousehold(), deed: unlockByPhone },
  'wrong code': {
    prepare: prepareHousehold(),
    deed: (disk, say) => enterCode(disk, wrongCode, say),
  },
  'wrong code that locks the keypad': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      for (let left = wrongCodeEntryLimit - 1; left > 0; left -= 1) {
        await enterCode(disk, wrongCode, silence)
      }
    },
    deed: (disk, say) => enterCode(disk, wrongCode, say),
  },
  'right code': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      await enterCode(disk, wrongCode, silence)
    },
    deed: (disk, say) => enterCode(disk, visitorCode, say),
  },
  'one-time code': {
    prepare: prepareHousehold({}, { userType: 'disposableUser' }),
    deed: (disk, say) => enterCode(disk, visitorCode, say),
  },
  'wrong voice PIN': {
    prepare: prepareAssistant(),
    deed: (disk, say) => sayPin(disk, wrongVoicePin, say),
  },
  'wrong voice PIN that locks voice': {
    prepare: prepareAssistant(wrongCodeEntryLimit - 1),
    deed: (disk, say) => sayPin(disk, wrongVoicePin, say),
  },
  'change of mode': {
    async prepare(disk) {
      await prepareHousehold()(disk)
      await unlockByPhone(disk, silence)
    },
    deed: lockDown,
  },
  'time that ends between the intent and the bolt, or in the dark': {
    prepare: prepareHousehold({}, (nowMs) => ({
      validity: { notBeforeMs: nowMs, notAfterMs: nowMs + visitMs },
    })),
    deed: outliveTheMovement,
    darkMs: 2 * visitMs,
  },
  'duress code: the only code of its person, and its last use': {
    prepare: prepareHousehold({}, { userType: 'disposableUser' }, { duress: true }),
    deed: (disk, say) => enterCode(disk, visitorCode, say),
  },
  'alarms that begin and end': { prepare: prepareHousehold(), deed: raiseTheAlarm },
  'policy change with a new code': { prepare: prepareHousehold(), deed: exchangeVisitors },
  'auto-relock': {
    prepare: prepareHousehold({ autoRelockTime }),
    deed: relockByItself,
    speed: 40,
  },
  'factory reset that was waited for': {
    prepare: prepareGuessedAt,
    deed: waitForReset,
  },
  'factory reset that an owner stops': {
    prepare: prepareGuessedAt,
    deed: stopInTime,
  },
}
