import type { Role, Verb } from '@mortise/protocol/words'

const roleNotes: Readonly<Record<Role, string>> = {
  owner: 'As an owner you decide together with the others who may come in.',
  manager: 'You can let guests in, and read who came and when.',
  resident: 'You live here: you see who may come in, and who came.',
  guest: 'You see this door and your own times, and nothing about the other people.',
  agent: 'You act for somebody at this door.',
  auditor: 'You read who came and when.',
}

const inviteRoleNotes: Readonly<Record<Role, string>> = {
  owner: 'Decides like you who may come in. Needs the button on the inside of the door.',
  manager: 'Lets guests in, each with an end, and reads the history.',
  resident: 'Comes and goes at any time, and sees the people and the history.',
  guest: 'Opens the door within their time. Sees nothing about other people.',
  agent: 'Acts for somebody.',
  auditor: 'Reads the history.',
}

function verbList(verbs: readonly Verb[]): string {
  if (verbs.length === 0) return 'You may look, and not open.'
  return `You may ${verbs.length === 2 ? 'lock and unlock' : verbs.join(' and ')} it with this phone.`
}

/** Both ends of an invitation: the one who sends the link, and the one who opens it. */
export const invitationTexts = {
  roleNotes,
  inviteRoleNotes,
  looking: 'Asking the lock',
  lookingNote: 'It says itself what this invitation gives you.',
  title: (door: string) => door,
  from: (inviter: string | null, person: string) =>
    inviter === null
      ? `You are invited to this door, ${person}.`
      : `${inviter} invites you to this door, ${person}.`,
  may: verbList,
  always: 'At any time, without an end.',
  ends: (moment: string) => `You can accept until ${moment}.`,
  accept: 'Accept the invitation',
  acceptKnown: 'Accept with my passkey',
  freshPasskey: 'Use a new passkey',
  acceptNote:
    'Your phone makes a passkey and asks for fingerprint, face or its code. Nobody else gets that key, not even the server.',
  proving: 'Confirm on your phone',
  sending: 'Waiting for the lock',
  accepted: (door: string) => `${door} knows you now.`,
  acceptedNote: 'The lock has taken in your passkey. This link opens nothing any more.',
  enter: 'Go to the door',
  enterNote: 'You sign in once with your new passkey. There is no password and no account to make.',
  already: (door: string) => `You have access to ${door}.`,
  alreadyNote:
    'This phone opens the door already. If the invitation is for another phone, open the link there.',
  toDoor: 'Go to the door',
  stopped: 'This link leads no further',
  notNow: 'Not right now',
  notNowNote: 'Your invitation is still good, and nothing was changed at the door.',
  stoppedNote: 'Nothing was changed at the door.',
  unsureNote:
    'Nobody knows whether the lock has taken in your passkey. Signing in shows it: if that works, you are in.',
  signIn: 'Sign in with passkey',
  leave: 'Leave this page',
  hub: (host: string) => `Hub: ${host}`,
  // The one who sends it
  invite: 'Invite somebody',
  formTitle: 'Invite somebody',
  nameLabel: 'Who is it?',
  namePlaceholder: 'Ben, Grandma, dog sitter …',
  roleLabel: 'What are they here?',
  whenLabel: 'When may they come?',
  ownerFirst:
    'A second owner is a big thing. Go to the door and press the button on its inside, then sign within ten minutes.',
  linkTitle: (who: string) => `A link for ${who}`,
  linkNote: (who: string) =>
    `Send it to ${who} and to nobody else: whoever opens it first becomes ${who} at this door.`,
  linkUntil: (moment: string) => `Works once, until ${moment}.`,
  linkOnce: 'You see it only now. You can withdraw it and make a new one at any time.',
  linkInForce: 'In force: the lock has signed it.',
  linkLabel: 'Link of the invitation',
  copyLink: 'Copy the link',
  copied: 'Copied',
  share: 'Share',
  shareText: (door: string, url: string) =>
    `I invite you to “${door}”. Open this link on your phone: ${url}`,
  done: 'I have sent it',
  openTitle: 'Invitations',
  openNote: (role: string, moment: string) => `${role} · link works until ${moment}`,
  overNote: (role: string, moment: string) => `${role} · link ended ${moment}`,
  withdraw: (who: string) => `Withdraw the invitation of ${who}`,
  again: 'Make a new link',
  anotherPhone: 'Add another phone',
} as const
