import { changePolicy, together, withdrawInvitation } from '@mortise/keyholder'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { findPerson, openInvitations, policyInForce } from '#cli/policy.ts'

/** Takes somebody's open invitations back; said as done only once the lock has said so. */
export const peopleWithdraw: Command = {
  words: ['people', 'withdraw'],
  summary: 'take an open invitation back',
  operands: [{ name: 'NAME' }],
  options: lockOption,
  details: ['Somebody who has no other way in leaves the list altogether.'],
  run: async (context): Promise<Result> => {
    const [wanted = ''] = context.given.operands
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const user = findPerson(reading, wanted)
    const open = openInvitations(reading).filter(({ userId }) => bytesEqual(userId, user.id))
    if (open.length === 0) {
      const nextStep = 'See who has one: mortise people invitations'
      throw new CliError('invitationNotFound', `${user.name} has no open invitation`, nextStep)
    }
    const edit = together(...open.map(({ id }) => withdrawInvitation(id)))
    const leaves = !edit(reading.policy, reading.bindings).users.some(({ id }) =>
      bytesEqual(id, user.id),
    )
    const { version } = await changePolicy(door.contact, { edit, pins: [] })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(user.id), name: user.name },
        invitationIds: open.map(({ id }) => toHex(id)),
        personRemoved: leaves,
        policyVersion: version,
      },
      lines: [
        line(`The link for ${user.name} opens nothing any more at ${door.name}.`, 'good'),
        ...(leaves ? [line(`${user.name} had no other way in and left the list.`, 'quiet')] : []),
      ],
    }
  },
}
