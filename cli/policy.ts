import type { PolicyReading } from '@mortise/keyholder'
import { ask, KeyholderError, readPolicy } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, Invitation, State, User } from '@mortise/protocol/words'
import type { Door } from './door.ts'
import { sameName } from './door.ts'
import { CliError } from './errors.ts'

/**
 * The policy that the lock says is in force.
 * @throws KeyholderError `policyOutdated`, and as `ask` and `readPolicy`
 */
export async function policyInForce(door: Door): Promise<PolicyReading> {
  const { reading } = await policyWithState(door)
  return reading
}

/**
 * The same, with the state in which the lock is now.
 * @throws as `policyInForce`
 */
export async function policyWithState(
  door: Door,
): Promise<{ readonly reading: PolicyReading; readonly state: State }> {
  const { state } = await ask(door.contact)
  const reading = await readPolicy(door.contact, state)
  if (reading.standing === 'inForce') return { reading, state }
  throw new KeyholderError('policyOutdated')
}

/** Credentials that the lock attached to a user itself. */
export function boundTo(reading: PolicyReading, user: User): readonly Credential[] {
  const id = toHex(user.id)
  return reading.bindings
    .filter(({ userId }) => toHex(userId) === id)
    .map(({ credential }) => credential)
}

/** Invitations that nobody has accepted, whether their time is over or not. */
export function openInvitations({ policy, bindings }: PolicyReading): readonly Invitation[] {
  const used = new Set(bindings.map(({ invitationId }) => toHex(invitationId)))
  return policy.invitations.filter(({ id }) => !used.has(toHex(id)))
}

const idPrefixMin = 4

/**
 * The assistant of that name.
 * @throws CliError `usage`, and as `findPerson`
 */
export function findAssistant(reading: PolicyReading, wanted: string): User {
  const user = findPerson(reading, wanted)
  if (user.role === 'agent') return user
  const nextStep = 'An assistant has the role agent: mortise people add-key NAME KEY --role agent'
  throw new CliError('usage', `${user.name} is no assistant`, nextStep)
}

/**
 * The person of that name, or with an id that begins so.
 * @throws CliError `personNotFound`, `personNotNamed`
 */
export function findPerson({ policy }: PolicyReading, wanted: string): User {
  const named = policy.users.filter(({ name }) => sameName(name, wanted))
  const found = named.length > 0 ? named : byId(policy.users, wanted)
  const [only] = found
  if (only === undefined) {
    const nextStep = 'See the names and ids: mortise people'
    throw new CliError('personNotFound', `There is nobody called "${wanted}"`, nextStep)
  }
  if (found.length === 1) return only
  const nextStep = 'Use the beginning of the id: mortise people shows it.'
  throw new CliError('personNotNamed', `"${wanted}" names ${found.length} people`, nextStep)
}

function byId(users: readonly User[], wanted: string): readonly User[] {
  if (wanted.length < idPrefixMin) return []
  return users.filter(({ id }) => toHex(id).startsWith(wanted.toLowerCase()))
}

/**
 * Two people of one name could not be told apart when one of them is to be removed.
 * @throws CliError `nameTaken`
 */
export function requireNewName({ policy }: PolicyReading, name: string): void {
  if (!policy.users.some((user) => sameName(user.name, name))) return
  const nextStep = 'Add it to that person with --existing, or use another name.'
  throw new CliError('nameTaken', `There is somebody called "${name}"`, nextStep)
}
