import { lockIdOf, policyHash, setupChallenge } from '@mortise/protocol/verify'
import type { ClaimText, Receipt } from '@mortise/protocol/wire'
import { bytesEqual, decodeClaimText, WireError } from '@mortise/protocol/wire'
import type { Policy, PolicySettings, RelyingParty, State } from '@mortise/protocol/words'
import { KeyholderError, lacksReceipt } from '#keyholder/errors.ts'
import { newId } from '#keyholder/policy/credentials.ts'
import { encodePolicy } from '#keyholder/policy/encode.ts'
import { firstPolicy } from '#keyholder/policy/first.ts'
import type { Device } from '#keyholder/ports.ts'
import type { KnownLock, OwnCredential } from '#keyholder/known-lock.ts'
import { requireUsableKeys } from '#keyholder/trust/meet.ts'
import { askLock } from '#keyholder/contact/ask.ts'
import { sendCommand, settle } from '#keyholder/contact/command.ts'
import type { Contact } from '#keyholder/contact/contact.ts'
import { contactWith, keepChallenge } from '#keyholder/contact/contact.ts'
import type { Addressee } from '#keyholder/contact/exchange.ts'
import { recordFreshState } from '#keyholder/contact/sighting.ts'

export interface ClaimOptions {
  readonly doorName: string
  /** IANA name of the door's time zone. */
  readonly timeZone: string
  readonly ownerName: string
  /** The owner's credentials; the first proves the claim and is this device's own from then on. */
  readonly credentials: readonly [OwnCredential, ...OwnCredential[]]
  readonly relyingParties: readonly RelyingParty[]
  readonly settings?: Partial<PolicySettings>
}

export interface Claimed {
  /** An open contact, with a challenge for the first tap where the lock gave one. */
  readonly contact: Contact
  readonly policy: Policy
  /** Absent when the receipt was lost and the lock confirmed the claim by its state. */
  readonly receipt?: Receipt
}

/**
 * Reads the text from the lock's inside.
 * @throws KeyholderError `claimTextWrong`
 */
export function readClaimText(
  device: Pick<Device, 'crypto'>,
  text: string,
): ClaimText & { readonly lockId: Uint8Array } {
  const { crypto } = device
  try {
    const claim = decodeClaimText((...parts) => crypto.sha256(...parts), text)
    return { ...claim, lockId: lockIdOf(crypto, claim.lockKey) }
  } catch (cause) {
    if (cause instanceof WireError) throw new KeyholderError('claimTextWrong', { cause })
    throw cause
  }
}

/**
 * Takes a lock that has no owner. The setup code in the text proves that somebody stands inside;
 * the keys in the text are the lock's own word and are remembered once the lock has signed its yes.
 * @throws LockRefusal (`setupWindowClosed`, `alreadyClaimed`, ...); KeyholderError
 */
export async function claim(
  device: Device,
  claimText: string,
  options: ClaimOptions,
): Promise<Claimed> {
  const lock = readClaimText(device, claimText)
  requireUsableKeys(device, lock)
  const { credentials, ...rest } = options
  const [credential] = credentials
  const ownerId = newId(device)
  const policy = firstPolicy({ ...rest, credentials, lockId: lock.lockId, ownerId })
  const encoded = encodePolicy(policy)
  const challenge = setupChallenge(device.crypto, lock.setupCode)
  const operation = { type: 'claim', policy: encoded, pins: [] } as const
  const prove = (hash: Uint8Array) => device.prover.prove(hash, credential)
  const sentAtMs = device.clock.nowMs()
  try {
    const receipt = settle(await sendCommand(device, lock, { operation, challenge, prove }))
    const contact = await pinClaimed(device, lock, credential, receipt.state, sentAtMs)
    keepChallenge(contact, receipt.nextChallenge, sentAtMs)
    return { contact, policy, receipt }
  } catch (error) {
    if (!lacksReceipt(error)) throw error
    const state = await stateWithPolicy(device, lock, encoded)
    if (state === undefined) throw error
    return { contact: await pinClaimed(device, lock, credential, state, sentAtMs), policy }
  }
}

/** The lock's fresh state, if it says that this very policy is in force. */
async function stateWithPolicy(
  device: Device,
  lock: Addressee,
  encoded: Uint8Array,
): Promise<State | undefined> {
  try {
    const { state } = await askLock(device, lock, {})
    const ours = bytesEqual(state.policyHash, policyHash(device.crypto, encoded))
    return state.claimed && ours ? state : undefined
  } catch (error) {
    if (error instanceof KeyholderError) return undefined
    throw error
  }
}

async function pinClaimed(
  device: Device,
  lock: Addressee,
  credential: OwnCredential,
  state: State,
  sentAtMs: number,
): Promise<Contact> {
  const { lockId, lockKey, sealingKey } = lock
  const known = await device.memory.update(lockId, (before): KnownLock => {
    const claimed = { lockId, lockKey, sealingKey, metBy: 'claim', credential } as const
    // A reset lock may start its journal anew; one that did not must still continue it.
    const head = before?.head
    return head !== undefined && head.sequence <= state.sequence ? { ...claimed, head } : claimed
  })
  const contact = contactWith(device, known)
  await recordFreshState(contact, state, sentAtMs)
  return contact
}
