import { explain, overview } from './arguments/help.ts'
import { findCommand, leadingWords, parseGiven } from './arguments/parse.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import { createContext } from './context.ts'
import type { Environment } from './environment.ts'
import { CliError } from './errors.ts'
import { exitCodeOf } from './exit-codes.ts'
import { line } from './output/result.ts'
import type { Speaker } from './output/speaker.ts'
import { createSpeaker, wantsColour } from './output/speaker.ts'

/** Runs one command line and resolves with its exit code. Never rejects. */
export async function run(environment: Environment, args: readonly string[]): Promise<number> {
  const speaker = speakerFor(environment, args)
  try {
    return await runChecked(environment, args, speaker)
  } catch (error) {
    speaker.error(error)
    return exitCodeOf(error)
  }
}

/** How to speak must be known before the arguments are: their mistakes are spoken, too. */
function speakerFor(environment: Environment, args: readonly string[]): Speaker {
  const { stdout, stderr, variables } = environment
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  const colour = wantsColour(stdout, variables, options.includes('--no-color'))
  return createSpeaker({ stdout, stderr, json: options.includes('--json'), colour })
}

async function runChecked(
  environment: Environment,
  args: readonly string[],
  speaker: Speaker,
): Promise<number> {
  const [first, ...more] = leadingWords(args)
  if (first === undefined && args.includes('--version')) {
    return show(speaker, [`mortise ${environment.version}`], 'version')
  }
  if (args.length === 0 || first === 'help') return help(more, speaker)
  const found = findCommand(commands, args)
  if (found === undefined) {
    if (args.includes('--help')) return help([], speaker)
    throw unknownCommand(first ?? args[0] ?? '')
  }
  const { command, rest } = found
  if (rest.includes('--help')) return show(speaker, explain(command), 'help')
  return runCommand(environment, command, rest, speaker)
}

async function runCommand(
  environment: Environment,
  command: Command,
  rest: readonly string[],
  speaker: Speaker,
): Promise<number> {
  const context = createContext(environment, parseGiven(command, rest), speaker)
  try {
    const result = await command.run(context)
    speaker.result(result)
    return result.exitCode ?? 0
  } finally {
    context.close()
  }
}

function help(words: readonly string[], speaker: Speaker): number {
  if (words.length === 0) return show(speaker, overview(commands), 'help')
  const found = commands.filter((command) => words.every((word, at) => command.words[at] === word))
  if (found.length === 0) throw unknownCommand(words.join(' '))
  return show(
    speaker,
    found.flatMap((command) => [...explain(command), '']),
    'help',
  )
}

function show(speaker: Speaker, texts: readonly string[], name: string): number {
  speaker.result({ data: { [name]: texts.join('\n') }, lines: texts.map((text) => line(text)) })
  return 0
}

function unknownCommand(words: string): CliError {
  return new CliError('usage', `There is no command "${words}"`, 'See them all: mortise help')
}
