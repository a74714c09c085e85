import type { Role, Verb } from '@mortise/protocol/words'
import { enrolTexts } from '#app/texts/en/enrol.ts'
import { flawText } from '#app/texts/en/flaws.ts'
import { ruleTexts } from '#app/texts/en/rules.ts'
import { personRuleTexts } from '#app/texts/en/person-rules.ts'
import type {
  CredentialKind,
  UseChoice,
  VisitProblem,
} from '#app/state/model/access/access-view.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'

export const roles: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  resident: 'Resident',
  guest: 'Guest',
  agent: 'Assistant',
  auditor: 'Reader',
}

export const credentialTypes: Readonly<Record<CredentialKind, string>> = {
  pin: 'Code',
  voicePin: 'Voice PIN',
  passkey: 'Phone',
  deviceKey: 'Device key',
  fingerprint: 'Fingerprint',
  face: 'Face',
  rfid: 'Tag',
}

const credentialInSentence: Readonly<Record<CredentialKind, string>> = {
  pin: 'a code',
  voicePin: 'a voice PIN',
  passkey: 'a phone',
  deviceKey: 'a device key',
  fingerprint: 'a fingerprint',
  face: 'a face',
  rfid: 'a tag',
}

const presets: Readonly<Record<VisitPreset, string>> = {
  hour: '1 hour',
  today: 'Today',
  weekend: 'Weekend',
  weekly: 'Weekly',
  custom: 'Choose',
  always: 'No end',
}

const uses: Readonly<Record<UseChoice, string>> = {
  any: 'No limit',
  once: 'Once',
  times: 'A few times',
  firstUse: 'First use',
}

const problems: Readonly<Record<VisitProblem, string>> = {
  nameMissing: 'Give them a name, so that the history can say who came.',
  nameTooLong: 'That name is too long for the lock. 64 characters fit.',
  nameTaken: 'There is somebody with this name. Add something that tells them apart.',
  endBeforeStart: 'The end is before the start.',
  endInPast: 'The end has already passed.',
  timeMissing: 'Choose a start and an end.',
  timesMissing: 'Write how many times, from 1 to 1,000,000.',
  scopeHours:
    'Hours of the week and “First use” are for people who open at the door. Choose another time, or let them open there too.',
  endNeeded: 'What you give guests has an end. Choose one.',
  stayTooLong: 'That is longer than the owners let you give.',
  guestsFull:
    'The owners let you have no more guests at one time. Remove somebody whose time is over first.',
  beyondYou: 'That is more than you have yourself, so the lock would not take it from you.',
  guestsMaxMissing: 'Write how many guests, from 0 to 10,000.',
  stayMaxMissing: 'Write how many days, from 1 to 366.',
  daysMissing: 'Choose at least one day.',
  hoursMissing: 'Choose from when until when.',
  hoursSame: 'The end is the same as the start.',
  hoursTwice: 'The same hours stand there twice.',
}

function verbList(verbs: readonly Verb[]): string {
  if (verbs.length === 0) return 'do nothing'
  return verbs.length === 2 ? 'lock and unlock' : verbs.join(' and ')
}

