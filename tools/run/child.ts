import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { repositoryRoot } from '#tools/source/tree.ts'

const GRACE_MS = 5_000
const running = new Set<ChildProcess>()
let interruptedBy: NodeJS.Signals | undefined

/** How a child ended. `missing`: the program does not exist. */
export type Ending = 'ok' | 'failed' | 'missing'

/**
 * Runs a program with our output as its output. The tools of this repository come first in its
 * PATH, so that it meets the pinned Node whatever started us.
 */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly folder?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<Ending> {
  if (interruptedBy) return Promise.resolve('failed')
  const tools = join(repositoryRoot, 'node_modules', '.bin')
  const child = spawn(program, args, {
    cwd: join(repositoryRoot, options.folder ?? '.'),
    env: {
      ...process.env,
      PATH: `${tools}${delimiter}${process.env.PATH ?? ''}`,
      ...options.environment,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own: what the child starts can be ended together with it.
    detached: true,
  })
  running.add(child)
  return new Promise((resolve) => {
    const end = (ending: Ending): void => {
      running.delete(child)
      resolve(ending)
    }
    child.once('error', () => end('missing'))
    child.once('exit', (code) => end(code === 0 ? 'ok' : 'failed'))
  })
}

/** Whether somebody has asked us to stop. */
export function isInterrupted(): boolean {
  return interruptedBy !== undefined
}

/** From here on an interrupt ends every child with all that it started, and then us. */
export function endChildrenOnInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruptedBy = signal
      process.exitCode = 128 + constants.signals[signal]
      for (const child of running) endGroup(child)
    })
  }
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM')
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
  child.once('exit', () => {
    clearTimeout(force)
    // Whatever ignored the polite signal has lost its parent by now.
    signalGroup(child, 'SIGKILL')
  })
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already, which is what we want.
  }
}
