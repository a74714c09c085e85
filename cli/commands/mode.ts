import { setOperatingMode } from '@mortise/keyholder'
import type { OperatingMode } from '@mortise/protocol/words'
import { operatingModes } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { modeText, modeWords } from '#cli/texts/state.ts'
import { endOf, endOptions } from '#cli/validity.ts'
import { receiptJson } from './operate.ts'

const names = Object.values(modeWords).join(', ')

/** Takes a lock into a mode. */
export const mode: Command = {
  words: ['mode'],
  summary: 'take the lock into a mode: vacation, privacy, no-remote, passage, lockdown, normal',
  operands: [{ name: 'MODE' }],
  options: { ...lockOption, ...endOptions },
  details: [
    'vacation    only phones open, and the codes of owners',
    'privacy     only phones of owners open',
    'no-remote   phones neither lock nor unlock, codes at the door do',
    'passage     once unlocked, the door stays so; it never unlocks by itself',
    'lockdown    locks at once, and an open door once it is closed; then only phones of owners open',
    'normal      ends every other mode',
    'Locking at the door always works. "status" shows the mode.',
  ],
  run: async (context): Promise<Result> => {
    const operatingMode = readMode(context.given.operands[0])
    const door = await chosenDoor(context)
    const untilMs = endOf(context, door)
    if (operatingMode === 'normal' && untilMs !== undefined) {
      throw new CliError('usage', 'normal has no end', 'Leave out --until and --for.')
    }
    const receipt = await setOperatingMode(door.contact, operatingMode, untilMs)
    const text = modeText(receipt.state, door.timeZone)
    return {
      data: receiptJson(door, receipt),
      lines: [line(`Mode of ${door.name}: ${text}`, 'good')],
    }
  },
}

/** @throws CliError `usage` */
function readMode(wanted: string | undefined): OperatingMode {
  const found = operatingModes.find((one) => modeWords[one] === wanted)
  if (found !== undefined) return found
  throw new CliError('usage', `"${wanted ?? ''}" is no mode`, `Use one of: ${names}.`)
}
