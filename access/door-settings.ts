import type {
  MatterChannel,
  Policy,
  PolicySettings,
  QuietHours,
  WeekDaySchedule,
} from '@mortise/protocol/words'
import {
  doorAjarSecondsOf,
  faceRuleOf,
  matterChannelOf,
  nightHoursOf,
  unlatchSecondsOf,
} from '#access/rules.ts'
import { everyOf } from '#access/every-of.ts'
import { sameContent } from '#access/same-content.ts'

/**
 * What holds for a door whoever comes, with what is in force where the policy says nothing.
 */
export interface DoorSettings extends Required<Omit<PolicySettings, 'quietHours'>> {
  readonly doorName: string
  /** IANA name. */
  readonly timeZone: string
  /** `null`: everybody may open at any hour that is theirs. */
  readonly quietHours: QuietHours | null
  readonly matterChannel: MatterChannel
  /** Hours in which the door, once unlocked, stays so; empty: never. */
  readonly passageSchedules: readonly WeekDaySchedule[]
}

export type DoorSetting = keyof DoorSettings

/** In the order in which people read them. */
export const doorSettings = everyOf<DoorSetting>()(
  'doorName',
  'timeZone',
  'autoRelockTime',
  'passageSchedules',
  'doorAjarSeconds',
  'unlatchSeconds',
  'quietHours',
  'nightHours',
  'faceRule',
  'wrongCodeEntryLimit',
  'userCodeTemporaryDisableTime',
  'matterChannel',
)

export function doorSettingsOf(policy: Policy): DoorSettings {
  const { doorName, timeZone, settings, passageSchedules = [] } = policy
  return {
    doorName,
    timeZone,
    autoRelockTime: settings.autoRelockTime,
    wrongCodeEntryLimit: settings.wrongCodeEntryLimit,
    userCodeTemporaryDisableTime: settings.userCodeTemporaryDisableTime,
    quietHours: settings.quietHours ?? null,
    nightHours: nightHoursOf(policy),
    faceRule: faceRuleOf(policy),
    unlatchSeconds: unlatchSecondsOf(policy),
    doorAjarSeconds: doorAjarSecondsOf(policy),
    matterChannel: matterChannelOf(policy),
    passageSchedules,
  }
}

/** The settings that mean something else; what only spells a default out means the same. */
export function changedSettings(before: DoorSettings, after: DoorSettings): readonly DoorSetting[] {
  return doorSettings.filter((setting) => !sameContent(before[setting], after[setting]))
}
