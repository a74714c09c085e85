import type {
  Credential,
  CredentialRule,
  FaceRule,
  MatterChannel,
  Policy,
  Role,
  User,
  UserType,
  WeekDaySchedule,
} from '@mortise/protocol/words'

/** What a policy means where it says nothing. Everybody who shows a policy reads it through these. */

export function userTypeOf(user: User): UserType {
  return user.userType ?? 'unrestrictedUser'
}

/** Whether it opens as if nothing were wrong and tells the owners silently. */
export function isDuress(credential: Credential): boolean {
  return 'duress' in credential && credential.duress
}

export function credentialRuleOf(user: User): CredentialRule {
  return user.credentialRule ?? 'single'
}

/** How many credentials a rule wants. */
export const credentialsWanted: Readonly<Record<CredentialRule, number>> = {
  single: 1,
  dual: 2,
  tri: 3,
}

/** A guest whose key was revoked yesterday must not come in today because somebody cut a cable. */
export const guestOfflineHours = 24

/** Hours without word from the hub until the person is refused; undefined is no limit. */
export function offlineHoursOf(user: User): number | undefined {
  const hours = user.maxOfflineHours ?? (user.role === 'guest' ? guestOfflineHours : 0)
  return hours === 0 ? undefined : hours
}

/** How often the person may open; undefined is as often as they like. */
export function useLimitOf(user: User): number | undefined {
  return userTypeOf(user) === 'disposableUser' ? 1 : user.useLimit
}

const everyDay = 0b111_1111
/** 22:00 until the end of 05:59. */
const usualNight: readonly WeekDaySchedule[] = [
  { daysMask: everyDay, startMinute: 22 * 60, endMinute: 6 * 60 - 1 },
]

export function nightHoursOf({ settings }: Policy): readonly WeekDaySchedule[] {
  return settings.nightHours ?? usualNight
}

/** When a face opens the door by itself. */
export function faceRuleOf({ settings }: Policy): FaceRule {
  return settings.faceRule ?? 'notAloneAtNight'
}

/** Seconds until an open door is ajar; 0 is never. */
export function doorAjarSecondsOf({ settings }: Policy): number {
  return settings.doorAjarSeconds ?? 0
}

export function matterChannelOf({ matterChannel }: Policy): MatterChannel {
  return matterChannel ?? 'closed'
}

/** Those whose coming opens the day for people who come after the household. */
export function isHousehold(role: Role): boolean {
  return role === 'owner' || role === 'manager' || role === 'resident'
}

/** Seconds for which the latch stays pulled. */
const usualUnlatchSeconds = 5

export function unlatchSecondsOf({ settings }: Policy): number {
  return settings.unlatchSeconds ?? usualUnlatchSeconds
}
