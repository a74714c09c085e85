import type { Device, InvitationAccepted } from '@mortise/keyholder'
import {
  acceptInvitation,
  ask,
  KeyholderError,
  newDeviceKeyCredential,
  openContact,
  readInvitation,
  safetyCode,
  ticketHubOver,
} from '@mortise/keyholder'
import { createRestClient } from '@mortise/protocol/rest'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { CliError } from '#cli/errors.ts'
import { connect } from '#cli/hub/connect.ts'
import { hubOfLink, invitationTextIn } from '#cli/hub/invitation-link.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { saveHub } from '#cli/storage/settings.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'
import { validityJson, validityText } from '#cli/texts/people.ts'

/** Comes in by the link of somebody who knows the door, with this device's key. */
export const accept: Command = {
  words: ['accept'],
  summary: 'come in by an invitation, with this device',
  operands: [],
  options: {
    file: { type: 'text', value: 'FILE', help: 'read the link from a file' },
  },
  details: [
    'Reads the link from standard input, or asks for it: it is a secret until it is used. Its address',
    'leads to the hub; --hub is only wanted for the text alone (mortise-invitation1. ...).',
  ],
  run: async (context): Promise<Result> => {
    const { environment, given, places } = context
    const source = { prompt: 'Link of the invitation (not shown): ', file: given.text('file') }
    const link = await readSecret(environment, source)
    const text = invitationTextIn(link)
    const { lockId } = readInvitation(environment, text)
    const hub = await hubFor(context, link)
    const client = createRestClient(environment.fetch, hub)
    const device = await context.deviceAt(ticketHubOver(client, environment, text))
    await requireStranger(device, lockId)
    const accepted = await acceptWithKey(context, device, text)
    await saveHub(places, hub)
    return tell(context, hub, { ...accepted, hubKnows: await waitForHub(context, hub) })
  },
}

const lookEveryMs = 500
const looksMax = 20

/**
 * Signs in, as the next command does anyway: the hub lets a device in once the lock has told it of the
 * new key, which takes it a moment. Says whether it did.
 */
async function waitForHub(context: Context, hub: string): Promise<boolean> {
  const { environment, places } = context
  const { crypto, fetch } = environment
  const options = { crypto, fetch, places, hub, deviceKey: await context.deviceKey() }
  for (let looks = 0; looks < looksMax; looks += 1) {
    try {
      await connect(options)
      return true
    } catch (error) {
      // Whatever else is the matter with the hub, the next command says it.
      if (!(error instanceof CliError) || error.code !== 'deviceUnknown') return false
      await environment.wait(lookEveryMs)
    }
  }
  return false
}

/** A hub that was named counts more than the address in the link, and that more than the last one. */
async function hubFor(context: Context, link: string): Promise<string> {
  const { environment, given } = context
  const named = given.text('hub') ?? environment.variables['MORTISE_HUB']
  if (named !== undefined) return context.hubAddress()
  const found = await hubOfLink(environment.fetch, link, given.flag('plain-http'))
  return found ?? context.hubAddress()
}

async function acceptWithKey(
  context: Context,
  device: Device,
  text: string,
): Promise<InvitationAccepted> {
  const { publicKey, name } = await context.deviceKey()
  return acceptInvitation(device, text, newDeviceKeyCredential(device, { publicKey, name }))
}

/**
 * One device key proves one person at one door. Asked before the ticket is used, so that the link
 * stays good for the device that it is meant for.
 * @throws CliError `deviceKnown`
 */
async function requireStranger(device: Device, lockId: Uint8Array): Promise<void> {
  const before = await device.memory.read(lockId)
  if (before?.credential === undefined) return
  const contact = await openContact(device, lockId)
  const stands = await ask(contact).then(
    ({ noChallengeReason }) => noChallengeReason === undefined,
    (error: unknown) => {
      // The link has done its work here, some time ago.
      if (error instanceof KeyholderError && error.code === 'invitationUsed') return true
      throw error
    },
  )
  if (!stands) return
  const { access } = contact.known
  const who = access === undefined ? '' : ` as ${access.userName}`
  const where = access === undefined ? 'this door' : access.doorName
  const nextStep =
    'See it: mortise status. For another person, use a folder of its own: --home DIR.'
  throw new CliError('deviceKnown', `This device opens ${where} already${who}`, nextStep)
}

interface Accepted extends InvitationAccepted {
  readonly hubKnows: boolean
}

async function tell(context: Context, hub: string, accepted: Accepted): Promise<Result> {
  const { contact, receipt, hubKnows } = accepted
  const { access } = contact.known
  const { name: deviceName } = await context.deviceKey()
  const code = safetyCode(context.environment.crypto, contact.known)
  const door = access?.doorName ?? toHex(contact.lockId).slice(0, 8)
  const zone = access?.timeZone ?? context.environment.timeZone
  const terms =
    access === undefined
      ? []
      : [line(`${access.userName}, ${access.role}, ${validityText(access.validity, zone)}`)]
  return {
    data: present({
      lockId: toHex(contact.lockId),
      door: access?.doorName,
      hub,
      person:
        access === undefined
          ? undefined
          : { id: toHex(access.userId), name: access.userName, role: access.role },
      verbs: access?.verbs,
      validity: validityJson(access?.validity),
      deviceName,
      confirmedBy: receipt === undefined ? 'state' : 'receipt',
      safetyCode: code,
    }),
    lines: [
      line(`${door} knows "${deviceName}" now.`, 'good'),
      ...terms,
      line(`Safety code, to compare on other devices: ${code}`),
      ...(hubKnows ? [] : [line('The hub lets this device in once it has heard of it.', 'warn')]),
      line('Next: mortise status, mortise unlock', 'quiet'),
    ],
  }
}
