import type { Command } from '#cli/command.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'

/** Has the hub's own program print a new setup link; only who can read its data folder can. */
export const setupLink: Command = {
  words: ['setup-link'],
  summary: "print a new setup link of the hub, on the hub's machine",
  operands: [],
  options: {
    data: { type: 'text', value: 'DIR', help: "the hub's data folder (the hub's own default)" },
  },
  details: ['The link is good once, for fifteen minutes, and only while the hub has no account.'],
  run: async ({ environment, given }): Promise<Result> => {
    const data = given.text('data')
    const args = ['setup-link', ...(data === undefined ? [] : ['--data', data])]
    const exitCode = await environment.runHubProgram(args)
    const done = exitCode === 0
    return {
      data: { hubExitCode: exitCode },
      lines: done ? [] : [line('The hub did not make a link.', 'bad')],
      exitCode,
    }
  },
}
