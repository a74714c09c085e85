import { fromBase64Url } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { CliError } from '#cli/errors.ts'
import { setUpAccount } from '#cli/hub/connect.ts'
import { line } from '#cli/output/result.ts'
import { saveHub } from '#cli/storage/settings.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'

/** Makes the first account of a hub with this device's key. */
export const setup: Command = {
  words: ['setup'],
  summary: 'make the first account of a new hub with this device',
  operands: [],
  options: {
    name: { type: 'text', value: 'NAME', help: 'your name (the name of your user here)' },
    file: { type: 'text', value: 'FILE', help: 'read the setup link from a file' },
  },
  details: ['Reads the setup link that the hub printed from standard input, or asks for it.'],
  run: async (context) => {
    const { environment, given, places } = context
    const { crypto, fetch, userName } = environment
    const hub = await context.hubAddress()
    const source = { prompt: 'Setup link (not shown): ', file: given.text('file') }
    const setupToken = tokenOf(await readSecret(environment, source))
    const deviceKey = await context.deviceKey()
    const options = { crypto, fetch, places, hub, deviceKey }
    const { account } = await setUpAccount(options, setupToken, given.text('name') ?? userName)
    await saveHub(places, hub)
    return {
      data: { hub, account: { id: account.id, name: account.name } },
      lines: [
        line(`The hub at ${hub} knows this device as ${account.name}.`, 'good'),
        line('Next: mortise claim', 'quiet'),
      ],
    }
  },
}

/** The token, alone or in the fragment of the link. */
function tokenOf(text: string): Uint8Array {
  const token = fromBase64Url(text.slice(text.lastIndexOf('#') + 1).trim())
  if (token?.length === 32) return token
  const nextStep = 'Copy the whole link that the hub printed.'
  throw new CliError('setupTextWrong', 'This is not a setup link', nextStep)
}
