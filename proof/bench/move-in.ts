import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import {
  claim,
  hubPortOver,
  newDeviceKeyCredential,
  newPasskeyCredential,
  signHubNonce,
} from '@mortise/keyholder'
import type { Contact, Device } from '@mortise/keyholder'
import { createTestMemory } from '@mortise/keyholder/testing'
import { createRestClient } from '@mortise/protocol/rest'
import { fromBase64Url } from '@mortise/protocol/wire'
import type { keepAliveFetch } from '#proof/bench/keep-alive-fetch.ts'
import { createSoftwarePasskey } from '#proof/bench/passkey.ts'

/** This process, once it has a session at a hub. */
export interface Registered {
  readonly device: Device
  readonly publicKey: Uint8Array
  readonly passkey: ReturnType<typeof createSoftwarePasskey>
  readonly origin: string
}

/** Makes this process the phone of the first person of a hub; to be called while the link is young. */
export async function register(
  origin: string,
  setupLink: string,
  fetch: ReturnType<typeof keepAliveFetch>['fetch'],
): Promise<Registered> {
  const seed = crypto.randomBytes(32)
  const publicKey = crypto.ed25519PublicKey(seed)
  const setupToken = fromBase64Url(new URL(setupLink).hash.slice(1)) ?? new Uint8Array()
  const session: { token?: string } = {}
  const client = createRestClient(fetch, origin, { bearerToken: () => session.token })
  const { nonce } = await client.beginSetup({ setupToken })
  const signature = signHubNonce(crypto, seed, 'registration', nonce)
  const made = await client.setupDevice({ setupToken, nonce, name: 'Bench', publicKey, signature })
  session.token = made.token
  const passkey = createSoftwarePasskey(origin)
  const device: Device = {
    crypto,
    hub: hubPortOver(client),
    prover: passkey.prover,
    memory: createTestMemory(),
    clock: { nowMs: Date.now },
  }
  return { device, publicKey, passkey, origin }
}

/** Makes it the owner of a lock, with the passkey as its key. */
export async function moveIn(
  { device, publicKey, passkey, origin }: Registered,
  claimText: string,
): Promise<Contact> {
  const { hostname } = new URL(origin)
  const credential = newPasskeyCredential(device, {
    name: 'Phone',
    passkeyId: crypto.randomBytes(16),
    publicKey: passkey.publicKey,
    relyingPartyId: hostname,
  })
  // The device key lets the same process read at the hub; every tap is signed by the passkey.
  const reader = newDeviceKeyCredential(device, { name: 'Reader', publicKey })
  const { contact } = await claim(device, claimText, {
    doorName: 'Bench',
    timeZone: 'UTC',
    ownerName: 'Bench',
    credentials: [credential, reader],
    relyingParties: [{ id: hostname, origins: [origin] }],
    settings: { autoRelockTime: 0 },
  })
  return contact
}
