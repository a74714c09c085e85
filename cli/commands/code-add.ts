import { changePolicy, draftVisitorCode } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Validity } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import type { Door } from '#cli/door.ts'
import { chosenDoor, sameName } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'
import { validityJson, validityText } from '#cli/texts/people.ts'
import { parseDurationMs, parseInstant } from '#cli/texts/times.ts'

/** Gives a visitor a code for the keypad. */
export const codeAdd: Command = {
  words: ['code', 'add'],
  summary: 'give a visitor a code for the keypad',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    from: { type: 'text', value: 'TIME', help: 'from when, at the door: 2026-10-25T14:00 (now)' },
    until: { type: 'text', value: 'TIME', help: 'until when, at the door' },
    for: { type: 'text', value: 'LENGTH', help: 'for how long: 90m, 2h, 3d, 1w' },
    'own-code': { type: 'flag', help: 'read the digits from standard input, or ask for them' },
  },
  details: ['Without --until and --for the code never ends. It is shown once and kept nowhere.'],
  run: async (context): Promise<Result> => {
    const { environment, given } = context
    const [name = ''] = given.operands
    const door = await chosenDoor(context)
    await requireNewName(door, name)
    const validity = validityOf(context, door)
    const own = given.flag('own-code')
    const source = { prompt: 'Digits of the code (not shown): ', file: undefined }
    const pin = own ? await readSecret(environment, source) : undefined
    const person = validity === undefined ? { name } : { name, validity }
    const draft = draftVisitorCode(door.contact.device, person, pin)
    const { version } = await changePolicy(door.contact, draft)
    const { lockId, name: doorName, timeZone } = door
    return {
      data: present({
        lockId,
        door: doorName,
        person: { id: toHex(draft.userId), name },
        credentialId: toHex(draft.credentialId),
        // What somebody typed in is not repeated.
        code: own ? undefined : draft.pin,
        validity: validityJson(validity),
        timeZone,
        policyVersion: version,
      }),
      lines: [
        ...(own ? [] : [line(`Code for ${name}: ${draft.pin}`, 'strong')]),
        line(`In force at ${doorName}: ${validityText(validity, timeZone)}`, 'good'),
      ],
    }
  },
}

function validityOf(
  { given, environment }: Context,
  { timeZone, contact }: Door,
): Validity | undefined {
  const [from, until, length] = [given.text('from'), given.text('until'), given.text('for')]
  if (until !== undefined && length !== undefined) {
    throw new CliError('usage', '--until and --for say the same', 'Use one of them.')
  }
  if (until === undefined && length === undefined) {
    if (from === undefined) return undefined
    throw new CliError('usage', '--from needs an end', 'Add --until or --for.')
  }
  // A code that is meant to work now must not wait for a lock whose clock is a little behind.
  const lockTimeMs = contact.sighting?.state.timeMs ?? Infinity
  const begunMs = Math.min(environment.nowMs(), lockTimeMs)
  const notBeforeMs = from === undefined ? begunMs : parseInstant(from, timeZone)
  const notAfterMs =
    until === undefined
      ? notBeforeMs + parseDurationMs(length ?? '')
      : parseInstant(until, timeZone)
  if (notAfterMs <= notBeforeMs || notAfterMs <= environment.nowMs()) {
    throw new CliError('badTime', 'The code would end before it begins', 'Choose a later end.')
  }
  return { notBeforeMs, notAfterMs }
}

/** Two people of one name could not be told apart when one of them is to be removed. */
async function requireNewName(door: Door, name: string): Promise<void> {
  const { policy } = await policyInForce(door)
  if (!policy.users.some((user) => sameName(user.name, name))) return
  const nextStep = 'Use another name, or remove that person first.'
  throw new CliError('personNotNamed', `There is somebody called "${name}"`, nextStep)
}
