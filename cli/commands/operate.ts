import { operate } from '@mortise/keyholder'
import type { Verb } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { chosenDoor } from '#cli/door.ts'
import { stateJson } from '#cli/texts/state.ts'

const doneWords: Readonly<Record<Verb, string>> = {
  lock: 'Locked',
  unlock: 'Unlocked',
  unlatch: 'Opened',
}

/** Locks or unlocks; what is said is what the lock has signed. */
export function operateCommand(verb: Verb, summary: string): Command {
  return {
    words: [verb],
    summary,
    operands: [],
    options: lockOption,
    run: async (context): Promise<Result> => {
      const door = await chosenDoor(context)
      const { outcome, reason, sequence, state } = await operate(door.contact, verb)
      const { lockId, name } = door
      const already = reason === 'alreadyThere' ? ' (it was already)' : ''
      return {
        data: { lockId, name, verb, outcome, reason, sequence, state: stateJson(state) },
        lines: [line(`${doneWords[verb]}: ${name}${already}`, 'good')],
      }
    },
  }
}
