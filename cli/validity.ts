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
export function validityOf(
  { given, environment }: Context,
  { timeZone, contact }: Door,
): Validity | undefined {
  const [from, until, length] = [given.text('from'), given.text('until'), given.text('for')]
  if (until !== undefined && length !== undefined) {
    throw new CliError('usage', '--until and --for say the same', 'Use one of them.')
  }
  if (until === undefined && length === undefined) {
    if (from === undefined) return undefined
    throw new CliError('usage', '--from needs an end', 'Add --until or --for.')
  }
  // A code that is meant to work now must not wait for a lock whose clock is a little behind.
  const lockTimeMs = contact.sighting?.state.timeMs ?? Infinity
  const begunMs = Math.min(environment.nowMs(), lockTimeMs)
  const notBeforeMs = from === undefined ? begunMs : parseInstant(from, timeZone)
  const notAfterMs =
    until === undefined
      ? notBeforeMs + parseDurationMs(length ?? '')
      : parseInstant(until, timeZone)
  if (notAfterMs <= notBeforeMs || notAfterMs <= environment.nowMs()) {
    throw new CliError('badTime', 'It would end before it begins', 'Choose a later end.')
  }
  return { notBeforeMs, notAfterMs }
}
