import { changePolicy, forbidVoice } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { findAssistant, policyInForce } from '#cli/policy.ts'

/** Takes the voice PINs of an assistant away, and its right to open; it goes on locking. */
export const voiceRemove: Command = {
  words: ['voice', 'remove'],
  summary: 'let an assistant unlock no more',
  operands: [{ name: 'NAME' }],
  options: lockOption,
  details: ['Its PINs are gone; it goes on locking.'],
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const { id, name } = findAssistant(await policyInForce(door), context.given.operands[0] ?? '')
    const { version } = await changePolicy(door.contact, { edit: forbidVoice(id), pins: [] })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(id), name },
        policyVersion: version,
      },
      lines: [line(`${name} unlocks ${door.name} no more.`, 'good')],
    }
  },
}
