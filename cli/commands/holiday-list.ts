import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { holidayJson, holidayText } from '#cli/door-settings/holidays.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'

/** The holidays of the door, the first one first. */
export const holidayList: Command = {
  words: ['holiday', 'list'],
  summary: 'the holidays that people’s hours can except',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    const holidays = (policy.holidaySchedules ?? []).toSorted(
      (one, other) => one.startLocalMinute - other.startLocalMinute,
    )
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        policyVersion: policy.version,
        timeZone: policy.timeZone,
        holidays: holidays.map(holidayJson),
      },
      lines:
        holidays.length === 0
          ? [line('There are no holidays.')]
          : holidays.map((holiday) => line(holidayText(holiday))),
    }
  },
}
