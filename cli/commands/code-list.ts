import { isDuress } from '@mortise/access'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, User } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor, shortId } from '#cli/door.ts'
import type { Json, Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'
import { termsJson, termsText } from '#cli/texts/people.ts'
import { isoInstant } from '#cli/texts/times.ts'

interface Code {
  readonly user: User
  readonly credential: Credential
}

/** Every code of the list in force: whose it is and when it works, never its digits. */
export const codeList: Command = {
  words: ['code', 'list'],
  summary: 'whose codes are in force, and when',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    const { timeZone } = policy
    const codes = policy.users.flatMap((user) =>
      user.credentials
        .filter(({ type }) => type === 'pin')
        .map((credential) => ({ user, credential })),
    )
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        policyVersion: policy.version,
        codes: codes.map(codeJson),
      },
      lines:
        codes.length === 0
          ? [line('There are no codes.')]
          : codes.map(({ user, credential }) => {
              const when = termsText(user, timeZone)
              const duress = isDuress(credential) ? '  for duress' : ''
              return line(`${shortId(credential.id)}  ${user.name}  ${when}${duress}`)
            }),
    }
  },
}

function codeJson({ user, credential }: Code): Json {
  return present({
    credentialId: toHex(credential.id),
    person: { id: toHex(user.id), name: user.name, role: user.role },
    createdAt: isoInstant(credential.createdAtMs),
    ...termsJson(user),
    duress: isDuress(credential) ? true : undefined,
  })
}
