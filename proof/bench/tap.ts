import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import {
  claim,
  hubPortOver,
  newDeviceKeyCredential,
  newPasskeyCredential,
  operate,
  signHubNonce,
} from '@mortise/keyholder'
import type { Contact, Device } from '@mortise/keyholder'
import { createTestMemory } from '@mortise/keyholder/testing'
import { createRestClient } from '@mortise/protocol/rest'
import { fromBase64Url } from '@mortise/protocol/wire'
import { startProgram } from '#proof/processes/program.ts'
import { keepAliveFetch } from '#proof/bench/keep-alive-fetch.ts'
import { createSoftwarePasskey } from '#proof/bench/passkey.ts'
import type { Case } from '#proof/bench/statistics.ts'
import { z } from 'zod'

const hubReady = z.object({ origin: z.string(), hubTextFile: z.string(), setupLink: z.string() })
const lockReady = z.object({ claimText: z.string() })

/** Phone (this process), hub and lock, each a process of its own, with an owner whose key is a passkey. */
export interface TapHouse {
  /** One tap: signed with the passkey, sealed, relayed, decided, durable, driven, durable, receipt checked. */
  readonly tap: Case
  readonly close: () => Promise<void>
}

export async function openTapHouse(folder: string): Promise<TapHouse> {
  const hub = startProgram({ name: 'hub', module: 'proof/bench/hub-process.ts', args: [folder] })
  const { origin, hubTextFile, setupLink } = hubReady.parse(await hub.ready())
  const lockArgs = [folder, hubTextFile]
  const lock = startProgram({ name: 'lock', module: 'proof/bench/lock-process.ts', args: lockArgs })
  const { claimText } = lockReady.parse(await lock.ready())
  const { fetch, close } = keepAliveFetch()
  const contact = await moveIn(origin, setupLink, claimText, fetch)
  let verb: 'lock' | 'unlock' = 'lock'
  return {
    tap: {
      async run() {
        const receipt = await operate(contact, verb)
        if (receipt.outcome !== 'done') throw new Error(`${verb} was ${receipt.reason}`)
        verb = verb === 'lock' ? 'unlock' : 'lock'
      },
    },
    async close() {
      close()
      await Promise.all([lock.signal('SIGTERM'), hub.signal('SIGTERM')])
    },
  }
}

async function moveIn(
  origin: string,
  setupLink: string,
  claimText: string,
  fetch: ReturnType<typeof keepAliveFetch>['fetch'],
): Promise<Contact> {
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
