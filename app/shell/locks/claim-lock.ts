import type { Device, OwnCredential } from '@mortise/keyholder'
import {
  claim,
  KeyholderError,
  newPasskeyCredential,
  readClaimText,
  safetyCode,
} from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { LocksParts } from '#app/shell/locks/locks-parts.ts'
import type { ClaimRequest, LocksPort } from '#app/state/app/ports.ts'

/** Takes a lock that has no owner, with the passkey of this phone as its first key. */
export async function claimLock(
  parts: LocksParts,
  request: ClaimRequest,
  onProven: () => void,
): ReturnType<LocksPort['claim']> {
  const { contacts, relyingPartyId, origin, phoneZone } = parts
  const credential = await ownCredential(parts)
  const lockId = toHex(readClaimText(parts.device, request.setupText.trim()).lockId)
  const { contact, policy } = await contacts.whenProven(lockId, onProven, () =>
    claim(contacts.deviceFor(lockId), request.setupText.trim(), {
      doorName: request.doorName,
      ownerName: request.ownerName,
      timeZone: phoneZone,
      credentials: [credential],
      relyingParties: [{ id: relyingPartyId, origins: [origin] }],
    }),
  )
  contacts.keep(lockId, contact)
  return {
    door: {
      lockId,
      name: policy.doorName,
      linked: true,
      role: 'owner',
      ownUserId: policy.users[0] === undefined ? null : toHex(policy.users[0].id),
      ownTime: { window: null, timeZone: policy.timeZone },
      metBy: contact.known.metBy,
      safetyCode: safetyCode(contact.device.crypto, contact.known),
      trouble: null,
    },
    sighting: contact.sighting ?? null,
  }
}

/**
 * The passkey of this phone for a new lock, from the phone's own memory: one that the hub named
 * could be somebody else's.
 */
async function ownCredential(parts: LocksParts): Promise<OwnCredential> {
  const { device, relyingPartyId } = parts
  const own = await parts.ownPasskeys()
  const passkey = own.find((each) => each.relyingPartyId === relyingPartyId)
  if (passkey === undefined) throw new KeyholderError('noCredential')
  const { passkeyId, publicKey, name } = passkey
  return newPasskeyCredential(device, { passkeyId, publicKey, name, relyingPartyId })
}

/** The id of the lock that a setup text is of; `null` for any other text. */
export function idInSetupText(device: Pick<Device, 'crypto'>, text: string): string | null {
  try {
    return toHex(readClaimText(device, text.trim()).lockId)
  } catch (error) {
    if (error instanceof KeyholderError) return null
    throw error
  }
}
