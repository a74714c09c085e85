import type { Contact, KnownLock, OwnCredential, PolicyReading } from '@mortise/keyholder'
import {
  adoptCredential,
  findOwnCredential,
  KeyholderError,
  meetLock,
  openContact,
  readPolicy,
  safetyCode,
  withKeyholderErrors,
} from '@mortise/keyholder'
import type { RestClient, RouteAnswer } from '@mortise/protocol/rest'
import { idBytesOf, idTextOf, listAllLocks } from '@mortise/protocol/rest'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Context } from './context.ts'
import { CliError } from './errors.ts'

/** A lock as the hub lists it. Nothing of it is signed but what says so. */
export type ListedLock = RouteAnswer<'getLock'>

/** A lock that a command speaks to. */
export interface Door {
  readonly lockId: string
  /** What people call it. From the signed policy where this device may read it. */
  readonly name: string
  /** Of the door, or of this machine where the policy may not be read. */
  readonly timeZone: string
  readonly contact: Contact
  readonly listed: ListedLock
}

/** Ids are given by their beginning; four digits tell the locks of a house apart. */
const idPrefixMin = 4

/** All locks of this account. */
export async function listLocks(client: RestClient): Promise<readonly ListedLock[]> {
  return withKeyholderErrors(() => listAllLocks(client))
}

/**
 * The door that a command is about: the one that `--lock` names, or the only one.
 * @throws CliError `lockNotFound`, `lockNotNamed`; KeyholderError `lockKeyChanged`, ...
 */
export async function chosenDoor(context: Context): Promise<Door> {
  const wanted = context.given.text('lock')
  const { client } = await context.connect()
  const listed = await listLocks(client)
  if (wanted !== undefined) return namedDoor(context, listed, wanted)
  const known = await context.memory().list()
  return openDoor(context, onlyLock(listed, known))
}

/** Every door of this account. */
export async function allDoors(context: Context): Promise<readonly ListedLock[]> {
  const { client } = await context.connect()
  return listLocks(client)
}

/** A lock that this device knows counts even when the hub hides it, so that no command slips to another. */
function onlyLock(listed: readonly ListedLock[], known: readonly KnownLock[]): ListedLock {
  const ids = new Set([
    ...listed.map(({ lockId }) => lockId),
    ...known.map(({ lockId }) => idTextOf(lockId)),
  ])
  const [only] = listed
  if (only === undefined) {
    const nextStep =
      'Claim one: mortise claim. With an invitation: mortise accept. Or have an owner add this device: mortise key.'
    throw new CliError('lockNotFound', 'The hub shows no lock to this account', nextStep)
  }
  if (ids.size === 1) return only
  const names = listed.map(({ name, lockId }) => `${name ?? 'unnamed'} (${lockId.slice(0, 8)})`)
  const message = `There are ${ids.size} locks; the hub shows: ${names.join(', ')}`
  throw new CliError(
    'lockNotNamed',
    message,
    'Say which one: --lock NAME. Old ones: mortise forget.',
  )
}

async function namedDoor(
  context: Context,
  listed: readonly ListedLock[],
  wanted: string,
): Promise<Door> {
  const found = matching(listed, wanted)
  const [only] = found
  if (only === undefined) {
    const nextStep = 'See the names and ids: mortise status'
    throw new CliError('lockNotFound', `There is no lock "${wanted}"`, nextStep)
  }
  if (found.length > 1) {
    const nextStep = 'Use the beginning of the id: mortise status shows it.'
    throw new CliError('lockNotNamed', `"${wanted}" names ${found.length} locks`, nextStep)
  }
  const door = await openDoor(context, only)
  const byId = only.lockId.startsWith(wanted.toLowerCase())
  // The hub could swap the names of two doors; the lock's signed policy cannot be swapped.
  if (byId || sameName(door.name, wanted)) return door
  throw new KeyholderError('policyForged', { detail: `the hub gave the name of another door` })
}

function matching(listed: readonly ListedLock[], wanted: string): readonly ListedLock[] {
  const named = listed.filter(({ name }) => name !== undefined && sameName(name, wanted))
  if (named.length > 0 || wanted.length < idPrefixMin) return named
  return listed.filter(({ lockId }) => lockId.startsWith(wanted.toLowerCase()))
}

export function sameName(left: string, right: string): boolean {
  return left.normalize('NFC').toLowerCase() === right.normalize('NFC').toLowerCase()
}

/** Opens a contact with a listed lock; meets the lock when this device has never seen it. */
export async function openDoor(context: Context, listed: ListedLock): Promise<Door> {
  const device = await context.device()
  const lockId = idBytesOf(listed.lockId)
  if (lockId === undefined) throw new KeyholderError('wrongLock')
  const before = await device.memory.read(lockId)
  const known = await meetLock(device, listed, { metBy: 'firstUse', lockId })
  const reading = await signedPolicy(context, listed, lockId)
  const name = reading?.policy.doorName ?? listed.name ?? listed.lockId.slice(0, 8)
  if (before === undefined) noteFirstUse(context, known, name)
  const contact = await openContact(device, lockId)
  await adoptOwn(context, contact, listed, reading)
  const timeZone = zoneOf(reading, contact) ?? context.environment.timeZone
  return { lockId: listed.lockId, name, timeZone, contact, listed }
}

/** By the policy, or for guests by what the lock told them before. */
function zoneOf(reading: PolicyReading | undefined, { known }: Contact): string | undefined {
  return reading?.policy.timeZone ?? known.access?.timeZone
}

/** The signed policy, where this person may read it. */
async function signedPolicy(
  context: Context,
  listed: ListedLock,
  lockId: Uint8Array,
): Promise<PolicyReading | undefined> {
  if (listed.you === undefined || listed.you.role === 'guest') return undefined
  const contact = await openContact(await context.device(), lockId)
  return readPolicy(contact)
}

function noteFirstUse(context: Context, known: KnownLock, name: string): void {
  const code = safetyCode(context.environment.crypto, known)
  context.note({
    code: 'firstUse',
    message:
      `This device meets the lock "${name}" for the first time and has its keys from the hub. ` +
      `Compare the safety code with a device that knows it: ${code}`,
  })
}

/** Makes sure that the contact uses this device's credential as the lock has it today. */
async function adoptOwn(
  context: Context,
  contact: Contact,
  listed: ListedLock,
  reading: PolicyReading | undefined,
): Promise<void> {
  const own = await ownCredential(context, listed, reading)
  const known = contact.known.credential
  if (own === undefined || (known !== undefined && bytesEqual(known.id, own.id))) return
  await adoptCredential(contact, own)
}

async function ownCredential(
  context: Context,
  listed: ListedLock,
  reading: PolicyReading | undefined,
): Promise<OwnCredential | undefined> {
  const { publicKey, name } = await context.deviceKey()
  if (reading !== undefined) {
    const isMine = (one: OwnCredential) =>
      one.type === 'deviceKey' && bytesEqual(one.publicKey, publicKey)
    return findOwnCredential(reading, isMine)?.credential
  }
  // A guest may not read the policy and takes the id from the hub; a wrong one is refused by the lock.
  const keys = listed.you?.credentials.filter(({ type }) => type === 'deviceKey') ?? []
  const [only] = keys
  if (only === undefined || keys.length > 1) return undefined
  return { type: 'deviceKey', id: only.credentialId, createdAtMs: 0, name, publicKey }
}

/** The first digits of an id, for people. */
export function shortId(id: Uint8Array): string {
  return toHex(id).slice(0, 8)
}
