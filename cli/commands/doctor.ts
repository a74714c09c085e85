import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { checkJson, checkLines } from '#cli/doctor/check.ts'
import { checkDevice } from '#cli/doctor/device.ts'
import { checkDoor } from '#cli/doctor/door.ts'
import type { Check } from '#cli/doctor/check.ts'
import { sameName } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'

/** Looks at everything that can be checked from here. */
export const doctor: Command = {
  words: ['doctor'],
  summary: 'check this device, the hub, and every lock down to its first history entry',
  operands: [],
  options: lockOption,
  details: ['Each finding has a next step. Ends with the exit code of the first that failed.'],
  run: async (context): Promise<Result> => {
    const { checks: own, locks } = await checkDevice(context)
    const checks: Check[] = [...own]
    const wanted = context.given.text('lock')
    for (const listed of locks) {
      const { name, lockId } = listed
      const isWanted =
        wanted === undefined ||
        (name !== undefined && sameName(name, wanted)) ||
        lockId.startsWith(wanted.toLowerCase())
      if (isWanted) checks.push(...(await checkDoor(context, listed)))
    }
    return {
      data: { checks: checks.map(checkJson) },
      lines: checks.flatMap(checkLines),
      exitCode: checks.find(({ status }) => status === 'fail')?.exitCode ?? 0,
    }
  },
}
