import { doorSettings } from '@mortise/access'
import type { DoorSetting, DoorSettings } from '@mortise/access'
import { limits } from '@mortise/protocol/limits'
import type { FaceRule, MatterChannel, Role, WeekDaySchedule } from '@mortise/protocol/words'
import { faceRules, matterChannels } from '@mortise/protocol/words'
import { CliError } from '#cli/errors.ts'
import type { Json } from '#cli/output/result.ts'
import { present } from '#cli/output/result.ts'
import { formatWeekHours, parseWeekHours } from '#cli/texts/hours.ts'
import {
  off,
  readCount,
  readName,
  readSeconds,
  readTimeZone,
  readWord,
  secondsText,
} from './values.ts'

/** One setting of a door at the command line. */
interface SettingRow {
  readonly name: string
  /** What it is about, and what can be typed. */
  readonly meaning: string
  readonly values: string
  /** What somebody typed, as a change; `roles` are those of quiet hours. Throws CliError. */
  readonly read: (text: string, roles: readonly Role[]) => Partial<DoorSettings>
  /** As it could be typed again. */
  readonly text: (settings: DoorSettings) => string
}

const faceWords: Readonly<Record<FaceRule, string>> = {
  alone: 'alone',
  notAloneAtNight: 'not-at-night',
  neverAlone: 'never-alone',
}

const matterWords: Readonly<Record<MatterChannel, string>> = {
  closed: 'closed',
  lockOnly: 'lock-only',
  unlockWithPin: 'unlock-with-code',
  unlock: 'unlock',
}

/** A setting that is new in the policy has no row, and this does not compile. */
export const settingTable: Readonly<Record<DoorSetting, SettingRow>> = {
  doorName: {
    name: 'name',
    meaning: 'what people call the door',
    values: 'TEXT',
    read: (text) => ({ doorName: readName(text) }),
    text: ({ doorName }) => doorName,
  },
  timeZone: {
    name: 'time-zone',
    meaning: 'whose hours all times at the door are',
    values: 'Europe/Berlin, ...',
    read: (text) => ({ timeZone: readTimeZone(text) }),
    text: ({ timeZone }) => timeZone,
  },
  autoRelockTime: {
    name: 'auto-relock',
    meaning: 'locks itself so long after the door was closed',
    values: 'LENGTH or off',
    read: (text) => ({
      autoRelockTime: readSeconds(text, { min: 0, max: limits.autoRelockSecondsMax }),
    }),
    text: ({ autoRelockTime }) => secondsText(autoRelockTime),
  },
  passageSchedules: {
    name: 'passage-hours',
    meaning: 'hours in which the door stays unlocked once somebody has unlocked it',
    values: 'HOURS or off',
    read: (text) => ({ passageSchedules: text === off ? [] : parseWeekHours(text) }),
    text: ({ passageSchedules }) => hoursText(passageSchedules),
  },
  doorAjarSeconds: {
    name: 'door-ajar',
    meaning: 'warns when the door has been open for so long',
    values: 'LENGTH or off',
    read: (text) => ({
      doorAjarSeconds: readSeconds(text, { min: 0, max: limits.doorAjarSecondsMax }),
    }),
    text: ({ doorAjarSeconds }) => secondsText(doorAjarSeconds),
  },
  unlatchSeconds: {
    name: 'unlatch',
    meaning: 'for how long a pulled latch stays pulled',
    values: 'LENGTH',
    read: (text) => ({
      unlatchSeconds: readSeconds(text, { min: 1, max: limits.unlatchSecondsMax }),
    }),
    text: ({ unlatchSeconds }) => secondsText(unlatchSeconds),
  },
  quietHours: {
    name: 'quiet-hours',
    meaning: 'hours in which whole roles may not open; --roles says which',
    values: 'HOURS or off',
    read: (text, roles) => ({
      quietHours: text === off ? null : { schedules: parseWeekHours(text), roles },
    }),
    text: ({ quietHours }) =>
      quietHours === null
        ? off
        : `${hoursText(quietHours.schedules)} for ${quietHours.roles.join(', ')}`,
  },
  nightHours: {
    name: 'night-hours',
    meaning: 'what counts as night',
    values: 'HOURS',
    read: (text) => ({ nightHours: parseWeekHours(text) }),
    text: ({ nightHours }) => hoursText(nightHours),
  },
  faceRule: {
    name: 'face',
    meaning: 'whether a face opens the door by itself',
    values: Object.values(faceWords).join(', '),
    read: (text) => ({ faceRule: readWord(text, faceWords, faceRules) }),
    text: ({ faceRule }) => faceWords[faceRule],
  },
  wrongCodeEntryLimit: {
    name: 'wrong-codes',
    meaning: 'so many wrong codes lock the keypad',
    values: '1 to 255',
    read: (text) => ({ wrongCodeEntryLimit: readCount(text, limits.wrongCodeEntryLimitMax) }),
    text: ({ wrongCodeEntryLimit }) => String(wrongCodeEntryLimit),
  },
  userCodeTemporaryDisableTime: {
    name: 'keypad-pause',
    meaning: 'for how long the keypad is locked first; each time doubles it',
    values: 'LENGTH',
    read: (text) => ({
      userCodeTemporaryDisableTime: readSeconds(text, {
        min: 1,
        max: limits.userCodeTemporaryDisableSecondsMax,
      }),
    }),
    text: ({ userCodeTemporaryDisableTime }) => secondsText(userCodeTemporaryDisableTime),
  },
  matterChannel: {
    name: 'matter',
    meaning: 'how much a Matter controller may do',
    values: Object.values(matterWords).join(', '),
    read: (text) => ({ matterChannel: readWord(text, matterWords, matterChannels) }),
    text: ({ matterChannel }) => matterWords[matterChannel],
  },
}

/**
 * The setting that people call so.
 * @throws CliError `settingUnknown`
 */
export function findSetting(name: string): DoorSetting {
  const found = doorSettings.find((setting) => settingTable[setting].name === name)
  if (found !== undefined) return found
  const nextStep = 'See the names: mortise settings'
  throw new CliError('settingUnknown', `There is no setting "${name}"`, nextStep)
}

/** Every setting for programs: the words of the policy, hours as they are typed. */
export function settingsJson(settings: DoorSettings): Json {
  const { quietHours, nightHours, passageSchedules, ...plain } = settings
  return present({
    ...plain,
    quietHours:
      quietHours === null
        ? undefined
        : { hours: formatWeekHours(quietHours.schedules), roles: quietHours.roles },
    nightHours: formatWeekHours(nightHours),
    passageHours: passageSchedules.length === 0 ? undefined : formatWeekHours(passageSchedules),
  })
}

function hoursText(schedules: readonly WeekDaySchedule[]): string {
  return schedules.length === 0 ? off : formatWeekHours(schedules)
}
