import type { UserTerms } from '@mortise/keyholder'
import { withUserType } from '@mortise/keyholder'
import { limits } from '@mortise/protocol/limits'
import type { Context } from './context.ts'
import type { Door } from './door.ts'
import { CliError } from './errors.ts'
import { parseWeekHours } from './texts/hours.ts'
import { parseDurationMs } from './texts/times.ts'
import { validityOf, validityOptions } from './validity.ts'

/** How a command is told when and how often somebody may come. */
export const termsOptions = {
  ...validityOptions,
  weekly: {
    type: 'text',
    value: 'HOURS',
    help: 'hours at the door: "mon-fri 08:00-18:00, sat 22:00-06:00"',
  },
  once: { type: 'flag', help: 'opens once' },
  times: { type: 'text', value: 'N', help: 'opens so many times' },
  'first-use': {
    type: 'text',
    value: 'LENGTH',
    help: 'ends so long after the first opening: 30m, 2h',
  },
  'after-household': {
    type: 'flag',
    help: 'only on days on which somebody of the household has opened',
  },
} as const

const minuteMs = 60_000

/**
 * The terms on which somebody may come; none is always, as often as they like.
 * @throws CliError `usage`, `badTime`
 */
export function termsOf(context: Context, door: Door): UserTerms {
  const { given } = context
  const [weekly, firstUse, times] = [
    given.text('weekly'),
    given.text('first-use'),
    given.text('times'),
  ]
  const once = given.flag('once')
  if (once && times !== undefined) throw excluding('--once', '--times')
  if (once && firstUse !== undefined) throw excluding('--first-use', '--once')
  // A lock has one kind of user for each of these limits.
  if (weekly !== undefined && firstUse !== undefined) throw excluding('--first-use', '--weekly')
  const validity = validityOf(context, door)
  return withUserType({
    ...(validity === undefined ? {} : { validity }),
    ...(weekly === undefined ? {} : { weekDaySchedules: parseWeekHours(weekly) }),
    ...(firstUse === undefined ? {} : { expiringUserTimeout: minutes(firstUse) }),
    ...(times === undefined ? {} : { useLimit: count(times) }),
    ...(once ? { useLimit: 1 } : {}),
    ...(given.flag('after-household') ? { afterHousehold: true } : {}),
  })
}

/** Whether any of these options was given. */
export function givesTerms({ given }: Context): boolean {
  return Object.entries(termsOptions).some(([name, { type }]) =>
    type === 'flag' ? given.flag(name) : given.text(name) !== undefined,
  )
}

function excluding(one: string, other: string): CliError {
  return new CliError('usage', `${one} and ${other} do not go together`, 'Use one of them.')
}

function count(times: string): number {
  const wanted = /^[1-9][0-9]{0,6}$/.test(times) ? Number(times) : Infinity
  if (wanted <= limits.useLimitMax) return wanted
  throw new CliError('usage', `"${times}" is no number of times`, 'Write a number such as 5.')
}

function minutes(length: string): number {
  const wanted = parseDurationMs(length) / minuteMs
  if (Number.isInteger(wanted) && wanted <= limits.expiringUserMinutesMax) return wanted
  const most = `Use whole minutes, at most ${limits.expiringUserMinutesMax / 60}h.`
  throw new CliError('badTime', `"${length}" cannot be counted from the first use`, most)
}
