import { changePolicy, removeUser } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { findPerson, policyInForce } from '#cli/policy.ts'

/** Takes somebody out with every way in; said as done only once the lock has said so. */
export const peopleRemove: Command = {
  words: ['people', 'remove'],
  summary: 'take somebody out, with all their codes and devices',
  operands: [{ name: 'NAME' }],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const [wanted = ''] = context.given.operands
    const door = await chosenDoor(context)
    const user = findPerson(await policyInForce(door), wanted)
    const { version } = await changePolicy(door.contact, { edit: removeUser(user.id), pins: [] })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(user.id), name: user.name },
        policyVersion: version,
      },
      lines: [line(`${user.name} has no way in any more at ${door.name}.`, 'good')],
    }
  },
}
