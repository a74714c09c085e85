import type { DoorSetting } from '@mortise/access'
import type { FaceRule, MatterChannel } from '@mortise/protocol/words'
import type { HolidayProblem, RuleProblem } from '#app/state/model/access/rules-view.ts'

const titles: Readonly<Record<DoorSetting, string>> = {
  doorName: 'Name',
  timeZone: 'Time zone',
  autoRelockTime: 'Locks itself',
  passageSchedules: 'Stays unlocked',
  doorAjarSeconds: 'Warns when left open',
  unlatchSeconds: 'The latch stays pulled',
  quietHours: 'Quiet hours',
  nightHours: 'Night',
  faceRule: 'Faces',
  wrongCodeEntryLimit: 'Wrong codes until the keypad pauses',
  userCodeTemporaryDisableTime: 'The keypad’s first pause',
  matterChannel: 'Matter controllers',
}

const notes: Readonly<Record<DoorSetting, string>> = {
  doorName: 'Everybody with access sees this name.',
  timeZone: 'All hours of this door are those of a clock on the wall there.',
  autoRelockTime: 'Counted from when the door was closed. An open door is never locked.',
  passageSchedules:
    'Once somebody has unlocked it in these hours, the door does not lock itself. They never unlock it.',
  doorAjarSeconds: 'Then the lock tells you that the door is still open.',
  unlatchSeconds: 'Time to push the door. Only where the lock can pull the latch.',
  quietHours:
    'Nobody in these roles can open then. Locking always works, and owners are never shut out.',
  nightHours: 'What counts as night, for faces.',
  faceRule: 'In vacation mode a face never opens alone.',
  wrongCodeEntryLimit: 'Phones and keys keep working while the keypad pauses.',
  userCodeTemporaryDisableTime: 'Each further pause is twice as long.',
  matterChannel: 'Whoever controls your smart home can do this much.',
}

const faces: Readonly<Record<string, string>> = {
  alone: 'Open alone',
  notAloneAtNight: 'Not alone at night',
  neverAlone: 'Never alone',
} satisfies Record<FaceRule, string>

const matter: Readonly<Record<string, string>> = {
  closed: 'Nothing',
  lockOnly: 'Lock',
  unlockWithPin: 'Unlock with a code',
  unlock: 'Unlock',
} satisfies Record<MatterChannel, string>

const problems: Readonly<Record<RuleProblem, string>> = {
  nameMissing: 'Give the door a name.',
  nameTooLong: 'That name is too long for the lock. 64 characters fit.',
  zoneUnknown: 'There is no such time zone. Choose one from the list, such as Europe/Berlin.',
  rolesMissing: 'Choose for whom they are.',
  daysMissing: 'Choose at least one day.',
  hoursMissing: 'Choose from when until when.',
  hoursSame: 'The end is the same as the start.',
  hoursTwice: 'The same hours stand there twice.',
}

const holidayProblems: Readonly<Record<HolidayProblem, string>> = {
  nameMissing: 'Give it a name.',
  nameTooLong: 'That name is too long for the lock. 64 characters fit.',
  dayMissing: 'Choose the first and the last day.',
  lastBeforeFirst: 'The last day is before the first.',
  twice: 'This holiday is in the list already.',
}

export const ruleTexts = {
  section: 'The door itself',
  title: 'Rules of the door',
  onlyOwners: 'Owners can change these rules.',
  titles,
  notes,
  faces,
  matter,
  problems,
  never: 'Never',
  none: 'None',
  locksAfter: (value: string) => `Locks itself after ${value}`,
  locksNever: 'Does not lock itself',
  after: (length: string) => `After ${length}`,
  forRoles: (hours: string, roles: string) => `${hours} for ${roles}`,
  hoursOn: 'At these hours',
  hoursOff: 'None',
  rolesLabel: 'For whom?',
  phoneZone: (zone: string) => `Use this phone’s: ${zone}`,
  changes: (title: string, value: string) => `${title}: ${value}`,
  before: (value: string) => `Before: ${value}`,
  holidays: 'Holidays',
  holidayCount: { one: '# holiday', other: '# holidays' },
  noHolidays: 'No holidays',
  noHolidaysAdvice:
    'On holidays, hours of the week can rest or be the only ones, as each person’s rules say.',
  addHoliday: 'Add a holiday',
  holidayName: 'Name',
  holidayPlaceholder: 'Christmas, summer holidays …',
  firstDay: 'First day',
  lastDay: 'Last day, included',
  modeLabel: 'Mode of the door on these days',
  asUsual: 'As usual',
  mode: (mode: string) => `Mode: ${mode}`,
  removeHoliday: (name: string) => `Remove ${name}`,
  gainsHoliday: (name: string, days: string) => `${name}, ${days}, becomes a holiday`,
  losesHoliday: (name: string, days: string) => `${name}, ${days}, is no holiday any more`,
  holidayProblems,
} as const
