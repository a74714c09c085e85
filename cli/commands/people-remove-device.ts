import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Credential, User } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Door } from '#cli/door.ts'
import { chosenDoor, sameName, shortId } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { boundTo, findPerson, policyInForce } from '#cli/policy.ts'
import { removalOf, takeAway } from '#cli/removal.ts'
import { credentialJson, wayText, waysText } from '#cli/texts/people.ts'

type Device = Extract<Credential, { readonly type: 'passkey' | 'deviceKey' }>

/** Takes one device of somebody out, as when a phone is lost; everything else of theirs stays. */
export const peopleRemoveDevice: Command = {
  words: ['people', 'remove-device'],
  summary: "take one of somebody's devices out, as when a phone is lost",
  operands: [{ name: 'NAME' }, { name: 'DEVICE' }],
  options: {
    ...lockOption,
    preview: { type: 'flag', help: 'say what would go and what would stay, and sign nothing' },
    'this-device': { type: 'flag', help: 'also when it is the device that you are using' },
  },
  details: [
    'DEVICE is what "mortise people" calls it, or the beginning of its id. It opens nothing more from the',
    'moment on at which the lock has said so; codes, fingers and other devices stay as they are.',
    'A guest who has no other way in leaves the list altogether.',
  ],
  run: async (context): Promise<Result> => {
    const [name = '', wanted = ''] = context.given.operands
    const door = await chosenDoor(context)
    const reading = await policyInForce(door)
    const user = findPerson(reading, name)
    const ways = [...user.credentials, ...boundTo(reading, user)]
    const device = findDevice(user, ways.filter(isDevice), wanted)
    const left = ways.filter((way) => way !== device)
    const { leaves } = removalOf(reading, user, [device])
    if (context.given.flag('preview')) return previewOf(door, user, device, { left, leaves })
    if (!context.given.flag('this-device')) requireOther(door, device)
    const words = `Opens nothing any more at ${door.name}: ${user.name}, ${wayText(user, device)}`
    const { data, lines } = await takeAway(door, reading, { user, credentials: [device], words })
    return { data, lines: [...lines, ...(leaves ? [] : [line(leftText(user, left), 'quiet')])] }
  },
}

function previewOf(
  door: Door,
  user: User,
  device: Device,
  { left, leaves }: { readonly left: readonly Credential[]; readonly leaves: boolean },
): Result {
  const after = leaves
    ? `${user.name} has no other way in and would leave the list.`
    : leftText(user, left)
  return {
    data: {
      lockId: door.lockId,
      door: door.name,
      person: { id: toHex(user.id), name: user.name },
      credentialIds: [toHex(device.id)],
      waysLeft: left.map(credentialJson),
      personRemoved: leaves,
      isThisDevice: isOwn(door, device),
      signed: false,
    },
    lines: [
      line(`Would open nothing any more at ${door.name}: ${user.name}, ${wayText(user, device)}`),
      line(after),
      ...(isOwn(door, device) ? [line('It is the device that you are using.', 'strong')] : []),
      line('Nothing is signed yet: the same without --preview does it.', 'quiet'),
    ],
  }
}

function leftText(user: User, left: readonly Credential[]): string {
  if (left.length === 0) return `${user.name} has no way in left, and stays in the list.`
  return `${user.name} keeps ${waysText(user, left)}.`
}

function isDevice(credential: Credential): credential is Device {
  return credential.type === 'passkey' || credential.type === 'deviceKey'
}

function isOwn({ contact }: Door, device: Device): boolean {
  const own = contact.known.credential
  return own !== undefined && bytesEqual(own.id, device.id)
}

/** @throws CliError `usage` */
function requireOther(door: Door, device: Device): void {
  if (!isOwn(door, device)) return
  const nextStep = 'Add --this-device if this one is to open nothing more at this door.'
  throw new CliError('usage', `"${device.name}" is the device that you are using`, nextStep)
}

const idPrefixMin = 4

/** @throws CliError `deviceNotFound`, `deviceNotNamed` */
function findDevice({ name }: User, devices: readonly Device[], wanted: string): Device {
  const named = devices.filter((device) => sameName(device.name, wanted))
  const found = named.length > 0 ? named : byId(devices, wanted)
  const [only] = found
  if (only === undefined) {
    const nextStep = 'See what everybody has: mortise people'
    throw new CliError('deviceNotFound', `${name} has no device called "${wanted}"`, nextStep)
  }
  if (found.length === 1) return only
  const since = found.map((device) => {
    const day = new Date(device.createdAtMs).toISOString().slice(0, 10)
    return `${shortId(device.id)} (since ${day})`
  })
  const nextStep = `Use the beginning of the id: ${since.join(', ')}.`
  throw new CliError('deviceNotNamed', `"${wanted}" names ${found.length} devices`, nextStep)
}

function byId(devices: readonly Device[], wanted: string): readonly Device[] {
  if (wanted.length < idPrefixMin) return []
  return devices.filter(({ id }) => toHex(id).startsWith(wanted.toLowerCase()))
}
