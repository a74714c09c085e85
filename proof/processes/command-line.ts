import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { House } from './house.ts'
import { runProgram } from './program.ts'

export interface CommandLineAnswer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** What `--json` printed. */
  readonly json: () => Answered
}

/** Reads members of a JSON answer; a member that is not there fails the test. */
export interface Answered {
  readonly value: unknown
  readonly at: (...path: readonly (string | number)[]) => unknown
}

/** The command line of one person, with a home of its own. */
export type CommandLine = (words: readonly string[], input?: string) => Promise<CommandLineAnswer>

/** A machine of its own at the house's hub; every word is an argument as it stands. */
export function createCommandLine(house: House, owner: string): CommandLine {
  const home = join(house.folder, `home-${owner}`)
  return async (words, input = '') => {
    const ended = await runProgram({
      name: 'command line',
      module: 'cli/main.ts',
      args: words,
      environment: { MORTISE_HOME: home, MORTISE_HUB: house.hub.origin, TZ: 'Europe/Berlin' },
      input,
    })
    const { code, stdout, stderr } = ended
    return { code, stdout, stderr, json: () => answered(stdout) }
  }
}

/** Fails with everything that the command said. */
export function assertEnds(answer: CommandLineAnswer, code: number): void {
  const { stdout, stderr } = answer
  assert.equal(answer.code, code, `ended with ${answer.code}\n${stdout}\n${stderr}`)
}

function answered(text: string): Answered {
  const value: unknown = JSON.parse(text)
  return {
    value,
    at(...path) {
      let here = value
      for (const member of path) {
        assert.ok(typeof here === 'object' && here !== null, `${path.join('.')} in ${text}`)
        here = Reflect.get(here, member)
      }
      assert.notEqual(here, undefined, `${path.join('.')} in ${text}`)
      return here
    },
  }
}
