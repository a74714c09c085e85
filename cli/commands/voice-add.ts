import { changePolicy, draftVoicePin } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { findAssistant, policyInForce } from '#cli/policy.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'

/** Lets an assistant open, for whoever tells it its PIN. */
export const voiceAdd: Command = {
  words: ['voice', 'add'],
  summary: 'let an assistant unlock for whoever tells it a voice PIN',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    duress: { type: 'flag', help: 'opens as if nothing were wrong, and tells the owners silently' },
    'own-code': { type: 'flag', help: 'read the digits from standard input, or ask for them' },
  },
  details: [
    'The assistant is in the list already: mortise people add-key NAME KEY --role agent.',
    'Its PIN opens nothing at the keypad, and no code of the keypad opens by voice. The lock needs the',
    'button on its inside, pressed within ten minutes.',
  ],
  run: async (context): Promise<Result> => {
    const { environment, given } = context
    const isOwn = given.flag('own-code')
    const door = await chosenDoor(context)
    const { contact, lockId, name: doorName } = door
    const assistant = findAssistant(await policyInForce(door), given.operands[0] ?? '')
    const source = { prompt: 'Digits of the voice PIN (not shown): ', file: undefined }
    const pin = isOwn ? await readSecret(environment, source) : undefined
    const options = { pin, duress: given.flag('duress') }
    const draft = draftVoicePin(contact.device, assistant.id, options)
    const { version } = await changePolicy(contact, draft)
    const { name } = assistant
    return {
      data: present({
        lockId,
        door: doorName,
        person: { id: toHex(assistant.id), name },
        credentialId: toHex(draft.credentialId),
        // What somebody typed in is not repeated.
        code: isOwn ? undefined : draft.pin,
        policyVersion: version,
      }),
      lines: [
        ...(isOwn ? [] : [line(`Voice PIN for ${name}: ${draft.pin}`, 'strong')]),
        line(`${name} unlocks ${doorName} for whoever tells it the PIN.`, 'good'),
      ],
    }
  },
}
