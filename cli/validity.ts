import type { Validity } from '@mortise/protocol/words'
import type { Context } from './context.ts'
import type { Door } from './door.ts'
import { CliError } from './errors.ts'
import { parseDurationMs, parseInstant } from './texts/times.ts'

/** How a command is told when somebody may come. */
export const validityOptions = {
  from: { type: 'text', value: 'TIME', help: 'from when, at the door: 2026-10-25T14:00 (now)' },
  until: { type: 'text', value: 'TIME', help: 'until when, at the door' },
  for: { type: 'text', value: 'LENGTH', help: 'for how long: 90m, 2h, 3d, 1w' },
} as const

/**
 * When somebody may come; undefined is always.
 * @throws CliError `usage`, `badTime`
 */
export function validityOf(context: Context, { timeZone, contact }: Door): Validity | undefined {
  const { given, environment } = context
  const from = given.text('from')
  // A code that is meant to work now must not wait for a lock whose clock is a little behind.
  const lockTimeMs = contact.sighting?.state.timeMs ?? Infinity
  const begunMs = Math.min(environment.nowMs(), lockTimeMs)
  const notBeforeMs = from === undefined ? begunMs : parseInstant(from, timeZone)
  const notAfterMs = endMs(context, timeZone, notBeforeMs)
  if (notAfterMs !== undefined) return { notBeforeMs, notAfterMs }
  if (from === undefined) return undefined
  throw new CliError('usage', '--from needs an end', 'Add --until or --for.')
}

/** How a command is told when something that begins now ends. */
export const endOptions = {
  until: validityOptions.until,
  for: { ...validityOptions.for, help: 'for how long: 30m, 2h, 3d, 1w' },
} as const

/**
 * When something that begins now ends; undefined is never.
 * @throws CliError `usage`, `badTime`
 */
export function endOf(context: Context, { timeZone }: Door): number | undefined {
  return endMs(context, timeZone, context.environment.nowMs())
}

/**
 * The end that a command was told, of something that begins at `begunMs`; undefined is none.
 * @throws CliError `usage`, `badTime`
 */
export function endMs(
  { given, environment }: Context,
  timeZone: string,
  begunMs: number,
): number | undefined {
  const [until, length] = [given.text('until'), given.text('for')]
  if (until !== undefined && length !== undefined) {
    throw new CliError('usage', '--until and --for say the same', 'Use one of them.')
  }
  if (until === undefined && length === undefined) return undefined
  const atMs =
    until === undefined ? begunMs + parseDurationMs(length ?? '') : parseInstant(until, timeZone)
  if (atMs > begunMs && atMs > environment.nowMs()) return atMs
  throw new CliError('badTime', 'It would end before it begins', 'Choose a later end.')
}
