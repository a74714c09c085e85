import type { Explanation } from '@mortise/access'
import { channelOf } from '@mortise/access'
import { adviceFor, explainAccess } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, User, Verb } from '@mortise/protocol/words'
import { verbs } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Json, Line, Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { boundTo, findPerson, policyWithState } from '#cli/policy.ts'
import { wayText } from '#cli/texts/people.ts'
import { formatInstant, isoInstant, parseInstant } from '#cli/texts/times.ts'

/** Says why somebody may, or may not, by the function that the lock decides with. */
export const explain: Command = {
  words: ['explain'],
  summary: 'why somebody can open, or cannot, now or at a time that you name',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    at: { type: 'text', value: 'TIME', help: 'when, at the door: 2026-10-25T14:00 (now)' },
    verb: { type: 'text', value: 'VERB', help: `${verbs.join(', ')} (unlock)` },
  },
  details: ['How often somebody has opened is known to the lock alone and not counted here.'],
  run: async (context): Promise<Result> => {
    const { given } = context
    const verb = readVerb(given.text('verb') ?? 'unlock')
    const door = await chosenDoor(context)
    const { timeZone } = door
    const at = given.text('at')
    const atMs = at === undefined ? undefined : parseInstant(at, timeZone)
    const { reading, state } = await policyWithState(door)
    const user = findPerson(reading, given.operands[0] ?? '')
    const ways = [...user.credentials, ...boundTo(reading, user)].map((credential) => {
      const request = {
        credentialId: credential.id,
        action: verb,
        channel: channelOf(credential.type, user.role),
      }
      return { credential, explanation: explainAccess(reading, state, request, atMs) }
    })
    const whenMs = atMs ?? state.timeMs
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        timeZone,
        person: { id: toHex(user.id), name: user.name, role: user.role },
        verb,
        at: isoInstant(whenMs),
        ways: ways.map(wayJson),
      },
      lines: [
        line(
          `${user.name}, to ${verb} ${door.name} at ${formatInstant(whenMs, timeZone)}`,
          'strong',
        ),
        ...(ways.length === 0
          ? [line('  no way in: there is no code, phone or other credential')]
          : []),
        ...ways.map((way) => wayLine(user, way, timeZone)),
      ],
    }
  },
}

interface Way {
  readonly credential: Credential
  readonly explanation: Explanation
}

/** @throws CliError `usage` */
function readVerb(wanted: string): Verb {
  const verb = verbs.find((one) => one === wanted)
  if (verb !== undefined) return verb
  throw new CliError('usage', `"${wanted}" is no verb`, `Use one of: ${verbs.join(', ')}.`)
}

function wayLine(user: User, { credential, explanation }: Way, timeZone: string): Line {
  const { decision, objections, changesAtMs } = explanation
  const change = changesAtMs === undefined ? undefined : formatInstant(changesAtMs, timeZone)
  const way = `  ${wayText(user, credential)}: `
  if (decision.verdict === 'allowed') {
    return line(`${way}yes${change === undefined ? '' : `, until ${change}`}`, 'good')
  }
  const because = objections.map((reason) => adviceFor(reason).because).join('; ')
  const otherwise = change === undefined ? '' : `; from ${change}`
  const verdict = decision.verdict === 'partial' ? 'in part' : 'no'
  return line(
    `${way}${verdict}: ${because}${otherwise}`,
    decision.verdict === 'partial' ? 'warn' : 'bad',
  )
}

function wayJson({ credential, explanation }: Way): Json {
  const { decision, objections, changesAtMs } = explanation
  return present({
    credentialId: toHex(credential.id),
    type: credential.type,
    verdict: decision.verdict,
    reason: decision.reason,
    objections,
    changesAt: changesAtMs === undefined ? undefined : isoInstant(changesAtMs),
  })
}
