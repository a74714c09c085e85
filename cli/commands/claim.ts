import {
  claim as claimLock,
  newDeviceKeyCredential,
  readClaimText,
  safetyCode,
} from '@mortise/keyholder'
import { withKeyholderErrors } from '@mortise/keyholder'
import type { RelyingParty } from '@mortise/protocol/words'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { readSecret } from '#cli/terminal/secret-input.ts'

/** Takes a lock that has no owner, with this device's key. */
export const claim: Command = {
  words: ['claim'],
  summary: 'take a lock that has no owner yet',
  operands: [],
  options: {
    door: { type: 'text', value: 'NAME', help: 'what you call the door (Front door)' },
    name: { type: 'text', value: 'NAME', help: 'your name (the name of your account)' },
    'time-zone': {
      type: 'text',
      value: 'ZONE',
      help: "the door's time zone (that of this machine)",
    },
    'app-origin': { type: 'text', value: 'URL', help: 'where the app is, when not at the hub' },
    file: { type: 'text', value: 'FILE', help: 'read the setup text from a file' },
  },
  details: [
    "Press the button on the lock's inside. Then give the text that it shows (beginning with",
    'mortise1.) on standard input, or type it when asked. It is good once, for ten minutes.',
  ],
  run: async (context): Promise<Result> => {
    const { environment, given } = context
    const timeZone = checkedTimeZone(given.text('time-zone') ?? environment.timeZone)
    const source = { prompt: "Text on the lock's inside (not shown): ", file: given.text('file') }
    const text = await readSecret(environment, source)
    const { lockId } = readClaimText(environment, text)
    const device = await context.device()
    const { account } = await context.connect()
    const { publicKey, name: deviceName } = await context.deviceKey()
    const doorName = given.text('door') ?? 'Front door'
    const { contact, policy, receipt } = await claimLock(device, text, {
      doorName,
      timeZone,
      ownerName: given.text('name') ?? account.name,
      credentials: [newDeviceKeyCredential(device, { name: deviceName, publicKey })],
      relyingParties: await relyingParties(context),
    })
    const code = safetyCode(environment.crypto, contact.known)
    return {
      data: {
        lockId: toHex(lockId),
        name: doorName,
        timeZone,
        policyVersion: policy.version,
        confirmedBy: receipt === undefined ? 'state' : 'receipt',
        safetyCode: code,
      },
      lines: [
        line(`${doorName} is yours.`, 'good'),
        line(`Safety code, to compare on other devices: ${code}`),
        line('Next: mortise unlock, mortise code add NAME', 'quiet'),
      ],
    }
  },
}

function checkedTimeZone(timeZone: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(timeZone).timeZoneId
  } catch (cause) {
    const nextStep = 'Use an IANA name such as Europe/Berlin.'
    throw new CliError('usage', `"${timeZone}" is no time zone`, nextStep, cause)
  }
}

/**
 * Where passkeys of this lock may be used: at the hub, and where the app is. They are written down
 * from the start, because adding one later takes somebody inside the house.
 */
async function relyingParties(context: Context): Promise<readonly RelyingParty[]> {
  const { client, hub } = await context.connect()
  const { relyingPartyId: id } = await withKeyholderErrors(() => client.beginSignIn())
  const appOrigin = context.given.text('app-origin')
  const wanted = [hub, ...(appOrigin === undefined ? [] : [originOf(appOrigin)])]
  // The hub may only name a domain that the person chose by using its address.
  const origins = [...new Set(wanted)].filter((origin) => belongsTo(origin, id))
  return origins.length === 0 ? [] : [{ id, origins }]
}

function originOf(address: string): string {
  const origin = URL.parse(address)?.origin
  if (origin !== undefined && origin !== 'null') return origin
  const nextStep = 'Write it as https://app.example'
  throw new CliError('usage', `"${address}" is no origin of an app`, nextStep)
}

/** Web Authentication Level 3 section 5.1.4.1: the host is the relying party id, or below it. */
function belongsTo(origin: string, relyingPartyId: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === relyingPartyId || hostname.endsWith(`.${relyingPartyId}`)
}
