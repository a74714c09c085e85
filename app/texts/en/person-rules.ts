import type { Delegation, CredentialRule, FaceRule, HolidayRule } from '@mortise/protocol/words'
import type { WayTrouble } from '#app/state/model/access/person-rules.ts'
import type { Scope } from '#app/state/model/access/usual-rules.ts'

const scopes: Readonly<Record<Scope, string>> = {
  opens: 'Open and lock',
  locksOnly: 'Only lock',
  remoteOnly: 'Only from afar',
  nothing: 'Nothing',
}

const scopeNotes: Readonly<Record<Scope, string>> = {
  opens: 'At the door, and with a phone from anywhere.',
  locksOnly: 'They can lock the door, also outside their hours, and never open it.',
  remoteOnly: 'With a phone, from anywhere; never at the keypad or a reader.',
  nothing: 'The lock knows them and writes down that they tried. It moves for nobody less.',
}

const ways: Readonly<Record<CredentialRule, string>> = {
  single: 'One',
  dual: 'Two',
  tri: 'Three',
}

const holidays: Readonly<Record<HolidayRule, string>> = {
  asUsual: 'As usual',
  noAccess: 'Not then',
  onlyThen: 'Only then',
}

const faces: Readonly<Record<FaceRule, string>> = {
  alone: 'A face opens this door alone, except in vacation mode.',
  notAloneAtNight: 'At night, and in vacation mode, a face needs another way in beside it.',
  neverAlone: 'A face never opens this door alone: it needs another way in beside it.',
}

const counts = ['none', 'one', 'two', 'three']

/** A count within a sentence. */
function countWord(count: number): string {
  return counts[count] ?? String(count)
}

function troubleNote(trouble: WayTrouble): string {
  switch (trouble.kind) {
    case 'tooFew':
      return `It takes ${countWord(trouble.wanted)} kinds of ways in, and there ${
        trouble.have === 1 ? 'is' : 'are'
      } ${countWord(trouble.have)}. Add a code, a phone, a finger or a face, or ask for fewer.`
    case 'faceAlone':
      return 'A face is their only way in, and never opens this door alone. Add a code, a phone or a finger.'
    case 'noPhone':
      return 'They may open only from afar, and that takes a phone. Invite them to add one.'
  }
}

function limitNote({ guestsMax, stayHoursMax }: Delegation): string {
  const days = stayHoursMax / 24
  const stay = days === 1 ? 'one day' : `${days} days`
  return `At most ${guestsMax} guests at one time, each for at most ${stay}.`
}

/** What holds for a person beside when and how often they may come. */
export const personRuleTexts = {
  fold: 'More rules',
  foldNone: 'None',
  scopeLabel: 'What may they do?',
  scopes,
  scopeNotes,
  waysLabel: 'How many ways in does it take?',
  ways,
  waysNotes: {
    single: 'Any of their ways in opens by itself.',
    dual: 'Two of different kinds within a minute, such as a code and a finger. Two codes count as one.',
    tri: 'Three of different kinds within a minute, such as a code, a finger and a phone.',
  } satisfies Readonly<Record<CredentialRule, string>>,
  faces,
  holidaysLabel: 'On holidays',
  holidays,
  holidaysAre: (names: string) => `Holidays of this door: ${names}.`,
  noHolidays: 'No holidays are in the list of this door yet.',
  onlyThenNever: 'No holidays are in the list of this door, so it would never open for them.',
  firstLabel: 'May they be the first of the day?',
  first: { yes: 'Yes', no: 'After the household' },
  firstNote:
    'They can open once somebody who lives here, or an owner or manager, has opened that day.',
  offlineLabel: 'How long without the hub?',
  offlineNote: (usual: string) =>
    `While the lock cannot reach the hub, it cannot hear that you took access away. After this time it opens for them no more, until it hears from the hub again. As usual: ${usual.toLowerCase()}.`,
  offlineNever: 'No limit',
  notYours: 'What is greyed out is more than you may give.',
  endNeeded: 'What you give has an end.',
  limitNote,
  limitsLabel: 'Whom may they let in?',
  limits: { all: 'Any guests', some: 'Within limits' },
  limitsNote: 'Guests only, each with an end, and never more than they have themselves.',
  guestsMaxLabel: 'Guests at one time, at most',
  stayMaxLabel: 'Days a guest may stay, at most',
  gainsLimits: (note: string) => `Lets guests in. ${note}`,
  losesLimits: 'Lets in as many guests as they like, for as long as they like',
  cannotGetIn: (who: string) => `The door would not open for ${who}`,
  wouldNotGetIn: 'The door would not open for them',
  troubleNote,
  // In short, beside hours.
  inShort: {
    locksOnly: 'only locks',
    remoteOnly: 'only from afar',
    nothing: 'opens nothing',
    dual: 'two ways in together',
    tri: 'three ways in together',
    noAccess: 'not on holidays',
    onlyThen: 'only on holidays',
    afterHousehold: 'after the household',
    offline: (span: string) => `${span} without the hub`,
    offlineNever: 'without the hub too',
  },
  offlineLasts: (span: string) => `If the lock loses the hub: for ${span} more`,
} as const
