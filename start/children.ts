import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { MortiseError } from '@mortise/protocol/errors'

export interface Program {
  /** What people read: "hub", "lock". */
  readonly name: string
  /** Module to run, relative to the repository. */
  readonly module: string
  readonly args: readonly string[]
  /** Where Node keeps what it has compiled of our modules, their entry included; of this user alone. */
  readonly codeCache: string
}

export interface RunningProgram {
  /** What the program's ready line said. */
  readonly ready: unknown
  /** Resolves when the program has ended. */
  readonly ended: Promise<number>
  /** Asks the program to end, and waits for it. */
  readonly stop: () => Promise<void>
}

/** A program says this, with JSON behind it, on its own line once it serves. */
const readyPrefix = 'ready '

/**
 * Starts one of our programs and waits until it says that it serves. Its log (stderr) goes to
 * `onLog`, so that the person sees what we print and not what programs tell each other.
 * @throws MortiseError `programEnded` when it ends instead of serving.
 */
export async function runProgram(
  program: Program,
  onLog: (line: string) => void,
): Promise<RunningProgram> {
  // Before Node makes it with the rights of the umask.
  mkdirSync(program.codeCache, { recursive: true, mode: 0o700 })
  const child = spawn(process.execPath, [program.module, ...program.args], {
    // The channel carries nothing: its end tells the program that we are gone, however we went.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: program.codeCache },
  })
  const ended = endOf(child)
  const lastLines: string[] = []
  onLine(child.stderr, (line) => {
    onLog(line)
    lastLines.push(line)
    if (lastLines.length > 5) lastLines.shift()
  })
  const ready = await Promise.race([readyLine(child), ended.then(() => undefined)])
  if (ready === undefined) throw programEnded(program.name, await ended, lastLines)
  return { ready, ended, stop: () => stop(child, ended) }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}

function onLine(input: ChildProcess['stdout'], handle: (line: string) => void): void {
  if (input !== null) createInterface({ input }).on('line', handle)
}

function readyLine(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    onLine(child.stdout, (line) => {
      if (line.startsWith(readyPrefix)) resolve(JSON.parse(line.slice(readyPrefix.length)))
    })
  })
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.exitCode === null) child.kill('SIGTERM')
  await ended
}

function programEnded(name: string, code: number, lines: readonly string[]): MortiseError {
  return new MortiseError('world', 'programEnded', `the ${name} ended (${code}) before it served`, {
    nextStep: lines.length === 0 ? 'Run it alone to see why.' : `It said last: ${lines.join(' ')}`,
  })
}
