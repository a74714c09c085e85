import type { Device } from '@mortise/keyholder'
import { hubPortOver } from '@mortise/keyholder'
import { webSealCrypto } from '@mortise/crypto/web'
import type { AppConfig } from '@mortise/protocol/rest'
import { createRestClient } from '@mortise/protocol/rest'
import type { Database } from '#app/shell/database.ts'
import { browserDevice } from '#app/shell/device-port.ts'
import { hubLive } from '#app/shell/live.ts'
import type { InvitationParts } from '#app/shell/invitations.ts'
import type { Keep, KeepParts } from '#app/shell/kept/keep.ts'
import { keepingHub } from '#app/shell/kept/keeping-hub.ts'
import { createContacts } from '#app/shell/locks/contacts.ts'
import { credentialByHub } from '#app/shell/locks/credential-by-hub.ts'
import { keyholderLocks } from '#app/shell/locks/locks-port.ts'
import { browserMemory } from '#app/shell/memory.ts'
import { browserOwnPasskeys } from '#app/shell/own-passkeys.ts'
import { hubSession, signIn } from '#app/shell/session-port.ts'
import type { Shelf } from '#app/shell/shelf.ts'
import { troubleOf } from '#app/shell/trouble-of.ts'
import type { AppPorts, InvitationPort, SharedCode } from '#app/state/app/ports.ts'

export interface PortParts {
  readonly config: AppConfig
  readonly database: Database
  readonly shelf: Shelf
  readonly phoneZone: string
  readonly shareWords: (code: SharedCode) => Promise<string>
  readonly useNewVersion: () => void
}

/** Joins keyholder, hub client and browser behind the ports of the state. */
export function createPorts(parts: PortParts): AppPorts {
  const { config, database, shelf, phoneZone } = parts
  const { hubOrigin, relyingPartyId } = config
  const client = createRestClient((url, init) => fetch(url, init), hubOrigin)
  const nowMs = (): number => Date.now()
  const memory = browserMemory(database)
  const crypto = webSealCrypto
  const device: Omit<Device, 'prover'> = {
    crypto,
    hub: keepingHub(hubPortOver(client), lazyKeep({ database, memory, crypto, nowMs })),
    memory,
    clock: { nowMs },
  }
  const passkeys = browserOwnPasskeys(database, () => memory.list())
  const contacts = createContacts(device, passkeys.ids, (lockId, isOwn) =>
    credentialByHub(client, lockId, isOwn),
  )
  const { userAgent } = navigator
  const steadyMs = (): number => performance.now()
  const session = { client, device, passkeys, shelf, relyingPartyId, userAgent, steadyMs }
  return {
    session: hubSession(session),
    invitation: lazyInvitations({
      client,
      device,
      passkeys,
      contacts,
      relyingPartyId,
      userAgent,
      signIn: (passkeyId) => signIn(session, passkeyId),
    }),
    locks: keyholderLocks({
      device,
      database,
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

/** The first reading brings the code that keeps it. */
function lazyKeep(parts: KeepParts): () => Promise<Keep> {
  let loading: Promise<Keep> | undefined
  const load = async (): Promise<Keep> =>
    (await import('#app/shell/kept/keep.ts')).createKeep(parts)
  return () => (loading ??= load())
}

/** Few people open a link, once: its code comes with it. */
function lazyInvitations(parts: InvitationParts): InvitationPort {
  let loading: Promise<InvitationPort> | undefined
  const load = async (): Promise<InvitationPort> =>
    (await import('#app/shell/invitations.ts')).invitedEntry(parts)
  const port = (): Promise<InvitationPort> => (loading ??= load())
  return {
    look: async (text) => (await port()).look(text),
    accept: async (request, onProven) => (await port()).accept(request, onProven),
    enter: async () => (await port()).enter(),
  }
}
