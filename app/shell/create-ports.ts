import type { Device } from '@mortise/keyholder'
import { hubPortOver } from '@mortise/keyholder'
import { webSealCrypto } from '@mortise/crypto/web'
import type { AppConfig } from '@mortise/protocol/rest'
import { createRestClient } from '@mortise/protocol/rest'
import type { Database } from '#app/shell/database.ts'
import { browserDevice } from '#app/shell/device-port.ts'
import { hubLive } from '#app/shell/live.ts'
import { createContacts } from '#app/shell/locks/contacts.ts'
import { keyholderLocks } from '#app/shell/locks/locks-port.ts'
import { browserMemory } from '#app/shell/memory.ts'
import { browserOwnPasskeys } from '#app/shell/own-passkeys.ts'
import { hubSession } from '#app/shell/session-port.ts'
import type { Shelf } from '#app/shell/shelf.ts'
import { troubleOf } from '#app/shell/trouble-of.ts'
import type { AppPorts, SharedCode } from '#app/state/app/ports.ts'

export interface PortParts {
  readonly config: AppConfig
  readonly database: Database
  readonly shelf: Shelf
  readonly phoneZone: string
  readonly shareWords: (code: SharedCode) => string
  readonly useNewVersion: () => void
}

/** Joins keyholder, hub client and browser behind the ports of the state. */
export function createPorts(parts: PortParts): AppPorts {
  const { config, database, shelf, phoneZone } = parts
  const { hubOrigin, relyingPartyId } = config
  const client = createRestClient((url, init) => fetch(url, init), hubOrigin)
  const nowMs = (): number => Date.now()
  const memory = browserMemory(database)
  const device: Omit<Device, 'prover'> = {
    crypto: webSealCrypto,
    hub: hubPortOver(client),
    memory,
    clock: { nowMs },
  }
  const passkeys = browserOwnPasskeys(database, () => memory.list())
  const contacts = createContacts(device, passkeys.ids)
  const { userAgent } = navigator
  const steadyMs = (): number => performance.now()
  return {
    session: hubSession({ client, device, passkeys, shelf, relyingPartyId, userAgent, steadyMs }),
    locks: keyholderLocks({
      device,
      contacts,
      ownPasskeys: passkeys.list,
      relyingPartyId,
      origin: location.origin,
      phoneZone,
    }),
    live: hubLive({ hubOrigin, contactOf: contacts.opened }),
    shelf,
    device: browserDevice(parts),
    nowMs,
    troubleOf: (error) => troubleOf(error, navigator.onLine),
  }
}
