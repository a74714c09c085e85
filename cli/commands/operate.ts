import { operate } from '@mortise/keyholder'
import type { Receipt } from '@mortise/protocol/wire'
import type { Verb } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Door } from '#cli/door.ts'
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
      return operated(door, verb, await operate(door.contact, verb))
    },
  }
}

/** What the lock's receipt says of an operation. */
export function operated(door: Door, verb: Verb, receipt: Receipt): Result {
  const { name } = door
  const already = receipt.reason === 'alreadyThere' ? ' (it was already)' : ''
  return {
    data: { verb, ...receiptJson(door, receipt) },
    lines: [line(`${doneWords[verb]}: ${name}${already}`, 'good')],
  }
}

/** The members that every answer with a receipt has. */
export function receiptJson({ lockId, name }: Door, receipt: Receipt): Result['data'] {
  const { outcome, reason, sequence, state } = receipt
  return { lockId, name, outcome, reason, sequence, state: stateJson(state) }
}
