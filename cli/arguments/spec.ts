/** One option of a command. */
export interface OptionSpec {
  readonly type: 'text' | 'flag'
  /** For help: what stands after the name, as in `--lock NAME`. */
  readonly value?: string
  readonly help: string
}

/** What a command takes. */
export interface CommandSpec {
  /** The words that name it: `code add`. */
  readonly words: readonly string[]
  readonly summary: string
  /** Names of what follows the words; the last may be marked optional. */
  readonly operands: readonly OperandSpec[]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Lines for `mortise help WORDS`, beyond summary and options. */
  readonly details?: readonly string[]
}

export interface OperandSpec {
  readonly name: string
  readonly optional?: true
}

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  hub: {
    type: 'text',
    value: 'URL',
    help: 'address of the hub (MORTISE_HUB, or the one used last)',
  },
  home: {
    type: 'text',
    value: 'DIR',
    help: "folder of this device's key and memory (MORTISE_HOME)",
  },
  json: { type: 'flag', help: 'answer as one JSON object' },
  'no-color': { type: 'flag', help: 'no colour (NO_COLOR does the same)' },
  'plain-http': { type: 'flag', help: 'allow http to a hub on another machine' },
  help: { type: 'flag', help: 'explain the command' },
}

/** What was given to a command, checked against its spec. */
export interface Given {
  readonly operands: readonly string[]
  /** The value of a text option. */
  text(name: string): string | undefined
  flag(name: string): boolean
}
