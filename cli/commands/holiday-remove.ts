import { changePolicy, removeHoliday, together } from '@mortise/keyholder'
import type { HolidaySchedule, Policy } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { holidayJson, holidayText, readDays } from '#cli/door-settings/holidays.ts'
import { chosenDoor, sameName } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'

/** Takes a holiday away; said as done only once the lock has said so. */
export const holidayRemove: Command = {
  words: ['holiday', 'remove'],
  summary: 'take the holidays of a name away, or the one that begins on a day',
  operands: [{ name: 'NAME' }, { name: 'DAY', optional: true }],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const [name = '', day] = context.given.operands
    const startLocalMinute = day === undefined ? undefined : readDays(day, day).startLocalMinute
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    const holidays = holidaysCalled(policy, name, startLocalMinute)
    const edit = together(...holidays.map(removeHoliday))
    const { version } = await changePolicy(door.contact, { edit, pins: [] })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        holidays: holidays.map(holidayJson),
        policyVersion: version,
      },
      lines: holidays.map((one) =>
        line(`No holiday any more at ${door.name}: ${holidayText(one)}`, 'good'),
      ),
    }
  },
}

/** @throws CliError `holidayNotFound` */
function holidaysCalled(
  { holidaySchedules = [] }: Policy,
  wanted: string,
  startLocalMinute: number | undefined,
): readonly HolidaySchedule[] {
  const found = holidaySchedules.filter(
    (one) =>
      sameName(one.name, wanted) &&
      (startLocalMinute === undefined || one.startLocalMinute === startLocalMinute),
  )
  if (found.length > 0) return found
  const nextStep = 'See them: mortise holiday list'
  throw new CliError('holidayNotFound', `There is no such holiday "${wanted}"`, nextStep)
}
