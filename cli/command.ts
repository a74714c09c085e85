import type { CommandSpec } from './arguments/spec.ts'
import type { Context } from './context.ts'
import type { Result } from './output/result.ts'

/** One verb of the command line. */
export interface Command extends CommandSpec {
  /** Does it. Throws MortiseError. */
  readonly run: (context: Context) => Promise<Result>
}

/** For the commands that are about one lock. */
export const lockOption = {
  lock: { type: 'text', value: 'NAME', help: 'which lock: its name, or the beginning of its id' },
} as const
