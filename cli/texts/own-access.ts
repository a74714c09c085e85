import { expiresAtMs } from '@mortise/access'
import type { OwnKnowledge } from '@mortise/keyholder'
import { momentOf, ownForecast } from '@mortise/keyholder'
import type { OwnAccess, State, YearDaySchedule } from '@mortise/protocol/words'
import type { Json, Line } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { formatWeekHours } from './hours.ts'
import { limitTexts, termsJson, validityText, wallMinute } from './people.ts'
import { formatInstant, isoInstant } from './times.ts'

/** What the lock told of this device's person, as JSON. */
export function ownAccessJson(own: OwnKnowledge, state: State): Json {
  const { access } = own
  const moment = momentNow(own, state)
  return present({
    name: access.userName,
    role: access.role,
    verbs: access.verbs,
    ...termsJson(access),
    holidays: access.holidays?.map((holiday) => ({ ...stretchOf(holiday) })),
    quietHours: access.quietHours && formatWeekHours(access.quietHours),
    timesUsed: access.uses,
    firstUseEnds: instant(expiresAtMs(access, access)),
    opensNow: moment?.opens,
    changesAt: instant(moment?.changesAtMs),
  })
}

/** The same for people: nothing for somebody who may come at any time. */
export function ownAccessLines(own: OwnKnowledge, state: State): readonly Line[] {
  const { access } = own
  if (access.verbs.length === 0) return [line('You may not open this door.', 'warn')]
  const limits = limitsOf(access)
  if (limits.length === 0) return []
  const zone = `hours at the door, ${access.timeZone}`
  return [line(`Your access: ${limits.join('; ')} (${zone})`), ...momentLines(own, state)]
}

function limitsOf(access: OwnAccess): readonly string[] {
  const { timeZone, validity, quietHours, holidays, useLimit, uses = 0 } = access
  const endsMs = expiresAtMs(access, access)
  return [
    ...(validity === undefined ? [] : [validityText(validity, timeZone)]),
    ...limitTexts(access),
    ...(useLimit === undefined ? [] : [`${Math.max(0, useLimit - uses)} left`]),
    ...(endsMs === undefined ? [] : [`until ${formatInstant(endsMs, timeZone)}`]),
    ...(holidays === undefined ? [] : [`holidays: ${holidays.map(stretchText).join(', ')}`]),
    ...(quietHours === undefined ? [] : [`not ${formatWeekHours(quietHours)}`]),
  ]
}

function momentLines(own: OwnKnowledge, state: State): readonly Line[] {
  const moment = momentNow(own, state)
  if (moment === undefined) return []
  const { opens, changesAtMs } = moment
  const at = changesAtMs === undefined ? undefined : formatInstant(changesAtMs, own.access.timeZone)
  if (opens) {
    return [
      line(at === undefined ? 'It opens for you now' : `It opens for you until ${at}`, 'good'),
    ]
  }
  return [line(at === undefined ? 'It does not open for you' : `It opens for you at ${at}`, 'warn')]
}

/** By the lock's own clock, which is the one that decides; unknown while the lock doubts it. */
function momentNow(own: OwnKnowledge, state: State) {
  const { timeMs, timeCertain } = state
  return timeCertain ? momentOf(ownForecast(own, state, timeMs), timeMs) : undefined
}

function stretchOf({ startLocalMinute, endLocalMinute }: YearDaySchedule) {
  return { from: wallMinute(startLocalMinute), until: wallMinute(endLocalMinute + 1) }
}

function stretchText(stretch: YearDaySchedule): string {
  const { from, until } = stretchOf(stretch)
  return `${from} until ${until}`
}

function instant(instantMs: number | undefined): string | undefined {
  return instantMs === undefined ? undefined : isoInstant(instantMs)
}
