import type { Credential, User } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { chosenDoor, sameName } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { findPerson, policyInForce } from '#cli/policy.ts'
import { takeAway } from '#cli/removal.ts'
import { waysText } from '#cli/texts/people.ts'

const kinds = {
  finger: { type: 'fingerprint', missing: 'fingerNotFound' },
  face: { type: 'face', missing: 'faceNotFound' },
} as const
type Kind = keyof typeof kinds

/** Takes somebody's fingers away; the reader at the door forgets them. */
export const fingerRemove = removeCommand('finger', "take somebody's fingers away")
/** The same with faces. */
export const faceRemove = removeCommand('face', "take somebody's faces away")

function removeCommand(kind: Kind, summary: string): Command {
  return {
    words: [kind, 'remove'],
    summary,
    operands: [{ name: 'NAME' }],
    options: {
      ...lockOption,
      which: {
        type: 'text',
        value: 'TEXT',
        help: `only this ${kind}, as "mortise people" calls it`,
      },
    },
    details: [
      'The reader at the door forgets them as well.',
      'A guest who has no other way in leaves the list altogether.',
    ],
    run: (context) => removeBiometrics(context, kind),
  }
}

async function removeBiometrics(context: Context, kind: Kind): Promise<Result> {
  const [wanted = ''] = context.given.operands
  const door = await chosenDoor(context)
  const reading = await policyInForce(door)
  const user = findPerson(reading, wanted)
  const credentials = biometricsOf(user, kind, context.given.text('which'))
  const ways = waysText(user, credentials)
  const words = `Opens nothing any more at ${door.name}: ${user.name}, ${ways}`
  return takeAway(door, reading, { user, credentials, words })
}

/** @throws CliError `fingerNotFound`, `faceNotFound` */
function biometricsOf(user: User, kind: Kind, which: string | undefined): readonly Credential[] {
  const { type, missing } = kinds[kind]
  const found = user.credentials.filter(
    (one) => one.type === type && (which === undefined || sameName(one.name, which)),
  )
  if (found.length > 0) return found
  const called = which === undefined ? '' : ` called "${which}"`
  const nextStep = 'See what everybody has: mortise people'
  throw new CliError(missing, `${user.name} has no ${kind}${called}`, nextStep)
}
