import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor, shortId } from '#cli/door.ts'
import type { Line, Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { boundTo, policyInForce } from '#cli/policy.ts'
import { termsText, userJson, waysText } from '#cli/texts/people.ts'

/** Everybody in the list that the lock says is in force. */
export const peopleList: Command = {
  words: ['people', 'list'],
  summary: 'who may do what, as the lock has it',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const { policy } = reading
    const lines = policy.users.flatMap((user): readonly Line[] => {
      const disabled = user.userStatus === 'occupiedEnabled' ? '' : ', switched off'
      const when = termsText(user, policy.timeZone)
      const ways = waysText(user, [...user.credentials, ...boundTo(reading, user)])
      return [
        line(`${shortId(user.id)}  ${user.name}  ${user.role}${disabled}`, 'strong'),
        line(`          ${when}; ${user.verbs.join(', ') || 'nothing'}; ${ways || 'no way in'}`),
      ]
    })
    return {
      data: {
        lockId: door.lockId,
        door: policy.doorName,
        timeZone: policy.timeZone,
        policyVersion: policy.version,
        people: policy.users.map((user) => userJson(user, boundTo(reading, user))),
      },
      lines: [...lines, line(`Version ${policy.version}, in force at ${policy.doorName}`, 'quiet')],
    }
  },
}

/** `people` alone lists, too. */
export const people: Command = { ...peopleList, words: ['people'] }
