import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import type { Case } from '#proof/bench/statistics.ts'
import { startProgram } from '#proof/processes/program.ts'
import type { Program, ProgramOptions } from '#proof/processes/program.ts'

/** Node with an empty program in plain JavaScript, from its spawn to its end. */
export const bareNode: Case = {
  async run() {
    await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit')
  },
}

/** Something that is started again and again, each time when the last one has ended. */
export interface Starts {
  readonly case: Case
  readonly ended: () => Promise<void>
}

/**
 * The first start of all is not among the samples: it makes keys and compiles.
 * @param answers resolves when the program does what it is for
 */
function starts(options: ProgramOptions, answers: (program: Program) => Promise<unknown>): Starts {
  let running: Promise<unknown> = Promise.resolve()
  const ended = async (): Promise<void> => void (await running)
  return {
    case: {
      async run() {
        const program = startProgram(options)
        running = program.ready().then(() => program.signal('SIGTERM'))
        await answers(program)
      },
      before: ended,
    },
    ended,
  }
}

/** Node's code cache from the entry on, as `npm start` gives it to both programs. */
function codeCache(folder: string): Record<string, string> {
  return { NODE_COMPILE_CACHE: join(folder, 'code-cache') }
}

/** The lock's own program with the virtual door, until it answers the keypad. */
export function lockStart(folder: string, name: string, how: 'alone' | 'asNpmStart'): Starts {
  const data = resolve(folder, name)
  const args = ['--data', data, '--door-port', '0']
  const environment = how === 'alone' ? {} : codeCache(data)
  return starts({ name: 'lock', module: 'lock/main.ts', args, environment }, (lock) =>
    lock.line((line) => line.includes('keypadAnswers')),
  )
}

/** The hub's own program, until it says that it is there. */
export function hubStart(folder: string): Starts {
  const data = join(folder, 'start-up-hub')
  const args = ['--data', data, '--port', '0']
  const environment = codeCache(join(data, 'hub'))
  return starts({ name: 'hub', module: 'hub/main.ts', args, environment }, (hub) => hub.ready())
}
