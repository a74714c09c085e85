import { isTimeZone } from '@mortise/access'
import { limits } from '@mortise/protocol/limits'
import type { Role } from '@mortise/protocol/words'
import { roles } from '@mortise/protocol/words'
import { CliError } from '#cli/errors.ts'
import { parseDurationMs } from '#cli/texts/times.ts'

/** How a value says that there is none. */
export const off = 'off'

/** A value that a setting does not take. */
export function badValue(text: string, nextStep: string): CliError {
  return new CliError('badValue', `"${text}" cannot be set`, nextStep)
}

/** @throws CliError `badValue` */
export function readName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= limits.nameCharactersMax) return name
  throw badValue(text, `Write a name of 1 to ${limits.nameCharactersMax} characters.`)
}

/** @throws CliError `badValue` */
export function readTimeZone(text: string): string {
  if (isTimeZone(text)) return text
  throw badValue(text, 'Write a named time zone, such as Europe/Berlin.')
}

/**
 * Whole seconds, of a length such as `30s` or `2m`; `off` is 0 where the setting may be off.
 * @throws CliError `badTime`, `badValue`
 */
export function readSeconds(text: string, range: { readonly min: 0 | 1; readonly max: number }) {
  if (text === off && range.min === 0) return 0
  const seconds = parseDurationMs(text) / 1000
  if (seconds <= range.max) return seconds
  const orOff = range.min === 0 ? ', or off' : ''
  throw badValue(text, `Write a length of at most ${secondsText(range.max)}${orOff}.`)
}

/** @throws CliError `badValue` */
export function readCount(text: string, max: number): number {
  const count = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Infinity
  if (count <= max) return count
  throw badValue(text, `Write a number from 1 to ${max}.`)
}

/**
 * One of the words that a setting knows.
 * @throws CliError `badValue`
 */
export function readWord<Word extends string>(
  text: string,
  words: Readonly<Record<Word, string>>,
  all: readonly Word[],
): Word {
  const found = all.find((word) => words[word] === text)
  if (found !== undefined) return found
  throw badValue(text, `Use one of: ${all.map((word) => words[word]).join(', ')}.`)
}

/**
 * Whom quiet hours are for.
 * @throws CliError `badValue`
 */
export function readRoles(text: string): readonly Role[] {
  const quieted = roles.filter((role) => role !== 'owner')
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  const found = quieted.filter((role) => names.includes(role))
  if (found.length === names.length) return found
  throw badValue(text, `Quiet hours are for any of: ${quieted.join(', ')}; never for owners.`)
}

/** A length as it is typed: `30s`, `2m`, `1h`. */
export function secondsText(seconds: number): string {
  if (seconds === 0) return off
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
