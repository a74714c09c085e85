import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startProgram } from '#proof/processes/program.ts'
import type { Case } from '#proof/bench/statistics.ts'

/** Node with an empty program in plain JavaScript, from its spawn to its end. */
export const bareNode: Case = {
  async run() {
    await once(spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }), 'exit')
  },
}

/**
 * The lock's own program with the virtual door, from its spawn until it answers the keypad. The
 * first start of all is not among the samples: it makes keys and compiles.
 */
export function lockStart(folder: string): Case {
  return {
    async run() {
      const args = ['--data', join(folder, 'start-up'), '--door-port', '0']
      const lock = startProgram({ name: 'lock', module: 'lock/main.ts', args })
      running = lock.ready().then(() => lock.signal('SIGTERM'))
      await lock.line((line) => line.includes('keypadAnswers'))
    },
    before: async () => void (await running),
  }
}

let running: Promise<unknown> = Promise.resolve()

/** Waits for the last lock that was started. */
export async function lockStopped(): Promise<void> {
  await running
}
