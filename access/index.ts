/** What a policy means, for the lock that decides and for everybody who shows it. */
export { decide, isOpening } from './decide.ts'
export type { AccessRequest, Action, Decision } from './decide.ts'
export { explain } from './explain.ts'
export type { Explanation } from './explain.ts'
export { channelOf, openingsOf, whoCanOpen } from './timetable.ts'
export type { AccessSpan, Opening, PersonTimetable } from './timetable.ts'
export { ownAccessOf, policyOfOwn, usageOfOwn } from './own-access.ts'
export { effectiveMode, maySetMode, modeObjection } from './modes.ts'
export type { Channel } from './modes.ts'
export {
  credentialsWanted,
  doorAjarSecondsOf,
  guestOfflineHours,
  isDuress,
  isHousehold,
  matterChannelOf,
  unlatchSecondsOf,
  userTypeOf,
} from './rules.ts'
export { changedSettings, doorSettings, doorSettingsOf } from './door-settings.ts'
export type { DoorSetting, DoorSettings } from './door-settings.ts'
export { inAnyWeekDaySchedule } from './schedule.ts'
export { dayRunsOf, daysOfWeek } from './week.ts'
export { noUsage, plainSituation } from './situation.ts'
export type { Moment, Situation, Usage } from './situation.ts'
export { expiresAtMs } from './when.ts'
export { minutesPerDay, temporalWallClock } from './wall-clock.ts'
export type { WallClock } from './wall-clock.ts'
export { holderOf, viewPolicy } from './policy-view.ts'
export type { Holder, PolicyView } from './policy-view.ts'
export { authorizeChange, needsInsideButton } from './change.ts'
export { changedFields, difference, sameSecret } from './difference.ts'
export { sameContent } from './same-content.ts'
export { isTimeZone } from './time-zone.ts'
export type { Change, UserField } from './difference.ts'
export { isWithin, reachesBeyond } from './within.ts'
export {
  findFlaw,
  hasRelyingParty,
  isLastingOwner,
  marksOf,
  policyFault,
  policyFlaws,
} from './validate-policy.ts'
export type { FoundFlaw, PolicyFlaw } from './validate-policy.ts'
