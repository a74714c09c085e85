import type { FetchLike } from '@mortise/protocol/rest'
import type { SealCrypto } from '@mortise/protocol/seal'

/** Where text goes. */
export interface Sink {
  write(text: string): void
  /** Somebody reads along; otherwise a file or a program does. */
  readonly isTerminal: boolean
}

/** Where input comes from. */
export interface Input {
  readonly isTerminal: boolean
  /** Everything up to the end. At most 64 KiB; longer input is refused. */
  readAll(): Promise<string>
  /** One line that is typed without being shown. Only on a terminal. */
  readHidden(prompt: string): Promise<string>
}

/** How a program ended, and what it wrote to standard output. */
export interface ProgramEnd {
  readonly exitCode: number
  readonly output: string
}

/** Everything outside of the command line; `main.ts` and the tests each make one. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly homeFolder: string
  readonly hostName: string
  readonly userName: string
  /** IANA name of this machine's time zone. */
  readonly timeZone: string
  readonly version: string
  readonly crypto: SealCrypto
  readonly fetch: FetchLike
  readonly stdin: Input
  readonly stdout: Sink
  readonly stderr: Sink
  nowMs(): number
  /** Resolves after so long. */
  wait(durationMs: number): Promise<void>
  /** Runs the hub's own program in this place with these arguments, until it ends. */
  runHubProgram(args: readonly string[]): Promise<ProgramEnd>
}
