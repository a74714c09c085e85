import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { claim, deviceKeyProver, newDeviceKeyCredential } from '@mortise/keyholder'
import type { Contact, Device, HubPort, OwnCredential } from '@mortise/keyholder'
import { createTestMemory } from '@mortise/keyholder/testing'
import type { PolicySettings } from '@mortise/protocol/words'

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
}

export function createPerson({
  name,
  hub,
  nowMs,
  seed = crypto.randomBytes(32),
}: PersonOptions): Person {
  const device: Device = {
    crypto,
    hub,
    prover: deviceKeyProver(crypto, seed),
    memory: createTestMemory(),
    clock: { nowMs },
  }
  const publicKey = crypto.ed25519PublicKey(seed)
  return { name, device, credential: newDeviceKeyCredential(device, { name, publicKey }) }
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
