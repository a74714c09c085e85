import { join, resolve } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { buildApp } from '#start/app.ts'
import type { Program } from '#start/children.ts'
import { help, readStartRequest } from '#start/config.ts'
import type { StartConfig } from '#start/config.ts'
import { assertNotInUse, assertNotRunning, forget } from '#start/fresh.ts'
import { keepRunning } from '#start/keep-running.ts'
import type { KeptProgram, Teller } from '#start/keep-running.ts'
import { hubReady, lockReady } from '#start/ready.ts'
import { openLog, say, sayDone, sayTrouble } from '#start/say.ts'

const root = join(import.meta.dirname, '..')

function hubProgram(config: StartConfig): Program {
  const origin = config.origin ?? `http://${config.hostName}:${config.hubPort}`
  const args = ['--data', config.data, '--port', String(config.hubPort), '--origin', origin]
  const codeCache = join(config.data, 'hub', 'code-cache')
  return { name: 'hub', module: join(root, 'hub/main.ts'), args, codeCache }
}

function lockProgram(config: StartConfig, hubTextFile: string): Program {
  const args = [
    '--data',
    join(config.data, 'lock'),
    '--hub-file',
    hubTextFile,
    '--door-port',
    String(config.doorPort),
  ]
  const codeCache = join(config.data, 'lock', 'code-cache')
  return { name: 'lock', module: join(root, 'lock/main.ts'), args, codeCache }
}

async function start(config: StartConfig): Promise<void> {
  await assertNotRunning(config.hubPort)
  assertNotInUse(config.data)
  if (config.fresh) forget(config.data)
  const log = openLog(config.data)
  say('Mortise starts.')
  let since = performance.now()
  const built = await buildApp()
  sayDone(built ? 'app built' : 'app is up to date', since)
  since = performance.now()
  const hub = await bringUp(hubProgram(config), log.write)
  if (ending) return
  const { origin, hubTextFile, setupLink } = hubReady.parse(hub)
  sayDone(`hub serves ${origin}`, since)
  since = performance.now()
  const lock = await bringUp(lockProgram(config, hubTextFile), log.write)
  if (ending) return
  const { doorUrl } = lockReady.parse(lock)
  sayDone(`lock watches a virtual door at ${doorUrl}`, since)
  sayWhatToOpen({ origin, doorUrl, setupLink, data: config.data, log: log.path })
}

interface Invitation {
  readonly origin: string
  readonly doorUrl: string
  readonly setupLink: string | undefined
  readonly data: string
  readonly log: string
}

function sayWhatToOpen({ origin, doorUrl, setupLink, data, log }: Invitation): void {
  say()
  if (setupLink === undefined) say(`  The app:   ${origin}`)
  else {
    say('  1. Open the app and become its first person (the link works once, for 15 minutes):')
    say(`     ${setupLink}`)
    say('  2. When the app asks for the lock, open the door in another tab, go to its inside,')
    say('     and press the button there:')
  }
  say(setupLink === undefined ? `  The door:  ${doorUrl}` : `     ${doorUrl}`)
  say()
  say(`  Everything is kept in ${data}, the log in ${log}. Ctrl+C ends it all.`)
}

const kept: KeptProgram[] = []
let ending = false

const teller: Teller = {
  ended({ name }, code, pauseMs) {
    say(
      `  · the ${name} ended by itself (${code ?? 'it did not start'}); it comes back in ${pauseMs / 1000} s`,
    )
  },
  back({ name }, ready) {
    say(`  · the ${name} is back`)
    const setupLink = hubReady.safeParse(ready).data?.setupLink
    if (setupLink !== undefined) say(`    The setup link is a new one: ${setupLink}`)
  },
}

async function bringUp(program: Program, onLog: (line: string) => void): Promise<unknown> {
  const running = await keepRunning(program, onLog, teller)
  kept.push(running)
  // Whoever ended us while it was starting is waiting for it to be gone.
  if (ending) await running.stop()
  return running.ready
}

async function endAll(): Promise<void> {
  ending = true
  await Promise.all(kept.toReversed().map((program) => program.stop()))
}

function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void endAll())
  }
}

async function main(): Promise<void> {
  const request = readStartRequest(process.argv.slice(2), process.env)
  if (request.type === 'help') return say(help)
  endOnSignals()
  await start({ ...request.config, data: resolve(request.config.data) })
}

try {
  await main()
} catch (error) {
  if (!(error instanceof MortiseError)) throw error
  sayTrouble(error)
  process.exitCode = error.blame === 'caller' ? 64 : 1
  await endAll()
}
