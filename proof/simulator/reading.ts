import type { Policy, User, Verb, WeekDaySchedule } from '@mortise/protocol/words'
import { bytesEqual } from '@mortise/protocol/wire'

/** Whoever holds a credential in a policy, by looking through all of it. */
export function holderIn(policy: Policy, credentialId: Uint8Array): User | undefined {
  return policy.users.find(({ credentials }) =>
    credentials.some(({ id }) => bytesEqual(id, credentialId)),
  )
}

/** What has to be known beside the policy. */
export interface Circumstances {
  /** Lock time. */
  readonly timeMs: number
  readonly uses: number
  /** Since the lock last had reason to think that its policy is the newest. */
  readonly offlineMs: number
}

const hourMs = 3_600_000

/**
 * Why a person may not open, in the obvious reading of the policy; undefined: they may. Written
 * apart from the product's own, and only for what simulated people have in their policies.
 */
export function objection(
  policy: Policy,
  user: User,
  verb: Verb,
  { timeMs, uses, offlineMs }: Circumstances,
): string | undefined {
  if (user.userStatus !== 'occupiedEnabled') return 'disabled'
  if (!user.verbs.includes(verb)) return 'verb'
  if (user.validity !== undefined && timeMs < user.validity.notBeforeMs) return 'too early'
  if (user.validity !== undefined && timeMs >= user.validity.notAfterMs) return 'too late'
  const { weekDaySchedules } = user
  if (verb !== 'lock' && user.userType === 'weekDayScheduleUser') {
    const open = weekDaySchedules?.some((one) => isWithin(one, timeMs, policy.timeZone)) ?? false
    if (!open) return 'schedule'
  }
  if (verb !== 'lock' && user.userType === 'disposableUser' && uses > 0) return 'used up'
  const hours = user.maxOfflineHours ?? (user.role === 'guest' ? 24 : 0)
  if (verb !== 'lock' && hours > 0 && offlineMs > hours * hourMs) return 'offline'
  return undefined
}

/** By the clock on the wall behind the door. */
function isWithin(schedule: WeekDaySchedule, timeMs: number, timeZone: string): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timeZone)
  const minute = wall.hour * 60 + wall.minute
  const isOn = (day: number): boolean => (schedule.daysMask & (1 << (day % 7))) !== 0
  const { startMinute, endMinute } = schedule
  if (startMinute <= endMinute) {
    return isOn(wall.dayOfWeek) && minute >= startMinute && minute <= endMinute
  }
  const isEvening = isOn(wall.dayOfWeek) && minute >= startMinute
  return isEvening || (isOn(wall.dayOfWeek + 6) && minute <= endMinute)
}
