import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { ensureFolder } from '#lock/adapters/disk/files.ts'
import { createJsonLog } from '#lock/adapters/system/log.ts'
import { lockHelp, readLockRequest } from '#lock/config.ts'
import type { LockConfig } from '#lock/config.ts'
import type { Identity } from '#lock/ports/identity.ts'
import type { Link } from '#lock/ports/link.ts'
import type { OpenLock } from '#lock/shell/run-lock.ts'

/**
 * The lock's program: settings -> adapters -> shell.
 *
 * Comes up in two steps, because people stand in front of a door: first what answers the keypad
 * (log event `keypadAnswers`), then the door's page and the link to the hub. Then stdout gets one
 * line for a person, and, when it is no terminal, one for a program that started this one:
 * `ready {"doorUrl":"http://127.0.0.1:8091","lockId":"<hex>","hub":"none|linked|unusable"}`.
 * The log goes to stderr, one JSON object per line. SIGTERM and SIGINT end it in good order.
 * Exit codes (sysexits.h): 0 asked to end, 64 wrong settings, 70 our fault, 74 the machine's.
 */
const EXIT = { caller: 64, bug: 70, world: 74 } as const

const log = createJsonLog((line) => process.stderr.write(line))
// Nobody reading is no reason for a door to stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

async function main(): Promise<void> {
  try {
    const request = readLockRequest(process.argv.slice(2), process.env)
    if (request.type === 'help') process.stdout.write(`${lockHelp()}\n`)
    else await run(request.config)
  } catch (error) {
    const nextStep = error instanceof MortiseError ? error.nextStep : undefined
    process.stderr.write(`The lock did not start: ${textOf(error)}.\n`)
    if (nextStep !== undefined) process.stderr.write(`${nextStep}\n`)
    process.exit(exitCodeOf(error))
  }
}

