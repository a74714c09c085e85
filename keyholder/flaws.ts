import type { FoundFlaw, PolicyFlaw } from '@mortise/access'
import type { Advice } from '#keyholder/advice.ts'

/** A flaw with the names of what it is about. */
export interface NamedFlaw {
  readonly flaw: PolicyFlaw
  /** The person, where it is about one. */
  readonly who?: string
  /** The holidays, where it is about some. */
  readonly holidays?: readonly string[]
}

const otherDay = 'Choose a last day that is not before the first.'

/** What is wrong with a list that no lock accepts, and what mends it. */
const advice: Readonly<Record<PolicyFlaw, Advice>> = {
  timeZoneUnknown: {
    because: 'its time zone is unknown',
    nextStep: 'Choose one such as Europe/Berlin.',
  },
  validityEmpty: {
    because: 'the time ends before it begins',
    nextStep: 'Choose an end that is after the beginning.',
  },
  hoursMisfit: {
    because: 'hours and kind of access do not fit',
    nextStep: 'Choose hours, or a kind of access without them.',
  },
  stretchReversed: { because: 'days end before they begin', nextStep: otherDay },
  timeoutMisfit: {
    because: 'minutes after the first use and kind of access do not fit',
    nextStep: 'Choose how long access lasts from the first use, or another kind of access.',
  },
  useLimitMisfit: {
    because: 'one-time access counts no further uses',
    nextStep: 'Choose once, or a number of times.',
  },
  auditorActs: {
    because: 'an auditor only reads',
    nextStep: 'Choose another role, or nothing that they may do.',
  },
  agentOpensAlone: {
    because: 'an assistant may open only with a second credential',
    nextStep: 'Let it lock only, or ask for two credentials.',
  },
  agentAtDoor: {
    because: 'an assistant is never at the door, so it has no finger, face or tag',
    nextStep: 'Give it a key or a voice PIN, or give that to a person.',
  },
  delegationMisfit: {
    because: 'only managers let guests in for others',
    nextStep: 'Choose the role of a manager, or nobody whom they may let in.',
  },
  ownersQuieted: {
    because: 'quiet hours never shut owners out',
    nextStep: 'Choose other roles for them.',
  },
  holidayReversed: { because: 'a holiday ends before it begins', nextStep: otherDay },
  holidaysDisagree: {
    because: 'two holidays of different modes overlap',
    nextStep: 'Choose other days, or the same mode for both.',
  },
  credentialTwice: {
    because: 'one credential stands twice',
    nextStep: 'Use another one, or remove it from where it stands first.',
  },
  relyingPartyMissing: {
    because: 'a passkey belongs to no known app',
    nextStep: 'Add that phone anew, at an address of the app that the door knows.',
  },
  invitationOfNobody: {
    because: 'an invitation is for nobody',
    nextStep: 'Take that invitation back first.',
  },
  noLastingOwner: {
    because: 'no owner could change it at any time',
    nextStep: 'Make somebody else an owner first.',
  },
  noOwnerOpens: {
    because: 'no owner could open the door',
    nextStep: 'Leave one owner who opens at any time, with as many ways in as they need for it.',
  },
}

export function nameFlaw({ flaw, user, holidays }: FoundFlaw): NamedFlaw {
  return {
    flaw,
    ...(user === undefined ? {} : { who: user.name }),
    ...(holidays === undefined ? {} : { holidays: holidays.map(({ name }) => name) }),
  }
}

/** The words for a flaw, after the name of whom or what it is about. */
export function adviceForFlaw({ flaw, who, holidays }: NamedFlaw): Advice {
  const about = who ?? holidays?.map((name) => `“${name}”`).join(' and ')
  const { because, nextStep } = advice[flaw]
  return { because: about === undefined ? because : `${about}: ${because}`, nextStep }
}