export const accessTexts = {
  title: 'Access',
  roles,
  credentialTypes,
  presets,
  problems,
  flaw: flawText,
  you: 'you',
  household: 'Household',
  visitors: 'Visitors',
  noVisitors: 'Nobody else has a code.',
  noVisitorsAdvice: 'Give a visitor a code that starts and ends by itself. They need no app.',
  addVisitor: 'Give somebody a code',
  may: (verbs: readonly Verb[]) => `May ${verbList(verbs)}`,
  always: 'Always',
  upcoming: (span: string) => `Starts ${span}`,
  current: (until: string) => `Until ${until}`,
  ended: (until: string) => `Ended ${until}`,
  endedMark: 'ended',
  soonMark: 'not yet',
  disabled: 'Switched off',
  noWayIn: 'No way in',
  waysIn: 'Ways in',
  thisPhone: 'this phone',
  since: (date: string) => `since ${date}`,
  inForce: (version: string) => `Version ${version} is in force`,
  inForceNow: 'The lock has just said so',
  inForceNote: (age: string) => `The lock said so ${age} ago`,
  waiting: (wanted: string) => `Version ${wanted} is wanted`,
  waitingNote: (version: string) =>
    `Waiting for the lock. Version ${version} is in force until it answers`,
  old: (version: string) => `Version ${version} was the last in force`,
  oldNote: (moment: string) => `The lock said so ${moment}. It cannot be asked right now`,
  keptOutdated: (version: string) => `Version ${version}, and the lock has a newer one`,
  keptNote: (age: string) =>
    `Read ${age} ago, and the lock’s signature checked again. The hub is away`,
  never: 'Not read yet',
  neverNote: 'This phone has not read the list from the lock',
  reading: 'Reading from the lock',
  readAgain: 'Read again',
  removePerson: (name: string) => `Remove ${name}`,
  removeCredential: (type: CredentialKind, name: string | null) =>
    name === null ? `Remove ${credentialInSentence[type]}` : `Remove “${name}”`,
  renameCredential: (name: string) => `Rename “${name}”`,
  renameTitle: (who: string, type: CredentialKind) => `${credentialTypes[type]} of ${who}`,
  renameLabel: 'What is it called?',
  renameNote: 'The list and the history call it so. What it opens stays as it is.',
  renames: (who: string, type: CredentialKind, name: string) =>
    `The ${credentialTypes[type].toLowerCase()} of ${who} is called “${name}”`,
  formTitle: 'A code for a visitor',
  nameLabel: 'Who is it for?',
  namePlaceholder: 'Nora, cleaner, plumber …',
  whenLabel: 'When does it work?',
  fromLabel: 'From',
  untilLabel: 'Until',
  useLabel: 'How often?',
  timesLabel: 'How many times?',
  uses,
  firstUseLabel: 'Hours from the first use',
  spanLabel: 'For how long?',
  spans: { endless: 'No end', spanned: 'From … until' },
  weekLabel: 'Hours of the week',
  daysLabel: 'Days',
  moreHours: 'Other hours on other days',
  lessHours: 'Remove these hours',
  weekAhead: 'The coming week',
  weekNone: 'no access',
  daySpan: (from: string, to: string) => `${from} – ${to}`,
  allDay: 'all day',
  dayRange: (first: string, last: string) => `${first}–${last}`,
  daily: 'Daily',
  once: 'once',
  times: (count: string) => `${count} times`,
  fromFirstUse: (span: string) => `${span} from the first use`,
  moreRules: 'further hours',
  personRules: personRuleTexts,
  ownHours: {
    open: 'It opens for you now',
    openUntil: (moment: string) => `It opens for you until ${moment}`,
    opensAt: (moment: string) => `It opens for you ${moment}`,
    shut: 'It does not open for you in the next two weeks',
    quiet: (hours: string) => `not ${hours}`,
    holidays: {
      noAccess: (days: string) => `not on ${days}`,
      onlyThen: (days: string) => `only on ${days}`,
    },
    noHolidays: 'only on holidays',
    usesLeft: (count: string) => `${count} left`,
    firstUseEnds: (moment: string) => `until ${moment}`,
    afterHousehold: 'after somebody who lives here has been in that day',
  },
  zoneNote: (zone: string) => `Hours at the door (${zone})`,
  review: 'Look at the change',
  backToForm: 'Back to the form',
  reviewAddTitle: 'Before you sign',
  reviewRemoveTitle: 'Remove access',
  gains: (who: string, verbs: readonly Verb[], credential: CredentialKind | null) =>
    `${who} may ${verbList(verbs)}${credential === null ? '' : ` with ${credentialInSentence[credential]}`}`,
  loses: (who: string, credentials: readonly CredentialKind[]) =>
    credentials.length === 0
      ? `${who} loses access`
      : `${who} loses access and ${credentials.map((type) => credentialInSentence[type]).join(', ')}`,
  losesCredential: (who: string, type: CredentialKind, name: string | null) =>
    `${who} loses ${name === null ? credentialInSentence[type] : `the ${credentialTypes[type].toLowerCase()} “${name}”`}`,
  invites: (who: string) => `${who} can add a phone with a link`,
  uninvites: (who: string) => `The link for ${who} ends`,
  linkUntil: (moment: string) => `Works once, until ${moment}`,
  changesPerson: (who: string, gains: boolean, loses: boolean) => {
    if (gains && loses) return `What ${who} may do moves`
    if (gains) return `${who} may do more than before`
    return loses ? `${who} may do less than before` : `${who} may do the same as before`
  },
  wasCalled: (before: string) => `Was called ${before}`,
  becomes: (role: string) => `Becomes: ${role}`,
  switchedOn: 'Access is switched on again',
  switchedOff: 'Access is switched off. Codes and phones are kept for later',
  otherRules: 'Stretches of days of theirs change',
  termsBefore: (terms: string) => `Before: ${terms}`,
  addCode: 'Add a code',
  anotherCode: 'Another code',
  addDuress: 'A code for duress',
  duressMeaning:
    'It opens as if nothing were wrong. The other owners are told at once; at the door and on this person’s own phone nothing shows it.',
  duressKind: (kind: string) => `${kind} for duress`,
  gainsDuress: (who: string, type: CredentialKind | null) =>
    `${who} gets ${credentialInSentence[type ?? 'pin']} for duress`,
  called: (name: string) => `Called “${name}”`,
  edit: 'Change',
  editTitle: (who: string) => `Change ${who}`,
  editNameLabel: 'Name',
  roleLabel: 'Role',
  accessLabel: 'Access',
  accessChoices: { on: 'On', off: 'Switched off' },
  addressesChange: 'The addresses change at which the app may be used',
  rules: ruleTexts,
  enrol: enrolTexts,
  insideButton: 'Press the button on the inside of the door before you sign.',
  nobodyLoses: 'Nobody loses anything.',
  losesYou: 'That is you. You cannot undo this from this phone.',
  versionInForce: 'in force',
  versionWanted: 'wanted',
  versionStep: (version: string, wanted: string) => `Version ${version} becomes ${wanted}`,
  sign: 'Sign the change',
  signRemove: 'Sign and remove',
  signing: 'Confirm on your phone',
  waitingForLock: 'Waiting for the lock',
  nothingChanged: 'The lock changed nothing.',
  signAgain: 'Sign again',
  conflictTitle: 'Somebody else was faster',
  conflictNote: (version: string) => `Version ${version} is in force now. It changed this:`,
  rebase: 'Make my change on top',
  discard: 'Discard my change',
  codeTitle: (who: string) => `The code for ${who}`,
  codeInForce: 'In force: the lock has signed it.',
  codeOnce:
    'You see it only now. The lock keeps no readable copy, and neither does the hub or this phone.',
  codeHow:
    'At the keypad: type the digits, then ✓. Digits typed before the code and closed with * do not count, so nobody can read it off your fingers.',
  copy: 'Copy',
  copied: 'Copied',
  share: 'Share',
  shareText: (code: string, door: string, span: string) =>
    `Your code for ${door}: ${code}\n${span}`,
  codeDone: 'I have passed it on',
  codeSpoken: (digits: string) => `Code: ${digits}`,
} as const
