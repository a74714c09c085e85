import { changePolicy, draftCode, draftVisitorCode } from '@mortise/keyholder'
import type { CodeDraft } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import type { Door } from '#cli/door.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { findPerson, policyInForce, requireNewName } from '#cli/policy.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'
import { givesTerms, termsOf, termsOptions } from '#cli/terms.ts'
import { termsJson, termsText } from '#cli/texts/people.ts'

/** Gives a visitor, or somebody in the list, a code for the keypad. */
export const codeAdd: Command = {
  words: ['code', 'add'],
  summary: 'give somebody a code for the keypad',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    ...termsOptions,
    existing: { type: 'flag', help: 'a further code of somebody who is in the list' },
    duress: { type: 'flag', help: 'opens as if nothing were wrong, and tells the owners silently' },
    'own-code': { type: 'flag', help: 'read the digits from standard input, or ask for them' },
  },
  details: [
    'Without --until and --for the code never ends. It is shown once and kept nowhere.',
    'Hours and dates are those of the door. With --existing the person keeps their terms.',
  ],
  run: async (context): Promise<Result> => {
    const [name = ''] = context.given.operands
    const isOwn = context.given.flag('own-code')
    const door = await chosenDoor(context)
    const draft = await draftFor(context, door, name)
    const { version } = await changePolicy(door.contact, draft)
    const user = findPerson(await policyInForce(door), toHex(draft.userId))
    const { lockId, name: doorName, timeZone } = door
    return {
      data: present({
        lockId,
        door: doorName,
        person: { id: toHex(user.id), name: user.name },
        credentialId: toHex(draft.credentialId),
        // What somebody typed in is not repeated.
        code: isOwn ? undefined : draft.pin,
        ...termsJson(user),
        timeZone,
        policyVersion: version,
      }),
      lines: [
        ...(isOwn ? [] : [line(`Code for ${user.name}: ${draft.pin}`, 'strong')]),
        line(`In force at ${doorName}: ${termsText(user, timeZone)}`, 'good'),
      ],
    }
  },
}

async function draftFor(context: Context, door: Door, name: string): Promise<CodeDraft> {
  const { environment, given } = context
  const { device } = door.contact
  const isExisting = given.flag('existing')
  if (isExisting && givesTerms(context)) {
    const nextStep = 'Leave out the times: the person keeps theirs.'
    throw new CliError('usage', '--existing changes nothing of the person', nextStep)
  }
  const terms = termsOf(context, door)
  const reading = await policyInForce(door)
  const user = isExisting ? findPerson(reading, name) : undefined
  if (user === undefined) requireNewName(reading, name)
  const source = { prompt: 'Digits of the code (not shown): ', file: undefined }
  const pin = given.flag('own-code') ? await readSecret(environment, source) : undefined
  const options = { pin, duress: given.flag('duress') }
  return user === undefined
    ? draftVisitorCode(device, { name, ...terms }, options)
    : draftCode(device, user.id, options)
}
