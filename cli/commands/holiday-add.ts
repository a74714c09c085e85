import { sameContent } from '@mortise/access'
import { addHoliday, changePolicy } from '@mortise/keyholder'
import type { HolidaySchedule } from '@mortise/protocol/words'
import { operatingModes } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { holidayJson, holidayText, readDays } from '#cli/door-settings/holidays.ts'
import { readName, readWord } from '#cli/door-settings/values.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'
import { modeWords } from '#cli/texts/state.ts'

/** Adds a holiday; said as done only once the lock has said so. */
export const holidayAdd: Command = {
  words: ['holiday', 'add'],
  summary: 'add a holiday, of one day or through the last one',
  operands: [{ name: 'NAME' }, { name: 'DAY' }, { name: 'LAST-DAY', optional: true }],
  options: {
    ...lockOption,
    mode: { type: 'text', value: 'MODE', help: 'the mode that holds then, as in "mortise mode"' },
  },
  details: [
    'Days are those of the door: 2026-12-24. The last one is included.',
    'Holidays that overlap must want the same mode.',
  ],
  run: async (context): Promise<Result> => {
    const holiday = holidayGiven(context)
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    if (policy.holidaySchedules?.some((one) => sameContent(one, holiday)) === true) {
      const nextStep = 'See them: mortise holiday list'
      throw new CliError('holidayTwice', `"${holiday.name}" stands there already`, nextStep)
    }
    const { version } = await changePolicy(door.contact, { edit: addHoliday(holiday), pins: [] })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        holiday: holidayJson(holiday),
        policyVersion: version,
      },
      lines: [line(`In force at ${door.name}: ${holidayText(holiday)}`, 'good')],
    }
  },
}

function holidayGiven({ given }: Context): HolidaySchedule {
  const [name = '', first = '', last = first] = given.operands
  const mode = given.text('mode')
  return {
    name: readName(name),
    ...readDays(first, last),
    ...(mode === undefined ? {} : { operatingMode: readWord(mode, modeWords, operatingModes) }),
  }
}
