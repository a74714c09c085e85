import type { Opening } from '@mortise/access'
import { openingsOf } from '@mortise/access'
import { accessTimetable } from '@mortise/keyholder'
import type { TimeSpan } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import type { Door } from '#cli/door.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Json, Line, Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { findPerson, policyWithState } from '#cli/policy.ts'
import { formatInstant, isoInstant, parseInstant } from '#cli/texts/times.ts'
import { endMs, validityOptions } from '#cli/validity.ts'

const dayMs = 86_400_000
/** Every weekly pattern once. */
const usualMs = 7 * dayMs
/** A longer span is nothing that somebody reads, and takes long for thousands of people. */
const longestMs = 62 * dayMs

/** A timetable of who can open, by the functions that the lock decides with. */
export const who: Command = {
  words: ['who'],
  summary: 'who can open when: the coming week, or a span that you name',
  operands: [{ name: 'NAME', optional: true }],
  options: {
    ...lockOption,
    from: { ...validityOptions.from, help: 'from when, at the door (now)' },
    until: validityOptions.until,
    for: { ...validityOptions.for, help: 'for how long: 2h, 3d, 2w (1w)' },
  },
  details: [
    'Hours, rights and the mode decide it, as the lock would. How often somebody has opened is known',
    'to the lock alone: who has used up their times is still shown here. "explain NAME" says why.',
  ],
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const span = spanOf(context, door)
    const { reading, state } = await policyWithState(door)
    const [wanted] = context.given.operands
    const only = wanted === undefined ? {} : { userId: findPerson(reading, wanted).id }
    const rows = accessTimetable(reading, state, span, only).map((row) => ({
      user: row.user,
      openings: openingsOf(row),
    }))
    const { timeZone, name } = door
    const title = `Who can open ${name}, ${formatInstant(span.fromMs, timeZone)} until ${formatInstant(span.toMs, timeZone)}`
    return {
      data: {
        lockId: door.lockId,
        door: name,
        timeZone,
        from: isoInstant(span.fromMs),
        until: isoInstant(span.toMs),
        people: rows.map(({ user, openings }) => ({
          person: { id: toHex(user.id), name: user.name, role: user.role },
          openings: openings.map(openingJson),
        })),
      },
      lines: [
        line(title, 'quiet'),
        ...rows.flatMap(({ user, openings }): readonly Line[] => [
          line(user.name, 'strong'),
          ...openingLines(openings, span, timeZone),
        ]),
      ],
    }
  },
}

/** @throws CliError `usage`, `badTime` */
function spanOf(context: Context, door: Door): TimeSpan {
  const from = context.given.text('from')
  const fromMs =
    from === undefined ? context.environment.nowMs() : parseInstant(from, door.timeZone)
  const toMs = endMs(context, door.timeZone, fromMs) ?? fromMs + usualMs
  if (toMs - fromMs <= longestMs) return { fromMs, toMs }
  throw new CliError('badTime', 'That is too long a span', 'Ask for at most 62 days.')
}

function openingLines(
  openings: readonly Opening[],
  span: TimeSpan,
  timeZone: string,
): readonly Line[] {
  if (openings.length === 0) return [line('  never')]
  return openings.map(({ fromMs, toMs, withAnother }) => {
    const isWhole = fromMs === span.fromMs && toMs === span.toMs
    const times = `${formatInstant(fromMs, timeZone)} until ${formatInstant(toMs, timeZone)}`
    const another = withAnother ? ', with another way in' : ''
    return line(`  ${isWhole ? 'all the time' : times}${another}`)
  })
}

function openingJson({ fromMs, toMs, withAnother }: Opening): Json {
  return { from: isoInstant(fromMs), until: isoInstant(toMs), withAnother }
}
