import { operate, operateByVoice, unlockFor } from '@mortise/keyholder'
import { limits } from '@mortise/protocol/limits'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'
import { formatInstant, parseDurationMs } from '#cli/texts/times.ts'
import { operated } from './operate.ts'

/** Unlocks, until somebody locks or for a time. */
export const unlock: Command = {
  words: ['unlock'],
  summary: 'draw the bolt',
  operands: [],
  options: {
    ...lockOption,
    for: { type: 'text', value: 'LENGTH', help: 'lock again after: 30s, 15m, 2h; at most a day' },
    voice: {
      type: 'flag',
      help: 'as an assistant: read its voice PIN from standard input, or ask',
    },
  },
  details: ['Without --for the lock locks itself as its settings say.'],
  run: async (context): Promise<Result> => {
    const seconds = secondsOf(context)
    const pin = await voicePinOf(context, seconds)
    const door = await chosenDoor(context)
    const { contact, timeZone } = door
    if (pin !== undefined)
      return operated(door, 'unlock', await operateByVoice(contact, 'unlock', pin))
    if (seconds === undefined) return operated(door, 'unlock', await operate(contact, 'unlock'))
    const receipt = await unlockFor(contact, seconds)
    const { data, lines } = operated(door, 'unlock', receipt)
    const { autoRelockAtMs } = receipt.state
    // With the door open the lock counts from when it is closed, and cannot tell the time yet.
    const relock =
      autoRelockAtMs === undefined
        ? `Locks itself ${seconds} s after the door is closed`
        : `Locks itself at ${formatInstant(autoRelockAtMs, timeZone)}`
    return { data, lines: [...lines, line(relock)] }
  },
}

/** @throws CliError `usage`, `noInput` */
async function voicePinOf(
  { environment, given }: Context,
  seconds: number | undefined,
): Promise<string | undefined> {
  if (!given.flag('voice')) return undefined
  if (seconds !== undefined) {
    throw new CliError('usage', '--voice takes no --for', 'Leave one of the two out.')
  }
  return readSecret(environment, { prompt: 'Voice PIN (not shown): ', file: undefined })
}

/** @throws CliError `badTime` */
function secondsOf({ given }: Context): number | undefined {
  const length = given.text('for')
  if (length === undefined) return undefined
  const seconds = parseDurationMs(length) / 1000
  if (seconds <= limits.unlockSecondsMax) return seconds
  const nextStep = 'Choose at most 24h, or hold the door with: mortise mode passage'
  throw new CliError('badTime', `"${length}" is longer than a day`, nextStep)
}
