import type { Device, KnownLock } from '@mortise/keyholder'
import { KeyholderError, meetLock, safetyCode } from '@mortise/keyholder'
import type { RestClient, RouteAnswer } from '@mortise/protocol/rest'
import { listAllLocks, RestError } from '@mortise/protocol/rest'
import { registrationChallenge, signInChallenge } from '@mortise/protocol/verify'
import { fromBase64Url, toHex } from '@mortise/protocol/wire'
import type { DoorFound } from '#app/state/app/action.ts'
import type { SessionPort } from '#app/state/app/ports.ts'
import { bytesOfId } from '#app/shell/locks/contacts.ts'
import type { OwnPasskeys } from '#app/shell/own-passkeys.ts'
import { askPasskey, browserName, makePasskey } from '#app/shell/passkeys.ts'
import { windowOf } from '#app/state/model/access/visit-window.ts'
import type { Shelf } from '#app/shell/shelf.ts'

export interface SessionParts {
  readonly client: RestClient
  readonly device: Omit<Device, 'prover'>
  readonly passkeys: OwnPasskeys
  readonly shelf: Shelf
  readonly relyingPartyId: string
  readonly userAgent: string
  /** Rises steadily; for measuring, in milliseconds. */
  readonly steadyMs: () => number
}

/** As the hub prints it into the link: 256 bits. */
const setupTokenBytes = 32

type HubLock = RouteAnswer<'getLock'>

export function hubSession(parts: SessionParts): SessionPort {
  const { client, shelf, passkeys } = parts
  return {
    read: async () => {
      const { account, locks: first } = await client.getSession()
      const locks = await listAllLocks(client, first)
      const knewDoors = (await parts.device.memory.list()).length > 0
      // Whether it is `claimed` says nothing here: the hub may have the list of people already and
      // the state behind it not yet, and a door that was just claimed would vanish from the phone.
      const doors = await Promise.all(locks.map((lock) => doorOf(parts, lock)))
      await shelf.saveDoors(doors)
      return { name: account.name, doors, knewDoors }
    },
    lookAtSetup: (setupToken) => lookAtSetup(client, setupToken),
    makeAccount: (name, setupToken) => makeAccount(parts, name, setupToken),
    signIn: () => signIn(parts),
    signOut: async () => {
      await client.signOut()
    },
    account: async () => {
      const [{ sessions }, own] = await Promise.all([client.listSessions(), passkeys.list()])
      return {
        sessions: sessions
          .map(({ id, current, kind, createdAtMs, lastSeenAtMs }) => {
            return { id, here: current, kind, createdAtMs, lastSeenMs: lastSeenAtMs }
          })
          .toSorted((left, right) => right.lastSeenMs - left.lastSeenMs),
        passkeys: own.map(({ passkeyId, name, createdAtMs }) => {
          return { id: toHex(passkeyId), name, createdAtMs, here: true }
        }),
      }
    },
    endSession: async (sessionId) => {
      await client.endSession({ sessionId })
    },
    health: async () => {
      const beginMs = parts.steadyMs()
      const { version } = await client.getHealth()
      return { version, answeredInMs: Math.round(parts.steadyMs() - beginMs) }
    },
  }
}

/** Compares the keys that the hub names with the ones that this phone knows, or learns them. */
async function doorOf({ device }: SessionParts, lock: HubLock): Promise<DoorFound> {
  const { lockId, lockKey, sealingKey } = lock
  const { known, trouble } = await recognised(device, lock)
  return {
    lockId,
    name: lock.name ?? lockId.slice(0, 8),
    linked: lock.online,
    role: lock.you?.role ?? null,
    ownUserId: known?.access === undefined ? null : toHex(known.access.userId),
    ownTime: ownTimeOf(lock, known),
    metBy: known?.metBy ?? 'firstUse',
    safetyCode: safetyCode(device.crypto, known ?? { lockKey, sealingKey }),
    trouble,
  }
}

/** By the lock's own word where this phone has heard it, else by the hub's. */
function ownTimeOf({ you }: HubLock, known: KnownLock | undefined): DoorFound['ownTime'] {
  const { access } = known ?? {}
  if (access !== undefined) {
    return { window: windowOf(access.validity), timeZone: access.timeZone }
  }
  if (you === undefined) return null
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { window: windowOf(you.validity), timeZone }
}

async function recognised(
  device: SessionParts['device'],
  lock: HubLock,
): Promise<{
  readonly known: KnownLock | undefined
  readonly trouble: DoorFound['trouble']
}> {
  const lockId = bytesOfId(lock.lockId)
  const { lockKey, sealingKey } = lock
  try {
    const known = await meetLock(
      { ...device, prover: noProver },
      { lockKey, sealingKey },
      { metBy: 'firstUse', lockId },
    )
    return { known, trouble: null }
  } catch (error) {
    if (!(error instanceof KeyholderError)) throw error
    // The lock that this phone knows stays known; the hub's other keys are never used.
    return { known: await device.memory.read(lockId), trouble: 'notTheLock' }
  }
}

/** Meeting a lock proves nothing about the person. */
const noProver: Device['prover'] = {
  prove: () => Promise.reject(new KeyholderError('proofUnavailable')),
}

/** Asked with the link's own secret, which it costs nothing: a nonce is no use of a link. */
async function lookAtSetup(client: RestClient, tokenText: string) {
  const setupToken = fromBase64Url(tokenText)
  const { open } = await client.getSetupStatus()
  if (!open) return 'setupOver'
  if (setupToken?.length !== setupTokenBytes) return 'setupLinkSpent'
  try {
    await client.beginSetup({ setupToken })
    return 'open'
  } catch (error) {
    if (error instanceof RestError && error.code === 'setupTokenUnusable') return 'setupLinkSpent'
    throw error
  }
}

async function makeAccount(parts: SessionParts, name: string, tokenText: string): Promise<void> {
  const { client, device, passkeys } = parts
  const setupToken = fromBase64Url(tokenText)
  if (setupToken === undefined) throw new KeyholderError('claimTextWrong')
  const { nonce, relyingPartyId, userHandle } = await client.beginSetup({ setupToken })
  const made = await makePasskey({
    challenge: registrationChallenge(device.crypto, nonce),
    relyingPartyId,
    userHandle,
    personName: name,
  })
  const { passkeyId, publicKey, clientDataJson, attestationObject } = made
  // Remembered before the hub knows it: a passkey that nobody remembers opens nothing.
  await passkeys.add({
    passkeyId,
    publicKey,
    relyingPartyId,
    name: browserName(parts.userAgent),
    createdAtMs: device.clock.nowMs(),
  })
  const passkey = { passkeyId, clientDataJson, attestationObject }
  await client.finishSetup({ setupToken, nonce, name, passkey })
}

/** The app makes the challenge itself, so a hub cannot have a command signed as a sign-in. */
export async function signIn(parts: SessionParts, passkeyId?: Uint8Array): Promise<void> {
  const { client, device, passkeys, relyingPartyId } = parts
  const { nonce } = await client.beginSignIn()
  const assertion = await askPasskey(
    signInChallenge(device.crypto, nonce),
    relyingPartyId,
    passkeyId,
  )
  await client.finishSignIn({ nonce, ...assertion })
  await passkeys.addUsed(assertion.passkeyId)
}
