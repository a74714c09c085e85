import type { Command } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'

/** Settings of the hub that decide which data it uses and what the link begins with. */
const passedOn = ['data', 'config', 'origin'] as const

/** Has the hub's own program make a new setup link; only who can write its data folder can. */
export const setupLink: Command = {
  words: ['setup-link'],
  summary: "make a new setup link of the hub, on the hub's machine",
  operands: [],
  options: {
    data: { type: 'text', value: 'DIR', help: "the hub's data folder (the hub's own default)" },
    config: { type: 'text', value: 'FILE', help: "the hub's settings file" },
    origin: { type: 'text', value: 'URL', help: "the hub's origin, when it is not the default" },
  },
  details: [
    'The link is good once, for fifteen minutes, and only while the hub has no account. It voids',
    'the one before. Whoever has it becomes the first account, so it is printed and kept nowhere.',
  ],
  run: async (context): Promise<Result> => {
    const { exitCode, output } = await context.environment.runHubProgram(hubArguments(context))
    const link = output.split('\n').findLast((text) => URL.canParse(text) && text.includes('#'))
    if (exitCode === 0 && link !== undefined) {
      return {
        data: { link },
        lines: [line(link, 'strong'), line('Good once, for 15 minutes.', 'quiet')],
      }
    }
    if (exitCode === 0) {
      const nextStep = 'Have an owner add this device: mortise key shows what they need.'
      throw new CliError('setupRefused', 'The hub has an account already', nextStep)
    }
    const nextStep = 'See what the hub said above, and name its data folder with --data.'
    throw new CliError('hubProgramFailed', `The hub's program ended with ${exitCode}`, nextStep)
  },
}

function hubArguments({ given }: Context): readonly string[] {
  const settings = passedOn.flatMap((name) => {
    const value = given.text(name)
    return value === undefined ? [] : [`--${name}`, value]
  })
  return ['setup-link', ...settings]
}
