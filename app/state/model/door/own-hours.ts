import type { OwnForecast } from '@mortise/keyholder'
import type { OwnAccess } from '@mortise/protocol/words'

/** The limits under which this person may come, by the lock's word, and what follows from them. */
export interface OwnHours {
  readonly access: OwnAccess
  readonly forecast: OwnForecast
}

/** Whether more than the span of their validity limits when or how often somebody may come. */
export function isLimited(access: OwnAccess): boolean {
  return (
    access.weekDaySchedules !== undefined ||
    access.yearDaySchedules !== undefined ||
    access.holidays !== undefined ||
    access.quietHours !== undefined ||
    access.useLimit !== undefined ||
    access.expiringUserTimeout !== undefined ||
    access.afterHousehold !== undefined
  )
}
