import { changePolicy, draftVisitorCode } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { requireNewName } from '#cli/policy.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'
import { validityJson, validityText } from '#cli/texts/people.ts'
import { validityOf, validityOptions } from '#cli/validity.ts'

/** Gives a visitor a code for the keypad. */
export const codeAdd: Command = {
  words: ['code', 'add'],
  summary: 'give a visitor a code for the keypad',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    ...validityOptions,
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
    const draft = draftVisitorCode(door.contact.device, person, { pin })
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
