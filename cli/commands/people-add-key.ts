import type { Device, PolicyChange, PolicyReading } from '@mortise/keyholder'
import {
  addCredential,
  changePolicy,
  draftPerson,
  newDeviceKeyCredential,
} from '@mortise/keyholder'
import { decodeKeyText, toHex, WireError } from '@mortise/protocol/wire'
import type { KeyText } from '@mortise/protocol/wire'
import type { Role } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { findPerson, policyInForce, requireNewName } from '#cli/policy.ts'
import { readRole, roleOption } from '#cli/roles.ts'

/** Lets another device in by its public key. */
export const peopleAddKey: Command = {
  words: ['people', 'add-key'],
  summary: "let somebody's device in by its public key",
  operands: [{ name: 'NAME' }, { name: 'KEY' }],
  options: {
    ...lockOption,
    ...roleOption,
    existing: { type: 'flag', help: 'a further device of somebody who is in the list' },
  },
  details: [
    'KEY is the text that "mortise key" shows on the other device (mortise-key1. ...); it is not',
    "secret. A key for an owner needs the button on the lock's inside, pressed within ten minutes.",
  ],
  run: async (context): Promise<Result> => {
    const [name = '', text = ''] = context.given.operands
    const keyText = readKeyText(context, text)
    const role = readRole(context)
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const { device } = door.contact
    const { change, userId, credentialId } = context.given.flag('existing')
      ? forKnown(device, reading, name, keyText)
      : forNew(device, reading, name, keyText, role)
    const { version } = await changePolicy(door.contact, change)
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(userId), name },
        credentialId: toHex(credentialId),
        deviceName: keyText.name,
        policyVersion: version,
      },
      lines: [line(`${name} can use "${keyText.name}" at ${door.name}.`, 'good')],
    }
  },
}

interface KeyChange {
  readonly change: PolicyChange
  readonly userId: Uint8Array
  readonly credentialId: Uint8Array
}

function forKnown(
  device: Device,
  reading: PolicyReading,
  name: string,
  keyText: KeyText,
): KeyChange {
  const user = findPerson(reading, name)
  const credential = newDeviceKeyCredential(device, keyText)
  const change = { edit: addCredential(user.id, credential), pins: [] }
  return { change, userId: user.id, credentialId: credential.id }
}

function forNew(
  device: Device,
  reading: PolicyReading,
  name: string,
  keyText: KeyText,
  role: Role,
): KeyChange {
  requireNewName(reading, name)
  const credential = newDeviceKeyCredential(device, keyText)
  const draft = draftPerson(device, { name, role }, [credential])
  return { change: draft, userId: draft.user.id, credentialId: credential.id }
}

function readKeyText({ environment }: Context, text: string): KeyText {
  try {
    return decodeKeyText((...parts) => environment.crypto.sha256(...parts), text)
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    const nextStep = 'Copy the whole line that "mortise key" shows on the other device.'
    throw new CliError('keyTextWrong', 'This is not the key of a device', nextStep, cause)
  }
}