async function run(config: LockConfig): Promise<void> {
  // The store, the code cache and what they make beside them are for this user alone.
  process.umask(0o077)
  ensureFolder(config.data)
  // Stripping types and compiling are most of a start. The code stays in a folder of the lock's
  // own, because whoever can write it can run as the lock.
  enableCompileCache(join(config.data, 'code-cache'))
  process.on('uncaughtException', (error) => fail('uncaughtException', error))
  const { door, openLife, createLink } = await plug(config)
  let life = openLife(() => void beginAnew())
  /** After a factory reset: the same door, and another lock. */
  const beginAnew = async (): Promise<void> => {
    try {
      await life.lock.close()
      life = openLife(() => void beginAnew())
      log.info('beganAnew', { lockId: life.lock.lockId.toHex() })
      await link(config, (hubFile) => createLink(hubFile, life.secrets), life.lock.attach)
    } catch (error) {
      fail('fatal', error)
    }
  }
  log.info('keypadAnswers', { afterMs: Math.round(performance.now()) })

  let ending = false
  const end = (signal: string): void => {
    // The second time somebody means it.
    if (ending) process.exit(0)
    ending = true
    log.info('ending', { signal })
    void life.lock
      .close()
      .then(() => door.close())
      .then(() => process.exit(0))
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  // A program that started us holds a channel; one that was killed could not say goodbye.
  const endWithStarter = (): void => {
    if (!ending) end('starterGone')
  }
  process.once('disconnect', endWithStarter)
  // oxlint-disable-next-line typescript/no-unnecessary-boolean-literal-compare -- undefined where nobody holds a channel, whatever the types say
  if (process.connected === false) endWithStarter()

  const doorUrl = await door.servePage()
  const { lock, secrets } = life
  const hub = await link(config, (hubFile) => createLink(hubFile, secrets), lock.attach)
  announce({ doorUrl, lockId: lock.lockId.toHex(), hub })
  flushCompileCache()
}

/** Everything that it takes to answer the keypad. */
async function plug(config: LockConfig) {
  const [crypto, shell, disk, argon, virtual, clocks, random, timers, manifest] = await Promise.all(
    [
      import('@mortise/crypto/node/seal'),
      import('#lock/shell/run-lock.ts'),
      import('#lock/adapters/disk/index.ts'),
      import('#lock/adapters/argon/pin-hasher.ts'),
      import('#lock/adapters/virtual/open.ts'),
      import('#lock/adapters/system/clock.ts'),
      import('#lock/adapters/system/random.ts'),
      import('#lock/adapters/system/timers.ts'),
      import('#lock/package.json', { with: { type: 'json' } }),
    ],
  )
  const { nodeSealCrypto } = crypto
  const system = {
    clock: clocks.createSystemClock(),
    timers: timers.createSystemTimers(),
    random: random.createSystemRandom(),
  }
  const door = virtual.openVirtualDoor({
    statePath: join(config.data, 'door.json'),
    port: config.doorPort,
    travelMs: config.doorTravelMs,
    ...system,
  })
  const { factoryResetWaitSeconds, requestsPerSecondMax } = config
  const openLife = (onLifeEnded: () => void): Life => {
    const { secrets, store } = disk.openDisk({ folder: config.data, random: system.random })
    const pinHasher = argon.createPinHasher(secrets)
    const lock = shell.openLock({
      ports: { ...door, ...system, store, identity: secrets, pinHasher, log },
      crypto: nodeSealCrypto,
      softwareVersion: manifest.default.version,
      requestLimits: { perSecondMax: requestsPerSecondMax, inFlightMax: 32 },
      ...(factoryResetWaitSeconds && { factoryResetWaitMs: factoryResetWaitSeconds * 1000 }),
      onFatal: (error) => fail('fatal', error),
      onLifeEnded,
    })
    return { lock, secrets }
  }
  const createLink = async (hubFile: string, identity: Identity): Promise<Link> => {
    const [{ createHubLink }, { readHubFile }] = await Promise.all([
      import('#lock/adapters/hub-link/index.ts'),
      import('#lock/hub-file.ts'),
    ])
    const content = disk.readPrivateFile(hubFile)
    const hub = readHubFile(nodeSealCrypto, hubFile, content)
    return createHubLink({ ...system, hub, identity, crypto: nodeSealCrypto, log })
  }
  return { door, openLife, createLink }
}

/** One lock, from its first start to the reset that ends it. */
interface Life {
  readonly lock: OpenLock
  readonly secrets: Identity
}

type HubLinkState = 'none' | 'linked' | 'unusable'

/** A hub text that cannot be used is said loudly, and is no reason to leave people at the door. */
async function link(
  { hubFile }: LockConfig,
  createLink: (hubFile: string) => Promise<Link>,
  attach: (link: Link) => void,
): Promise<HubLinkState> {
  if (hubFile === undefined) return 'none'
  try {
    attach(await createLink(hubFile))
    return 'linked'
  } catch (error) {
    if (!(error instanceof MortiseError) || error.blame === 'bug') throw error
    const { code, nextStep = '' } = error
    log.error('hubUnusable', { code, message: textOf(error), nextStep })
    return 'unusable'
  }
}

interface Ready {
  readonly doorUrl: string
  readonly lockId: string
  readonly hub: HubLinkState
}

const HUB_TEXTS: Readonly<Record<HubLinkState, string>> = {
  none: 'It is not connected to a hub (--hub-file).',
  linked: 'It connects to its hub by itself.',
  unusable: 'Its hub file cannot be used; the log above says why.',
}

function announce(ready: Ready): void {
  process.stdout.write(`The lock is ready; its door is ${ready.doorUrl}. ${HUB_TEXTS[ready.hub]}\n`)
  if (!process.stdout.isTTY) process.stdout.write(`ready ${JSON.stringify(ready)}\n`)
}

/**
 * Memory may be ahead of the disk, or our own code is wrong: the process ends at once, the bolt
 * stays where it is, and the next start reads what is true.
 */
function fail(event: string, error: unknown): void {
  const code = error instanceof MortiseError ? error.code : 'unknown'
  log.error(event, { code, message: textOf(error) })
  process.exit(exitCodeOf(error))
}

function exitCodeOf(error: unknown): number {
  return EXIT[error instanceof MortiseError ? error.blame : 'bug']
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

await main()
