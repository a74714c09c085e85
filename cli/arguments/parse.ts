import { parseArgs } from 'node:util'
import { CliError } from '#cli/errors.ts'
import type { CommandSpec, Given, OptionSpec } from './spec.ts'
import { commonOptions } from './spec.ts'

/** Finds the command that the first words name; the longest match wins. */
export function findCommand<Spec extends CommandSpec>(
  commands: readonly Spec[],
  args: readonly string[],
): { readonly command: Spec; readonly rest: readonly string[] } | undefined {
  const words = leadingWords(args)
  const matching = commands.filter(({ words: own }) => own.every((word, at) => words[at] === word))
  const [command] = matching.toSorted((left, right) => right.words.length - left.words.length)
  if (command === undefined) return undefined
  return { command, rest: withoutFirstWords(args, command.words.length) }
}

/** The words of a command line, without options and their values. */
export function leadingWords(args: readonly string[]): readonly string[] {
  const { positionals } = parseArgs({
    args: [...args],
    options: parserOptions(commonOptions),
    strict: false,
    allowPositionals: true,
  })
  return positionals
}

function withoutFirstWords(args: readonly string[], count: number): readonly string[] {
  const { tokens } = parseArgs({
    args: [...args],
    options: parserOptions(commonOptions),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const positions = tokens.filter(({ kind }) => kind === 'positional').slice(0, count)
  const indexes = new Set(positions.map(({ index }) => index))
  return args.filter((_, index) => !indexes.has(index))
}

/**
 * Checks arguments against a command.
 * @throws CliError `usage`
 */
export function parseGiven(spec: CommandSpec, args: readonly string[]): Given {
  const { values, positionals } = parseStrictly(spec, args)
  const required = spec.operands.filter(({ optional }) => optional !== true)
  const missing = required[positionals.length]
  if (missing !== undefined) throw usage(spec, `${missing.name} is missing`)
  const surplus = positionals[spec.operands.length]
  if (surplus !== undefined) throw usage(spec, surplusText(spec, surplus))
  return {
    operands: positionals,
    text: (name) => {
      const value = values[name]
      return typeof value === 'string' ? value : undefined
    },
    flag: (name) => values[name] === true,
  }
}

/** Where no word belongs at all, somebody may have given a secret, which is not said back. */
function surplusText({ operands }: CommandSpec, surplus: string): string {
  return operands.length === 0
    ? 'It takes no words, only options'
    : `"${surplus}" is one word too many`
}

function parseStrictly(spec: CommandSpec, args: readonly string[]) {
  const options = parserOptions({ ...commonOptions, ...spec.options })
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : 'unreadable'
    throw usage(spec, message, cause)
  }
}

function parserOptions(specs: Readonly<Record<string, OptionSpec>>) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type }]) => {
      return [name, { type: type === 'flag' ? ('boolean' as const) : ('string' as const) }]
    }),
  )
}

function usage(spec: CommandSpec, message: string, cause?: unknown): CliError {
  const nextStep = `Run: mortise help ${spec.words.join(' ')}`
  return new CliError('usage', message, nextStep, cause)
}
