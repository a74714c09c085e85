import type { Credential, OperatingMode, Reason, User, Verb } from '@mortise/protocol/words'
import { effectiveMode, isFromAfar, maySetMode, modeObjection, modeSet } from '#access/modes.ts'
import type { Channel } from '#access/modes.ts'
import { holderOf } from '#access/policy-view.ts'
import type { Holder, PolicyView } from '#access/policy-view.ts'
import {
  credentialRuleOf,
  credentialsWanted,
  isDuress,
  faceRuleOf,
  nightHoursOf,
  userTypeOf,
} from '#access/rules.ts'
import { inAnyWeekDaySchedule } from '#access/schedule.ts'
import type { Situation } from '#access/situation.ts'
import { timeChecks, validityObjection } from '#access/when.ts'
import type { Check } from '#access/when.ts'

export type Action =
  | Verb
  /** Only asks whether the person may act at all; what they may change is `authorizeChange`. */
  | 'changePolicy'
  | { readonly setOperatingMode: OperatingMode }

/** Somebody who has proved a credential wants something. */
export interface AccessRequest {
  readonly credentialId: Uint8Array
  readonly action: Action
  readonly channel: Channel
}

export type Decision =
  | {
      readonly verdict: 'allowed'
      readonly reason: 'granted'
      readonly user: User
      readonly credential: Credential
      /** The person was forced: carry it out as if nothing were wrong, and tell the owners. */
      readonly duress: boolean
    }
  | {
      /** Nothing speaks against it but that another credential of the same person is missing. */
      readonly verdict: 'partial'
      readonly reason: 'anotherCredentialNeeded'
      readonly user: User
      readonly credential: Credential
    }
  | {
      readonly verdict: 'refused'
      readonly reason: Reason
      /** Absent when the credential is nobody's. */
      readonly user: User | undefined
      readonly credential: Credential | undefined
    }

/** Who may, when. Total: every request gets a verdict and one reason. */
export function decide(
  view: PolicyView | undefined,
  request: AccessRequest,
  situation: Situation,
): Decision {
  if (view === undefined) return refused('notClaimed')
  const holder = holderOf(view, request.credentialId)
  if (holder === undefined) return refused('unknownCredential')
  const { user, credential } = holder
  const reason = objection(view, holder, request, situation)
  if (reason !== undefined) return refused(reason, user, credential)
  if (isOpening(request.action) && needsAnother(view, holder, situation)) {
    return { verdict: 'partial', reason: 'anotherCredentialNeeded', user, credential }
  }
  const duress = isForced(view, holder, situation)
  return { verdict: 'allowed', reason: 'granted', user, credential, duress }
}

function refused(reason: Reason, user?: User, credential?: Credential): Decision {
  return { verdict: 'refused', reason, user, credential }
}

function objection(
  view: PolicyView,
  holder: Holder,
  request: AccessRequest,
  situation: Situation,
): Reason | undefined {
  for (const check of checksOf(view, holder.user, request, situation)) {
    const reason = check()
    if (reason !== undefined) return reason
  }
  return undefined
}

/** Everything that speaks against a request, the first being what `decide` says. For explanations. */
export function everyObjection(
  view: PolicyView,
  holder: Holder,
  request: AccessRequest,
  situation: Situation,
): readonly Reason[] {
  return checksOf(view, holder.user, request, situation).flatMap((check) => check() ?? [])
}

/** What is looked at, in the order in which reasons are told. */
function checksOf(
  view: PolicyView,
  user: User,
  { action, channel }: AccessRequest,
  situation: Situation,
): readonly Check[] {
  const isEnabled: Check = () =>
    user.userStatus === 'occupiedEnabled' ? undefined : 'userDisabled'
  if (action === 'changePolicy') return [isEnabled, ...timeChecks(view, user, situation)]
  if (typeof action === 'object') {
    const may = maySetMode(user.role, modeSet(situation), action.setOperatingMode)
    return [
      isEnabled,
      () => (may ? undefined : 'notAuthorized'),
      ...timeChecks(view, user, situation),
    ]
  }
  return [
    isEnabled,
    () => (userTypeOf(user) === 'nonAccessUser' ? 'nonAccessUser' : undefined),
    () => (user.verbs.includes(action) ? undefined : 'verbNotAllowed'),
    () => channelObjection(user, channel),
    () => modeObjection(effectiveMode(view.policy, situation), user.role, channel, action),
    // Who may lock may do so for as long as they are somebody here: a cleaner who leaves five
    // minutes late must not leave the door open.
    ...(action === 'lock'
      ? [() => validityObjection(user, situation.time)]
      : timeChecks(view, user, situation)),
  ]
}

/** Nobody but an assistant speaks, and an assistant is never at the door: what it is told is overheard. */
function channelObjection(user: User, channel: Channel): Reason | undefined {
  const isAgent = user.role === 'agent'
  if (channel === 'voice' && !isAgent) return 'channelClosed'
  const isNeverHere = isAgent || userTypeOf(user) === 'remoteOnlyUser'
  return isNeverHere && !isFromAfar(channel) ? 'remoteOnly' : undefined
}

/** Verbs after which the door can be opened. */
export function isOpening(action: Action): boolean {
  return action === 'unlock' || action === 'unlatch'
}

/**
 * Whether the rule for this person, or for a face at this time, wants more than what was proved.
 * Credentials count by their kind: two codes that one person knows are one secret told twice.
 */
function needsAnother(view: PolicyView, holder: Holder, situation: Situation): boolean {
  const wanted = Math.max(
    credentialsWanted[credentialRuleOf(holder.user)],
    holder.credential.type === 'face' && !mayFaceOpenAlone(view, situation) ? 2 : 1,
  )
  if (wanted === 1) return false
  const kinds = new Set([holder, ...presentedOf(view, holder.user, situation)].map(kindOf))
  return kinds.size < wanted
}

function kindOf({ credential }: Holder): Credential['type'] {
  return credential.type
}

function presentedOf(view: PolicyView, user: User, { presented }: Situation): readonly Holder[] {
  return presented.flatMap((id) => {
    const holder = holderOf(view, id)
    return holder?.user === user ? [holder] : []
  })
}

function mayFaceOpenAlone(view: PolicyView, situation: Situation): boolean {
  const { policy } = view
  const { time, wallClock } = situation
  if (effectiveMode(policy, situation) === 'vacation') return false
  switch (faceRuleOf(policy)) {
    case 'alone':
      return true
    case 'neverAlone':
      return false
    case 'notAloneAtNight':
      return time.certain && !inAnyWeekDaySchedule(nightHoursOf(policy), wallClock(time.ms))
  }
}

function isForced(view: PolicyView, holder: Holder, situation: Situation): boolean {
  if (userTypeOf(holder.user) === 'forcedUser') return true
  return [holder, ...presentedOf(view, holder.user, situation)].some(({ credential }) =>
    isDuress(credential),
  )
}
