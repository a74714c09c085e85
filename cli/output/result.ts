/** What JSON can carry. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json }

/** How a line is meant, for its colour. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'quiet' | 'strong'

export interface Line {
  readonly tone: Tone
  readonly text: string
}

/** Something beside the result that a person should know. */
export interface Note {
  readonly code: string
  readonly message: string
}

/** What a command has found out or done. */
export interface Result {
  /** The members of the JSON object, beside `ok` and `notes`. Names are stable. */
  readonly data: { readonly [name: string]: Json }
  /** The same for people. */
  readonly lines: readonly Line[]
  /** 0 when not said. */
  readonly exitCode?: number
}

export function line(text: string, tone: Tone = 'plain'): Line {
  return { tone, text }
}

/** Leaves out members that are undefined, which JSON cannot say. */
export function present(members: Readonly<Record<string, Json | undefined>>): {
  readonly [name: string]: Json
} {
  const entries: [string, Json][] = []
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) entries.push([name, value])
  }
  return Object.fromEntries(entries)
}
