import type { EnrolProblem } from '#app/state/model/access/enrol.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { TroubleText } from '#app/texts/en/troubles.ts'

const problems: Readonly<Record<EnrolProblem, string>> = {
  whichMissing: 'Say which one, so that the list and the history can tell them apart.',
  whichTooLong: 'That is too long for the lock. 64 characters fit.',
  tooMany: 'This person has as many ways in as the lock can hold. Remove one that nobody needs.',
}

/** Troubles that mean something more precise while a finger or a face is registered. */
const troubles: { readonly [Which in Trouble]?: TroubleText } = {
  busy: {
    title: 'Somebody else is registering at this door.',
    next: 'Try again when they are done. What nobody signs for is over within twelve minutes.',
  },
  notFitted: {
    title: 'This door has no reader for that.',
    next: 'Give a code or a link for a phone instead.',
  },
  notEnrolled: {
    title: 'The reader does not have it any more.',
    next: 'Start again, and sign within ten minutes after the reader has taken it.',
  },
  alreadyEnrolled: {
    title: 'The reader knows this one already.',
    next: 'Take another finger, or remove the one that is registered first.',
  },
  captureFailed: {
    title: 'The reader could not read it.',
    next: 'Dry the finger, clean the reader, and keep to one finger or face until it has it.',
  },
  readerFull: {
    title: 'The reader has no room for another one.',
    next: 'Remove a finger or a face that nobody needs any more.',
  },
  policyInvalid: {
    title: 'The lock does not take one more for this person.',
    next: 'Remove a way in that nobody needs, then try again.',
  },
}

/** Words about a finger or a face on its way into the list. */
export const enrolTexts = {
  problems,
  troubles,
  add: { fingerprint: 'Add a finger', face: 'Add a face' },
  ownersOnly: 'Fingers and faces are added by an owner.',
  formTitles: {
    fingerprint: (who: string) => `A finger of ${who}`,
    face: (who: string) => `The face of ${who}`,
  },
  whichLabel: { fingerprint: 'Which finger?', face: 'What is it called?' },
  fingers: ['Right thumb', 'Right index', 'Left thumb', 'Left index'],
  otherLabel: 'Or in your own words',
  placeholders: { fingerprint: 'Right thumb', face: 'With glasses' },
  purposeLabel: 'What is it for?',
  purposes: { plain: 'To come in', duress: 'For duress' },
  presence: (door: string) => `You need to be at ${door} together: the reader waits two minutes.`,
  twice: 'The reader learns it first. It opens once you have signed a second time.',
  taken: 'The reader is learning for somebody else right now.',
  takenNote: 'If you sign as an owner, theirs ends and they have to begin again.',
  start: 'Sign and start the reader',
  readerTitles: {
    fingerprint: (who: string) => `The finger of ${who}`,
    face: (who: string) => `The face of ${who}`,
  },
  invite: {
    fingerprint: 'Now touch the reader',
    face: 'Now look into the reader',
  },
  inviteNote: {
    fingerprint: (name: string) =>
      `Lay “${name}” on it, lift it, and lay it on again, a little to the left and to the right.`,
    face: (name: string) => `Show “${name}”: straight ahead first, then a little from each side.`,
  },
  goOn: { fingerprint: 'Good. Lift it and touch again', face: 'Good. Look again' },
  count: (captured: string, needed: string) => `${captured} of ${needed}`,
  left: (time: string) => `${time} left`,
  has: 'The reader has it',
  hasNote: (who: string) => `Sign once more, and it opens for ${who}.`,
  hasLeft: (time: string) => `Without a signature the reader forgets it in ${time}.`,
  sign: 'Sign, so that it opens',
  failed: 'It was not registered',
  over: 'The reader does not wait any more',
  overNote:
    'The time was over, the lock was started anew, or an owner began another one. Nothing was registered.',
  unheard: 'Waiting for word of the reader',
  unheardNote: 'Its time is over. Once the lock can be heard again, it says what became of it.',
  away: 'The lock cannot be heard right now.',
  awayNote: 'The reader goes on by itself. This screen catches up when the connection is back.',
  again: 'Start again',
  stop: 'Stop',
  stopNote: 'Nothing opens without your second signature. The reader stops by itself.',
  doneTitle: 'It opens from now on',
  done: (who: string, name: string, door: string) => `${who} opens ${door} with “${name}”.`,
  doneNote:
    'In force: the lock has signed it. Only the reader at the door knows what it looks like.',
  doneDuress: 'It opens as if nothing were wrong, and the other owners are told at once.',
  another: { fingerprint: 'Another finger', face: 'Another face' },
  close: 'Done',
  oursNotes: {
    capturing: 'The reader waits at the door',
    enrolled: 'The reader has it. Sign, so that it opens',
    failed: 'It was not registered',
    over: 'It was not registered',
    unheard: 'Waiting for word of the reader',
  },
  theirs: {
    fingerprint: 'Somebody registers a finger at the door',
    face: 'Somebody registers a face at the door',
  },
  theirsNotes: {
    capturing: 'Until it is done, the reader opens for nobody',
    enrolled: 'The reader has it; it opens once it is signed',
    failed: '',
    over: '',
    unheard: '',
  },
} as const
