import { unreachable } from '@mortise/protocol/errors'
import type { ManagementCommand, SetCredential } from '#core/matter/commands.ts'
import { clearCredential, getCredentialStatus } from '#core/matter/credentials.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import type { MatterOutcome, Sender } from '#core/matter/outcome.ts'
import {
  clearHolidaySchedule,
  clearWeekDaySchedule,
  clearYearDaySchedule,
  getHolidaySchedule,
  getWeekDaySchedule,
  getYearDaySchedule,
  setHolidaySchedule,
  setWeekDaySchedule,
  setYearDaySchedule,
} from '#core/matter/schedules.ts'
import { clearUser, getUser, setUser } from '#core/matter/users.ts'

/** Every management command that needs no hashing. */
export function manage(
  database: MatterDatabase,
  command: Exclude<ManagementCommand, SetCredential>,
  by: Sender,
): MatterOutcome {
  switch (command.type) {
    case 'setUser':
      return setUser(database, command, by)
    case 'getUser':
      return getUser(database, command.userIndex)
    case 'clearUser':
      return clearUser(database, command.userIndex)
    case 'getCredentialStatus':
      return getCredentialStatus(database, command.credential)
    case 'clearCredential':
      return clearCredential(database, command.credential)
    case 'setWeekDaySchedule':
      return setWeekDaySchedule(database, command)
    case 'getWeekDaySchedule':
      return getWeekDaySchedule(database, command.weekDayIndex, command.userIndex)
    case 'clearWeekDaySchedule':
      return clearWeekDaySchedule(database, command.weekDayIndex, command.userIndex)
    case 'setYearDaySchedule':
      return setYearDaySchedule(database, command)
    case 'getYearDaySchedule':
      return getYearDaySchedule(database, command.yearDayIndex, command.userIndex)
    case 'clearYearDaySchedule':
      return clearYearDaySchedule(database, command.yearDayIndex, command.userIndex)
    case 'setHolidaySchedule':
      return setHolidaySchedule(database, command)
    case 'getHolidaySchedule':
      return getHolidaySchedule(database, command.holidayIndex)
    case 'clearHolidaySchedule':
      return clearHolidaySchedule(database, command.holidayIndex)
    default:
      return unreachable(command)
  }
}
