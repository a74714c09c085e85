import type { MatterChannel, User, Verb } from '@mortise/protocol/words'
import type { MatterDatabase, MatterUser } from '#core/matter/database.ts'

/** Seconds from 1970 to Matter's epoch, 2000-01-01T00:00. */
const matterEpochSeconds = 946_684_800

/** Matter's ExpiringUserTimeout, in minutes: a guest's stay over a weekend. */
const expiringUserTimeout = 2880

/** What users of this channel may do with the bolt, at the door as from afar. */
export function verbsOf(channel: MatterChannel): readonly Verb[] {
  switch (channel) {
    case 'closed':
      return []
    case 'lockOnly':
      return ['lock']
    case 'unlockWithPin':
    case 'unlock':
      return ['lock', 'unlock']
  }
}

/**
 * Matter's users in the words of the policy, so that one evaluation serves both. Nobody while the
 * channel is closed.
 */
export function matterUsers(database: MatterDatabase, channel: MatterChannel): readonly User[] {
  return channel === 'closed' ? [] : database.users.map((user) => asUser(user, channel))
}

function asUser(user: MatterUser, channel: MatterChannel): User {
  const { weekDaySchedules, yearDaySchedules } = user
  const follows = user.userType === 'scheduleRestrictedUser'
  return {
    id: user.id,
    name: user.userName === '' ? `Matter user ${user.userIndex}` : user.userName,
    role: 'guest',
    userStatus: user.userStatus,
    verbs: verbsOf(channel),
    credentials: user.credentials.map(({ id, createdAtMs }) => ({ type: 'pin', id, createdAtMs })),
    userType: user.userType,
    credentialRule: user.credentialRule,
    // A Matter administrator reaches the lock without the hub, so the hub's word limits nobody here.
    maxOfflineHours: 0,
    ...(user.userType === 'expiringUser' ? { expiringUserTimeout } : {}),
    ...(follows && weekDaySchedules.length > 0
      ? {
          weekDaySchedules: weekDaySchedules.map(({ daysMask, startMinute, endMinute }) => ({
            daysMask,
            startMinute,
            endMinute,
          })),
        }
      : {}),
    ...(follows && yearDaySchedules.length > 0
      ? { yearDaySchedules: yearDaySchedules.map(localSpan) }
      : {}),
  }
}

/** The end is a second in Matter and the last whole minute here: nobody gets in later than meant. */
function localSpan({
  localStartTime,
  localEndTime,
}: {
  readonly localStartTime: number
  readonly localEndTime: number
}) {
  return {
    startLocalMinute: Math.ceil((localStartTime + matterEpochSeconds) / 60),
    endLocalMinute: Math.max(0, Math.floor((localEndTime + matterEpochSeconds) / 60) - 1),
  }
}
