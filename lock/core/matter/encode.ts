import {
  field,
  fixedBytes,
  list,
  message,
  only,
  optional,
  record,
  text,
  uint,
  word,
} from '@mortise/protocol/codec'
import { limits } from '@mortise/protocol/limits'
import { credentialRules, operatingModes, userStatuses, userTypes } from '@mortise/protocol/words'
import { matterLimits } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'

const id = fixedBytes(16)
const fabricIndex = uint(255)
const epochSeconds = uint(0xffff_ffff)
const minuteOfDay = uint(24 * 60 - 1)
const scheduleIndex = uint(matterLimits.schedulesPerUserMax, 1)
const schedulesMax = { max: matterLimits.schedulesPerUserMax }

const credential = record({
  id: field(0, id),
  credentialType: field(1, word(['pin'])),
  credentialIndex: field(2, uint(matterLimits.credentialIndexMax, 1)),
  createdAtMs: field(3, uint()),
  creatorFabricIndex: field(4, fabricIndex),
  lastModifiedFabricIndex: field(5, fabricIndex),
})

const weekDaySchedule = record({
  index: field(0, scheduleIndex),
  daysMask: field(1, uint(127, 1)),
  startMinute: field(2, minuteOfDay),
  endMinute: field(3, minuteOfDay),
})

const span = {
  localStartTime: field(1, epochSeconds),
  localEndTime: field(2, epochSeconds),
}
const yearDaySchedule = record({ index: field(0, scheduleIndex), ...span })
const holidaySchedule = record({
  index: field(0, uint(matterLimits.holidaySchedulesMax, 1)),
  ...span,
  operatingMode: field(3, word(operatingModes)),
})

const user = record({
  id: field(0, id),
  userIndex: field(1, uint(matterLimits.usersMax, 1)),
  /** Left out when empty. */
  userName: optional(2, text(limits.nameBytesMax)),
  userUniqueId: field(3, uint(0xffff_ffff)),
  userStatus: field(4, word(userStatuses)),
  userType: field(5, word(userTypes)),
  credentialRule: field(6, word(credentialRules)),
  creatorFabricIndex: field(7, fabricIndex),
  lastModifiedFabricIndex: field(8, fabricIndex),
  credentials: field(9, list(credential, { max: matterLimits.credentialsPerUserMax })),
  weekDaySchedules: field(10, list(weekDaySchedule, schedulesMax)),
  yearDaySchedules: field(11, list(yearDaySchedule, schedulesMax)),
})

const database = message(
  record({
    v: field(0, only(1)),
    users: field(1, list(user, { max: matterLimits.usersMax })),
    holidaySchedules: field(2, list(holidaySchedule, { max: matterLimits.holidaySchedulesMax })),
  }),
  limits.messageBytesMax,
)

/** The database as the lock's store keeps it. Never on a wire. */
export function encodeMatterDatabase({ users, holidaySchedules }: MatterDatabase): Uint8Array {
  return database.encode({
    v: 1,
    holidaySchedules,
    users: users.map(({ userName, ...fields }) =>
      userName === '' ? fields : { ...fields, userName },
    ),
  })
}

/** @throws WireError when it is damaged */
export function decodeMatterDatabase(encoded: Uint8Array): MatterDatabase {
  const { users, holidaySchedules } = database.decode(encoded)
  return {
    holidaySchedules,
    users: users.map(({ userName = '', ...fields }) => ({ ...fields, userName })),
  }
}
