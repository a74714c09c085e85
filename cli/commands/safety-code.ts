import { safetyCode as codeOf } from '@mortise/keyholder'
import type { Meeting } from '@mortise/keyholder'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'

const meetingWords: Readonly<Record<Meeting, string>> = {
  claim: 'This device has the keys from the lock itself.',
  invitation: 'This device has the keys from an invitation.',
  firstUse:
    'This device has the keys from the hub: compare the code with a device that knows the lock.',
}

/** The number to compare between two devices. */
export const safetyCode: Command = {
  words: ['safety-code'],
  summary: 'the number that shows whether two devices know the same lock',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const { contact, lockId, name } = await chosenDoor(context)
    const code = codeOf(context.environment.crypto, contact.known)
    const { metBy } = contact.known
    return {
      data: { lockId, name, safetyCode: code, metBy },
      lines: [
        line(code, 'strong'),
        line(meetingWords[metBy], metBy === 'firstUse' ? 'warn' : 'quiet'),
      ],
    }
  },
}
