import type { Credential, User } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { findPerson, policyInForce } from '#cli/policy.ts'
import { takeAway } from '#cli/removal.ts'

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
    const words = `${user.name} has no code any more at ${door.name}.`
    return takeAway(door, reading, { user, credentials: codesOf(user), words })
  },
}

/** @throws CliError `codeNotFound` */
function codesOf(user: User): readonly Credential[] {
  const codes = user.credentials.filter(({ type }) => type === 'pin')
  if (codes.length > 0) return codes
  const nextStep = 'See who has one: mortise code list'
  throw new CliError('codeNotFound', `${user.name} has no code`, nextStep)
}
