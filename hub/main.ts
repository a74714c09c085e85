import { mkdirSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { helpText, readConfig } from '#hub/config.ts'
import type { HubConfig } from '#hub/config.ts'

/** BSD sysexits: a usage error, and a resource that is not there. */
const exitCodes = { usage: 64, unavailable: 69 } as const

// Nobody reading is no reason for a hub to end in disorder.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help')) return void process.stdout.write(helpText())
  const config = readConfig(args, process.env, {
    current: process.cwd(),
    builtApp: join(import.meta.dirname, '..', 'app', 'dist'),
  })
  if (config.command === 'setup-link') return printSetupLink(config)
  return run(config)
}

/**
 * Stripping types and compiling are much of a start. The code stays in a folder of the hub's own,
 * because whoever can write it can run as the hub.
 */
async function loadHub({ data }: HubConfig) {
  const cache = join(data, 'hub', 'code-cache')
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  enableCompileCache(cache)
  return import('#hub/index.ts')
}

async function printSetupLink(config: HubConfig): Promise<void> {
  const { makeSetupLinkFor } = await loadHub(config)
  const link = await makeSetupLinkFor(config)
  if (link === undefined) return say('An account exists: sign in instead.')
  say('Open within 15 minutes, it works once:')
  say(link)
}

async function run(config: HubConfig): Promise<void> {
  const { hubVersion, openHub } = await loadHub(config)
  const hub = await openHub({
    ...config,
    writeLogLine: (line) => void process.stderr.write(line),
  })
  stopOn(['SIGINT', 'SIGTERM'], hub.close)
  stopWithStarter(hub.close)
  const setupLink = await hub.makeSetupLink()
  say(`Mortise hub ${hubVersion} is at ${hub.origin}`)
  say(`Locks join it with the text in ${hub.hubTextFile}`)
  if (setupLink !== undefined) {
    say('Nobody is set up yet. Open within 15 minutes, it works once:')
    say(setupLink)
  }
  const { origin, port, hubTextFile } = hub
  // For a program that started this one, and waits for it.
  say(`ready ${JSON.stringify({ origin, port, hubTextFile, setupLink })}`)
  flushCompileCache()
}

/** The first signal closes in order; a second one does not wait. */
function stopOn(signals: readonly NodeJS.Signals[], close: () => Promise<void>): void {
  for (const signal of signals) {
    process.once(signal, () => {
      close().catch(fail)
    })
  }
}

/**
 * A program that started us holds a channel; one that was killed could not say goodbye. The channel
 * alone is no reason to live on after an orderly end.
 */
function stopWithStarter(close: () => Promise<void>): void {
  const end = (): void => void close().catch(fail)
  process.once('disconnect', end)
  // oxlint-disable-next-line typescript/no-unnecessary-boolean-literal-compare -- undefined where nobody holds a channel, whatever the types say
  if (process.connected === false) end()
  process.channel?.unref()
}

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${text}\n`)
  if (error instanceof MortiseError && error.nextStep !== undefined) {
    process.stderr.write(`${error.nextStep}\n`)
  }
  const isUsage = error instanceof MortiseError && error.blame === 'caller'
  process.exitCode = isUsage ? exitCodes.usage : exitCodes.unavailable
}

try {
  await main()
} catch (error) {
  fail(error)
  // A half-opened hub may still listen; nobody shall wait for it.
  process.exit()
}
