import type { FoundFlaw, PolicyFlaw } from '@mortise/access'

/** What is wrong with a list that no lock accepts, to follow a colon. */
const words: Readonly<Record<PolicyFlaw, string>> = {
  timeZoneUnknown: 'its time zone is unknown',
  validityEmpty: 'the time ends before it begins',
  hoursMisfit: 'hours and kind of access do not fit',
  stretchReversed: 'days end before they begin',
  timeoutMisfit: 'minutes after the first use and kind of access do not fit',
  useLimitMisfit: 'one-time access counts no further uses',
  auditorActs: 'an auditor only reads',
  agentOpensAlone: 'an assistant may open only with a second credential',
  agentAtDoor: 'an assistant is never at the door, so it has no finger, face or tag',
  delegationMisfit: 'only managers let guests in for others',
  ownersQuieted: 'quiet hours never shut owners out',
  holidayReversed: 'a holiday ends before it begins',
  holidaysDisagree: 'two holidays of different modes overlap',
  credentialTwice: 'one credential stands twice',
  relyingPartyMissing: 'a passkey belongs to no known app',
  invitationOfNobody: 'an invitation is for nobody',
  noLastingOwner: 'no owner could change it at any time',
  noOwnerOpens: 'no owner could open the door',
}

/** The words for a flaw, with the name of whom it is about. */
export function wordsFor({ flaw, user }: FoundFlaw): string {
  return user === undefined ? words[flaw] : `${user.name}: ${words[flaw]}`
}
