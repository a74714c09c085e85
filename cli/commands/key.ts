import { encodeKeyText, toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { CliError } from '#cli/errors.ts'
import { line } from '#cli/output/result.ts'
import { deviceKeyPath, loadDeviceKey, obtainDeviceKey } from '#cli/storage/device-key.ts'

/** Shows the public half of this device's key, so that an owner can add it. */
export const key: Command = {
  words: ['key'],
  summary: "show this device's public key, for an owner to add",
  operands: [],
  options: {
    name: { type: 'text', value: 'NAME', help: 'what this device is called; only when it is new' },
  },
  details: [
    'An owner adds it: mortise people add-key NAME TEXT, or in the app. Nothing of it is secret.',
  ],
  run: async ({ environment, places, given }) => {
    const { crypto, hostName } = environment
    const name = given.text('name')
    const known = await loadDeviceKey(crypto, places)
    if (known !== undefined && name !== undefined && name !== known.name) {
      const nextStep = 'Its name stands in the locks already; leave --name out.'
      throw new CliError('usage', `This device is called "${known.name}"`, nextStep)
    }
    const { publicKey, name: own } = await obtainDeviceKey(crypto, places, name ?? hostName)
    const text = encodeKeyText((...parts) => crypto.sha256(...parts), { publicKey, name: own })
    const path = deviceKeyPath(places)
    return {
      data: { name: own, publicKey: toHex(publicKey), text, path },
      lines: [line(text), line(`This device is "${own}"; its key is in ${path}`, 'quiet')],
    }
  },
}
