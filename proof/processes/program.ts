import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { MortiseError } from '@mortise/protocol/errors'

export const repositoryRoot = join(import.meta.dirname, '..', '..')

export interface ProgramOptions {
  /** What people read in a failure: "hub", "lock". */
  readonly name: string
  /** Module to run, relative to the repository. */
  readonly module: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly folder?: string
  /** Written to standard input, which is closed after it. */
  readonly input?: string
}

/** How a program ended, with everything that it said. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Program {
  readonly name: string
  readonly pid: number | undefined
  readonly ended: Promise<Ended>
  readonly isRunning: () => boolean
  /** Both outputs in the order in which they came. */
  readonly log: () => string
  /** The first line that fits, of the past or of the future; rejects when the program ends without one. */
  readonly line: (fits: (line: string) => boolean) => Promise<string>
  /** What stands behind `ready ` on its own line. */
  readonly ready: () => Promise<unknown>
  readonly signal: (signal: NodeJS.Signals) => Promise<Ended>
  /** One message over the IPC channel and the answer to it; for programs that were made for tests. */
  readonly ask: (message: object) => Promise<unknown>
}

const readyPrefix = 'ready '
/** A program that was asked to end has nothing to do that takes longer. */
const patienceMs = 15_000

/** Starts one of our modules with the pinned Node. It is ended by `signal`, or by `endPrograms`. */
export function startProgram(options: ProgramOptions): Program {
  const { name, module, args = [], environment = {}, folder, input } = options
  const child = spawn(process.execPath, [join(repositoryRoot, module), ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: { ...environmentOfChild(), ...environment },
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  child.stdin?.on('error', () => {})
  child.stdin?.end(input ?? '')
  const { texts, line } = listen(child, name)
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout: texts.stdout.join('\n'), stderr: texts.stderr.join('\n') })
    })
  })
  return {
    name,
    pid: child.pid,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    log: () => texts.both.join('\n'),
    line,
    async ready() {
      const found = await line((each) => each.startsWith(readyPrefix))
      return JSON.parse(found.slice(readyPrefix.length))
    },
    async signal(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      const how = await ended
      clearTimeout(late)
      if (signal === 'SIGKILL' || how.signal !== 'SIGKILL') return how
      throw new MortiseError('world', 'programStays', `the ${name} did not end on ${signal}`)
    },
    async ask(message) {
      const answer = new Promise<unknown>((resolve) => void child.once('message', resolve))
      child.send(message)
      return Promise.race([answer, ended.then(() => Promise.reject(endedEarly(name, texts.both)))])
    },
  }
}

/** Runs a module to its end. */
export async function runProgram(options: ProgramOptions): Promise<Ended> {
  return startProgram(options).ended
}

/** No setting of the person who runs the tests may reach the programs. */
function environmentOfChild(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('MORTISE_') && name !== 'NODE_TEST_CONTEXT',
  )
  return Object.fromEntries(own)
}

function listen(child: ChildProcess, name: string) {
  const texts = {
    stdout: new Array<string>(),
    stderr: new Array<string>(),
    both: new Array<string>(),
  }
  const waiting = new Set<(line: string | undefined) => void>()
  for (const output of ['stdout', 'stderr'] as const) {
    const stream = child[output]
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (each) => {
      texts[output].push(each)
      texts.both.push(each)
      for (const tell of waiting) tell(each)
    })
  }
  child.once('close', () => {
    for (const tell of waiting) tell(undefined)
  })
  const line = (fits: (line: string) => boolean): Promise<string> => {
    const past = texts.both.find(fits)
    if (past !== undefined) return Promise.resolve(past)
    return new Promise((resolve, reject) => {
      const tell = (each: string | undefined): void => {
        if (each !== undefined && !fits(each)) return
        waiting.delete(tell)
        if (each === undefined) reject(endedEarly(name, texts.both))
        else resolve(each)
      }
      waiting.add(tell)
      if (child.exitCode !== null || child.signalCode !== null) tell(undefined)
    })
  }
  return { texts, line }
}

function endedEarly(name: string, lines: readonly string[]): MortiseError {
  const said =
    lines.length === 0 ? 'It said nothing.' : `It said last:\n${lines.slice(-20).join('\n')}`
  return new MortiseError('world', 'programEnded', `the ${name} ended early. ${said}`)
}
