import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { FakeLock } from '@mortise/keyholder/testing'
import { createFakeLock } from '@mortise/keyholder/testing'
import { toBase64Url } from '@mortise/protocol/wire'
import type { Environment, ProgramEnd } from '#cli/environment.ts'
import { run } from '#cli/run.ts'
import type { TestHub } from './test-hub.ts'
import { createTestHub } from './test-hub.ts'

/** What one command line did. */
export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** The JSON object on standard output, where there is one. */
  readonly json: unknown
}

/** A command line with a folder of its own, a hub and a lock, all in this process. */
export interface TestLine {
  readonly home: string
  readonly lock: FakeLock
  readonly hub: TestHub
  readonly hubProgramCalls: readonly (readonly string[])[]
  /** Runs a command line; `--home` and `--hub` are given. */
  run(args: readonly string[], stdin?: string): Promise<Ran>
  /** The same without `--hub`. */
  runBare(args: readonly string[], stdin?: string): Promise<Ran>
  pass(durationMs: number): void
  /** What happens at the door meanwhile, one after another, each time that the command line waits. */
  meanwhile(...steps: readonly (() => void)[]): void
  /** How the hub's own program ends when it is run. */
  hubProgramEnds(end: ProgramEnd): void
  /** Another device of another person at the same hub. */
  anotherDevice(): TestLine
  /** `setup` and `claim`, as everybody begins. */
  begin(): Promise<void>
}

interface Shared {
  nowMs: number
  readonly meanwhile: (() => void)[]
  readonly lock: FakeLock
  readonly hub: TestHub
  hubProgramEnd: ProgramEnd
}

const startMs = 1_800_000_000_000

export function createTestLine(context: TestContext): TestLine {
  const shared: Shared = (() => {
    const clock = { nowMs: startMs, meanwhile: [] }
    const lock = createFakeLock(nodeSealCrypto, () => clock.nowMs)
    const hubProgramEnd = { exitCode: 0, output: '' }
    return Object.assign(clock, { lock, hub: createTestHub(nodeSealCrypto, lock), hubProgramEnd })
  })()
  return lineWith(context, shared)
}

function lineWith(context: TestContext, shared: Shared): TestLine {
  const home = mkdtempSync(join(tmpdir(), 'mortise-cli-'))
  context.after(() => rmSync(home, { recursive: true, force: true }))
  const hubProgramCalls: (readonly string[])[] = []
  const runLine = (args: readonly string[], stdin = '') => {
    const hub = args.includes('--hub') ? [] : ['--hub', 'http://localhost:8080']
    return runOnce(shared, [...args, '--home', home, ...hub], stdin, hubProgramCalls)
  }
  return {
    home,
    lock: shared.lock,
    hub: shared.hub,
    hubProgramCalls,
    run: runLine,
    runBare: (args, stdin = '') =>
      runOnce(shared, [...args, '--home', home], stdin, hubProgramCalls),
    pass: (durationMs) => {
      shared.nowMs += durationMs
    },
    meanwhile: (...steps) => {
      shared.meanwhile.push(...steps)
    },
    hubProgramEnds: (end) => {
      shared.hubProgramEnd = end
    },
    anotherDevice: () => lineWith(context, shared),
    begin: async () => {
      await runLine(['setup', '--name', 'Ada'], toBase64Url(shared.hub.setupToken))
      await runLine(['claim'], shared.lock.claimText)
    },
  }
}

async function runOnce(
  shared: Shared,
  args: readonly string[],
  stdin: string,
  hubProgramCalls: (readonly string[])[],
): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof written) => ({
    isTerminal: false,
    write: (text: string) => {
      written[name] += text
    },
  })
  const environment: Environment = {
    variables: {},
    homeFolder: '/nonexistent',
    hostName: 'laptop',
    userName: 'ada',
    timeZone: 'Europe/Berlin',
    version: '0.0.0',
    crypto: nodeSealCrypto,
    fetch: (url, init) => shared.hub.fetch(url, init),
    stdin: {
      isTerminal: false,
      readAll: () => Promise.resolve(stdin),
      readHidden: () => Promise.resolve(stdin),
    },
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    nowMs: () => shared.nowMs,
    wait: (durationMs) => {
      shared.nowMs += durationMs
      shared.meanwhile.shift()?.()
      return Promise.resolve()
    },
    runHubProgram: (given) => {
      hubProgramCalls.push(given)
      return Promise.resolve(shared.hubProgramEnd)
    },
  }
  const exitCode = await run(environment, args)
  const json: unknown = written.stdout.startsWith('{') ? JSON.parse(written.stdout) : undefined
  return { exitCode, ...written, json }
}
