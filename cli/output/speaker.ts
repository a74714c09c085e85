import { MortiseError } from '@mortise/protocol/errors'
import type { Sink } from '#cli/environment.ts'
import type { Json, Line, Note, Result, Tone } from './result.ts'
import { present } from './result.ts'

/** Says results and errors, as JSON or for people. */
export interface Speaker {
  note(note: Note): void
  /** Said at once, and only to people. */
  progress(text: string): void
  result(result: Result): void
  error(error: unknown): void
}

export interface SpeakerOptions {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly json: boolean
  readonly colour: boolean
}

/** SGR parameters of ECMA-48 section 8.3.117. */
const sgrByTone: Readonly<Record<Tone, string>> = {
  plain: '',
  good: '32',
  warn: '33',
  bad: '31',
  quiet: '2',
  strong: '1',
}

/** Colour only where somebody reads along, and never where https://no-color.org asks for none. */
export function wantsColour(
  sink: Sink,
  variables: Readonly<Record<string, string | undefined>>,
  noColour: boolean,
): boolean {
  const asked = variables['NO_COLOR']
  if (noColour || (asked !== undefined && asked !== '')) return false
  return sink.isTerminal && variables['TERM'] !== 'dumb'
}

export function createSpeaker(options: SpeakerOptions): Speaker {
  return options.json ? jsonSpeaker(options) : humanSpeaker(options)
}

function humanSpeaker({ stdout, stderr, colour }: SpeakerOptions): Speaker {
  const say = (sink: Sink, { tone, text }: Line) => {
    const sgr = colour && sink.isTerminal ? sgrByTone[tone] : ''
    const safe = printable(text)
    sink.write(sgr === '' ? `${safe}\n` : `\u001b[${sgr}m${safe}\u001b[0m\n`)
  }
  return {
    note: ({ message }) => say(stderr, { tone: 'warn', text: `Note: ${message}` }),
    progress: (text) => say(stderr, { tone: 'plain', text }),
    result: ({ lines }) => {
      for (const line of lines) say(stdout, line)
    },
    error: (error) => {
      const { code, message, nextStep } = describe(error)
      const sentence = nextStep === null ? `${message}.` : `${message}. ${nextStep}`
      say(stderr, { tone: 'bad', text: `${sentence} (${code})` })
    },
  }
}

function jsonSpeaker({ stdout }: SpeakerOptions): Speaker {
  const notes: Note[] = []
  const write = (members: Readonly<Record<string, Json | undefined>>) => {
    const noted = notes.map(({ code, message }) => ({ code, message }))
    const object = present({ v: 1, ...members, notes: noted.length === 0 ? undefined : noted })
    stdout.write(`${JSON.stringify(object)}\n`)
  }
  return {
    note: (note) => {
      notes.push(note)
    },
    progress: () => undefined,
    result: ({ data, exitCode = 0 }) => write({ ok: exitCode === 0, ...data }),
    error: (error) => write({ ok: false, error: present(describe(error)) }),
  }
}

interface Described extends Readonly<Record<string, Json | undefined>> {
  readonly code: string
  readonly message: string
  readonly nextStep: string | null
  readonly reason?: string
}

/** What of an error may be shown: never the stack, never the cause. */
function describe(error: unknown): Described {
  if (!(error instanceof MortiseError) || error.blame === 'bug') {
    return {
      code: error instanceof MortiseError ? error.code : 'internal',
      message: 'This is a mistake of Mortise itself',
      nextStep: 'Please report it with the command that you used (see SECURITY.md first).',
    }
  }
  const { code, message, nextStep = null } = error
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
  return { code, message, nextStep, ...(reason === undefined ? {} : { reason }) }
}

/**
 * Names come from other people: what could steer a terminal (CWE-150), or make a line read as
 * another one by its direction (CVE-2021-42574), is shown as a mark.
 */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '\ufffd')
}
