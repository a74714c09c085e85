import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import {
  claim,
  deviceKeyProver,
  newDeviceKeyCredential,
  newPasskeyCredential,
  openContact,
} from '@mortise/keyholder'
import type { Contact, Device, HubPort, LockKeys, OwnCredential } from '@mortise/keyholder'
import { createTestMemory } from '@mortise/keyholder/testing'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { PolicySettings } from '@mortise/protocol/words'

import { passkeyProver } from './passkey-prover.ts'
import type { PasskeySigner } from './passkey-prover.ts'

const credentialIdBytes = 16

/** Somebody with a device of their own. */
export interface Person {
  readonly name: string
  readonly device: Device
  readonly credential: OwnCredential
}

export interface PersonOptions {
  readonly name: string
  readonly hub: HubPort
  readonly nowMs: () => number
  /** 32 bytes; drawn when absent. */
  readonly seed?: Uint8Array
  /** To weaken the device on purpose. */
  readonly crypto?: SealCrypto
  /** What the device's own key signs with; the real one when absent. */
  readonly keyCrypto?: SealCrypto
  /** Signs in place of the device's own key. */
  readonly passkey?: PasskeySigner
}

/** Where the passkeys of the proofs are used. */
export const relyingParty = { id: 'home.example', origins: ['https://home.example'] } as const
const [origin] = relyingParty.origins

export function createPerson(options: PersonOptions): Person {
  const { name, hub, nowMs, seed = nodeSealCrypto.randomBytes(32) } = options
  const { crypto = nodeSealCrypto, keyCrypto = nodeSealCrypto, passkey } = options
  const prover = passkey ? passkeyProver(passkey, origin) : deviceKeyProver(keyCrypto, seed)
  const device: Device = { crypto, hub, prover, memory: createTestMemory(), clock: { nowMs } }
  const publicKey = passkey?.publicKey ?? keyCrypto.ed25519PublicKey(seed)
  // The same seed is the same credential, also in another process.
  const id = nodeSealCrypto.sha256(publicKey).subarray(0, credentialIdBytes)
  const drawn = passkey
    ? newPasskeyCredential(device, {
        name,
        publicKey,
        passkeyId: id,
        relyingPartyId: relyingParty.id,
      })
    : newDeviceKeyCredential(device, { name, publicKey })
  return { name, device, credential: { ...drawn, id } }
}

/** Claims a lock with the text from its inside. */
export async function claimAs(
  person: Person,
  claimText: string,
  settings: Partial<PolicySettings> = {},
): Promise<Contact> {
  const { contact } = await claim(person.device, claimText, {
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    ownerName: person.name,
    credentials: [person.credential],
    relyingParties: [],
    settings,
  })
  return contact
}

/** Lets a device know a lock that it has been added to by other means. */
export async function introduce(
  person: Person,
  lock: LockKeys & { readonly lockId: Uint8Array },
): Promise<Contact> {
  const { lockId, lockKey, sealingKey } = lock
  const { device, credential } = person
  await device.memory.update(lockId, () => {
    return { lockId, lockKey, sealingKey, metBy: 'invitation', credential }
  })
  return openContact(device, lockId)
}
