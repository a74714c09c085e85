import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { MortiseError } from '@mortise/protocol/errors'
import { encodeHubText } from '@mortise/protocol/wire'
import { openIdentity } from '#hub/adapters/identity/identity.ts'
import { writeSecretFile } from '#hub/adapters/identity/secret-file.ts'
import { createJsonLog } from '#hub/adapters/log/json-lines.ts'
import { passkeyRegistration } from '#hub/adapters/passkeys/registration.ts'
import { openSqliteStore } from '#hub/adapters/sqlite/store.ts'
import { systemClock } from '#hub/adapters/system/clock.ts'
import { systemRandom } from '#hub/adapters/system/random.ts'
import { createLockEndpoint, linkPath } from '#hub/api/locks/endpoint.ts'
import type { LockEndpoint } from '#hub/api/locks/endpoint.ts'
import { hasApp } from '#hub/api/rest/app-files.ts'
import { createRestApp } from '#hub/api/rest/app.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log, LogLevel } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Store } from '#hub/ports/store.ts'
import type { HubSettings } from '#hub/shell/dependencies.ts'
import { createHub } from '#hub/shell/hub.ts'
import type { Hub } from '#hub/shell/hub.ts'
import { makeSetupLink } from '#hub/shell/set-up.ts'
import manifest from './package.json' with { type: 'json' }

export interface OpenHubOptions {
  /** Everything is kept in the folder `hub` below it. */
  readonly data: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free one. */
  readonly port?: number
  readonly origin?: string
  readonly relyingParty?: string
  readonly appOrigins?: readonly string[]
  readonly appFolder?: string
  readonly trustedProxies?: number
  readonly logLevel?: LogLevel
  /** Takes log lines; default: none are written. */
  readonly writeLogLine?: (line: string) => void
  /** For tests: another clock, randomness, or a store around the real one. */
  readonly clock?: Clock
  readonly random?: Random
  readonly wrapStore?: (store: Store) => Store
}

export interface OpenHub {
  readonly origin: string
  readonly port: number
  /** For a lock that shall join; holds a secret. */
  readonly hubText: string
  /** Where that text was written, with mode 0600. */
  readonly hubTextFile: string
  /** Makes a new link for the first account; undefined when there is one. */
  readonly makeSetupLink: () => Promise<string | undefined>
  /** The services, for tests. */
  readonly services: Hub
  /** Ends what is under way, then lets go of everything. Asked again, it waits for the same end. */
  readonly close: () => Promise<void>
}

/** This software's version. */
export const hubVersion: string = manifest.version

/** Opens a whole hub: store, identity, HTTP and the endpoint for locks. */
export async function openHub(options: OpenHubOptions): Promise<OpenHub> {
  const folder = join(options.data, 'hub')
  const clock = options.clock ?? systemClock
  const log: Log = createJsonLog(clock, options.writeLogLine ?? (() => {}), options.logLevel)
  const opened = await openSqliteStore(join(folder, 'hub.sqlite'))
  const store = options.wrapStore?.(opened) ?? opened
  const identity = openIdentity(folder)
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 })
  // The port must be known before the rest can be made; who asks meanwhile waits for it.
  const listener = Promise.withResolvers<ReturnType<typeof getRequestListener>>()
  server.on('request', (request, response) => {
    void listener.promise.then((answer) => answer(request, response))
  })
  const port = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0)
  const settings = settingsOf(options, port)
  const services = await createHub({
    store,
    identity,
    crypto: nodeVerifyCrypto,
    passkeys: passkeyRegistration,
    clock,
    random: options.random ?? systemRandom,
    log,
    settings,
  })
  const { trustedProxies = 0, appFolder } = options
  const rest = createRestApp(services, {
    trustedProxies,
    ...(appFolder === undefined ? {} : { appFolder }),
  })
  const endpoint = createLockEndpoint(services, trustedProxies)
  listener.resolve(getRequestListener(rest.fetch))
  server.on('upgrade', endpoint.upgrade)
  const hubText = hubTextOf(services)
  const hubTextFile = join(folder, 'link.txt')
  writeSecretFile(hubTextFile, `${hubText}\n`)
  log.write('info', 'hubOpened', { origin: settings.origin, port })
  let closing: Promise<void> | undefined
  return {
    origin: settings.origin,
    port,
    hubText,
    hubTextFile,
    makeSetupLink: () => services.setUp.makeLink(),
    services,
    close: () => (closing ??= closeAll(services, endpoint, server)),
  }
}

/** In the order of who asks whom: nobody is left who could ask a store that is gone. */
async function closeAll(hub: Hub, endpoint: LockEndpoint, server: Server): Promise<void> {
  hub.live.endAll()
  await Promise.all([endpoint.close(), closeServer(server)])
  await hub.sessions.settled()
  await hub.live.settled()
  await hub.store.close()
  hub.log.write('info', 'hubClosed')
}

/** Prints a link while a hub may be running on the same data. */
export async function makeSetupLinkFor(
  options: Pick<OpenHubOptions, 'data' | 'origin' | 'appOrigins' | 'appFolder'> & {
    readonly port: number
  },
): Promise<string | undefined> {
  const store = await openSqliteStore(join(options.data, 'hub', 'hub.sqlite'))
  try {
    return await makeSetupLink({
      store,
      clock: systemClock,
      random: systemRandom,
      crypto: nodeVerifyCrypto,
      settings: settingsOf(options, options.port),
    })
  } finally {
    await store.close()
  }
}

function settingsOf(
  options: Pick<OpenHubOptions, 'origin' | 'relyingParty' | 'appOrigins' | 'appFolder'>,
  port: number,
): HubSettings {
  const origin = options.origin ?? `http://localhost:${port}`
  const appOrigins = options.appOrigins ?? []
  return {
    version: hubVersion,
    origin,
    appOrigins,
    relyingPartyId: options.relyingParty ?? new URL(origin).hostname,
    appUrl: hasApp(options.appFolder) ? origin : (appOrigins[0] ?? origin),
  }
}

function hubTextOf({ identity, settings }: Hub): string {
  const url = new URL(linkPath, settings.origin)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return encodeHubText((...parts) => nodeVerifyCrypto.sha256(...parts), {
    url: url.href,
    hubKey: identity.publicKey,
    enrolmentSecret: identity.enrolmentSecret,
  })
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  const failure = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve)
    server.listen({ host, port }, () => {
      resolve(undefined)
    })
  })
  const address = server.address()
  if (failure === undefined && typeof address === 'object' && address !== null) return address.port
  throw new MortiseError('world', 'cannotListen', `cannot listen on ${host} port ${port}`, {
    nextStep: 'Stop what listens there already, or choose another with --port.',
    cause: failure,
  })
}

/** What an answer under way may still take; a page that follows events would hold on for ever. */
const graceMs = 2_000

/** Lets answers finish, but no idle connection, and no stream that began meanwhile, hold the end up. */
async function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections()
  }, graceMs)
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
  clearTimeout(cut)
}
