import type { PolicyEdit } from '@mortise/keyholder'
import { changePolicy, removeCredential, removeUser, together } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import type { PolicyReading } from '@mortise/keyholder'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { boundTo, findPerson, policyInForce } from '#cli/policy.ts'

/** Takes somebody's codes away; said as done only once the lock has said so. */
export const codeRemove: Command = {
  words: ['code', 'remove'],
  summary: "take somebody's codes away",
  operands: [{ name: 'NAME' }],
  options: lockOption,
  details: ['A guest who has no other way in leaves the list altogether.'],
  run: async (context): Promise<Result> => {
    const [wanted = ''] = context.given.operands
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const user = findPerson(reading, wanted)
    const { edit, removed, leaves } = removalOf(reading, user)
    const { version } = await changePolicy(door.contact, { edit, pins: [] })
    const { name } = user
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(user.id), name },
        credentialIds: removed.map(toHex),
        personRemoved: leaves,
        policyVersion: version,
      },
      lines: [
        line(`${name} has no code any more at ${door.name}.`, 'good'),
        ...(leaves ? [line(`${name} had no other way in and left the list.`, 'quiet')] : []),
      ],
    }
  },
}

interface Removal {
  readonly edit: PolicyEdit
  readonly removed: readonly Uint8Array[]
  readonly leaves: boolean
}

function removalOf(reading: PolicyReading, user: User): Removal {
  const codes = user.credentials.filter(({ type }) => type === 'pin')
  if (codes.length === 0) {
    const nextStep = 'See who has one: mortise code list'
    throw new CliError('codeNotFound', `${user.name} has no code`, nextStep)
  }
  const removed = codes.map(({ id }) => id)
  const others = user.credentials.length - codes.length + boundTo(reading, user).length
  const invited = reading.policy.invitations.some(({ userId }) => toHex(userId) === toHex(user.id))
  const leaves = user.role === 'guest' && others === 0 && !invited
  const edit = leaves
    ? removeUser(user.id)
    : together(...removed.map((id) => removeCredential(user.id, id)))
  return { edit, removed, leaves }
}
