import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { FetchLike } from '@mortise/protocol/rest'
import packageJson from './package.json' with { type: 'json' }
import type { Environment, ProgramEnd } from './environment.ts'
import { run } from './run.ts'
import { inputOf, sinkOf } from './terminal/terminal.ts'

/** The hub gives up on a lock before this, so a longer silence is the hub's own. */
const requestTimeoutMs = 30_000

const fetchWithTimeout: FetchLike = (url, init) => {
  const timeout = AbortSignal.timeout(requestTimeoutMs)
  const signal = init.signal === undefined ? timeout : AbortSignal.any([init.signal, timeout])
  return fetch(url, { ...init, signal })
}

/** The hub's program stands beside this one; it is a room of its own and runs as its own process. */
async function runHubProgram(args: readonly string[]): Promise<ProgramEnd> {
  const program = join(import.meta.dirname, '..', 'hub', 'main.ts')
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { exitCode: typeof exitCode === 'number' ? exitCode : 70, output }
}

const environment: Environment = {
  variables: process.env,
  homeFolder: homedir(),
  hostName: hostname(),
  userName: userInfo().username,
  timeZone: Temporal.Now.timeZoneId(),
  version: packageJson.version,
  crypto: nodeSealCrypto,
  fetch: fetchWithTimeout,
  stdin: inputOf(process.stdin, process.stderr),
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  nowMs: () => Date.now(),
  wait: (durationMs) => setTimeout(durationMs),
  runHubProgram,
}

process.exitCode = await run(environment, process.argv.slice(2))
