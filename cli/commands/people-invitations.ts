import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor, shortId } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { openInvitations, policyInForce } from '#cli/policy.ts'
import { formatInstant, isoInstant } from '#cli/texts/times.ts'

/** Links that nobody has used yet; never their secret, which nobody keeps. */
export const peopleInvitations: Command = {
  words: ['people', 'invitations'],
  summary: 'who was invited and has not come in yet',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const { policy } = reading
    const nowMs = context.environment.nowMs()
    const open = openInvitations(reading).flatMap(({ id, userId, notAfterMs }) => {
      const user = policy.users.find((each) => bytesEqual(each.id, userId))
      return user === undefined ? [] : [{ id, user, notAfterMs, over: nowMs >= notAfterMs }]
    })
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        policyVersion: policy.version,
        invitations: open.map(({ id, user, notAfterMs, over }) => ({
          id: toHex(id),
          person: { id: toHex(user.id), name: user.name, role: user.role },
          linkUntil: isoInstant(notAfterMs),
          over,
        })),
      },
      lines:
        open.length === 0
          ? [line('There are no open invitations.')]
          : open.map(({ user, notAfterMs, over }) => {
              const when = formatInstant(notAfterMs, policy.timeZone)
              const words = over ? `link ended ${when}` : `link works until ${when}`
              return line(`${shortId(user.id)}  ${user.name}  ${user.role}, ${words}`)
            }),
    }
  },
}
