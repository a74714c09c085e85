import type { CommandSpec, OptionSpec } from './spec.ts'
import { commonOptions } from './spec.ts'

const exitCodeLines = [
  'Exit codes: 0 done; 1 refused by the lock or the hub; 2 wrong command or input; 3 hub or lock',
  'not reached; 4 what was shown is not what the lock signed; 70 our mistake.',
]

/** The page of all commands. */
export function overview(commands: readonly CommandSpec[]): readonly string[] {
  const rows = commands.map((spec) => [synopsis(spec), spec.summary] as const)
  return [
    'mortise: your door, from the command line',
    '',
    ...columns(rows),
    '',
    'Options of every command',
    ...columns(optionRows(commonOptions)),
    '',
    ...exitCodeLines,
    'More: mortise help COMMAND',
  ]
}

/** The page of one command. */
export function explain(spec: CommandSpec): readonly string[] {
  const own = optionRows(spec.options)
  return [
    `mortise ${synopsis(spec)}`,
    `  ${spec.summary}`,
    ...(spec.details === undefined ? [] : ['', ...spec.details]),
    ...(own.length === 0 ? [] : ['', 'Options', ...columns(own)]),
    '',
    'Options of every command',
    ...columns(optionRows(commonOptions)),
  ]
}

function synopsis({ words, operands }: CommandSpec): string {
  const names = operands.map(({ name, optional }) => (optional === true ? `[${name}]` : name))
  return [...words, ...names].join(' ')
}

function optionRows(options: Readonly<Record<string, OptionSpec>>) {
  return Object.entries(options).map(([name, { value, help }]) => {
    return [value === undefined ? `--${name}` : `--${name} ${value}`, help] as const
  })
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
