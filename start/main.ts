import { join, resolve } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import { buildApp } from '#start/app.ts'
import { runProgram } from '#start/children.ts'
import type { Program, RunningProgram } from '#start/children.ts'
import { help, readStartRequest } from '#start/config.ts'
import type { StartConfig } from '#start/config.ts'
import { assertNotRunning, forget } from '#start/fresh.ts'
import { hubReady, lockReady } from '#start/ready.ts'
import { openLog, say, sayDone, sayTrouble } from '#start/say.ts'

const root = join(import.meta.dirname, '..')

function hubProgram(config: StartConfig): Program {
  const origin = config.origin ?? `http://${config.hostName}:${config.hubPort}`
  const args = ['--data', config.data, '--port', String(config.hubPort), '--origin', origin]
  return { name: 'hub', module: join(root, 'hub/main.ts'), args }
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
  return { name: 'lock', module: join(root, 'lock/main.ts'), args }
}

async function start(config: StartConfig): Promise<void> {
  await assertNotRunning(config.hubPort)
  if (config.fresh) forget(config.data)
  const log = openLog(config.data)
  say('Mortise starts.')
  let since = performance.now()
  const built = await buildApp()
  sayDone(built ? 'app built' : 'app is up to date', since)
  since = performance.now()
  const hub = await runProgram(hubProgram(config), log.write)
  endWith(hub, 'hub')
  const { origin, hubTextFile, setupLink } = hubReady.parse(hub.ready)
  sayDone(`hub serves ${origin}`, since)
  since = performance.now()
  const lock = await runProgram(lockProgram(config, hubTextFile), log.write)
  endWith(lock, 'lock')
  const { doorUrl } = lockReady.parse(lock.ready)
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

const running: RunningProgram[] = []
let ending = false

/** The house stands with both programs or not at all: when one ends by itself, so does the other. */
function endWith(program: RunningProgram, name: string): void {
  running.push(program)
  void watch(program, name)
}

async function watch(program: RunningProgram, name: string): Promise<void> {
  const code = await program.ended
  if (ending) return
  process.exitCode = 1
  process.stderr.write(`\n  ✗ the ${name} ended by itself (${code}); the log tells why\n`)
  await endAll()
}

async function endAll(): Promise<void> {
  ending = true
  await Promise.all(running.toReversed().map((program) => program.stop()))
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
