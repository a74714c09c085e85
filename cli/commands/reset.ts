import { orderFactoryReset, stopFactoryReset } from '@mortise/keyholder'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { receiptJson } from './operate.ts'

/** Sets a lock back, to hand it over. */
export const reset: Command = {
  words: ['reset'],
  summary: 'set a lock back, to hand it over: nobody has access any more, nor knows its past',
  operands: [{ name: 'DOOR' }],
  options: lockOption,
  details: [
    'DOOR is the whole name of the door, so that no slip does this. Press the button inside before.',
    'At once, and for good: people, codes, fingers, rules and the history in the lock are gone, and it',
    'takes new keys. The history that its hub holds stays with you. The bolt stays where it is.',
  ],
  run: async (context): Promise<Result> => {
    const [name = ''] = context.given.operands
    if (name === '') throw new CliError('usage', 'no door is named', 'mortise reset "Front door"')
    const door = await chosenDoor(context)
    if (name !== door.name) {
      const nextStep = `Write the name of the door: mortise reset "${door.name}"`
      throw new CliError('usage', `"${name}" is not the name of this door`, nextStep)
    }
    const receipt = await orderFactoryReset(door.contact)
    return {
      data: receiptJson(door, receipt),
      lines: [line(`Set back: ${door.name}. It waits for its next owner.`, 'good')],
    }
  },
}

/** Stops a reset that somebody inside has asked for. */
export const resetStop: Command = {
  words: ['reset', 'stop'],
  summary: 'stop a factory reset that somebody inside has asked for',
  operands: [],
  options: lockOption,
  details: [
    '"status" shows one that waits, and until when. Holding the button inside stops it, too.',
  ],
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const receipt = await stopFactoryReset(door.contact)
    return {
      data: receiptJson(door, receipt),
      lines: [line(`Stopped: ${door.name} is not set back.`, 'good')],
    }
  },
}
