/**
 * Whose fault it is. `bug`: ours, never shown as the person's mistake. `caller`: the input was
 * wrong and repeating it will not help. `world`: a disk, a network or a device let us down and
 * trying again may.
 */
export type Blame = 'bug' | 'caller' | 'world'

export interface MortiseErrorOptions {
  /** What the person can do now, as a sentence without jargon. */
  readonly nextStep?: string
  readonly cause?: unknown
}

/**
 * The one base class of every error that Mortise throws. Callers switch on `code`, a stable string
 * that is part of the public surface; `message` is for the log and never holds a secret.
 */
export class MortiseError<Code extends string = string> extends Error {
  override readonly name: string = 'MortiseError'
  readonly blame: Blame
  readonly code: Code
  readonly nextStep: string | undefined

  constructor(blame: Blame, code: Code, message: string, options: MortiseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.blame = blame
    this.code = code
    this.nextStep = options.nextStep
  }
}

/**
 * States what must hold if our own code is right.
 * @throws MortiseError `invariant` (bug) when it does not.
 */
export function assertInvariant(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new MortiseError('bug', 'invariant', sentence)
}

/** Marks the branch that the types rule out, so that a new union member fails to compile here. */
export function unreachable(value: never): never {
  throw new MortiseError('bug', 'unreachable', `unreachable value of type ${typeof value}`)
}
