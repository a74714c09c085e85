import type { Credential, Reason, User, Validity, Verb } from '@mortise/protocol/words'
import { holderOf } from '#core/access/policy-view.ts'
import type { PolicyView } from '#core/access/policy-view.ts'
import type { Moment } from '#core/time/lock-time.ts'

/** Somebody who has proved a credential wants something. */
export interface AccessRequest {
  readonly credentialId: Uint8Array
  /** `changePolicy` only asks whether the person may act at all; what they may change is `authorizeChange`. */
  readonly action: Verb | 'changePolicy'
}

export type Decision =
  | {
      readonly verdict: 'allowed'
      readonly reason: 'granted'
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
  time: Moment,
): Decision {
  if (view === undefined) return refused('notClaimed')
  const holder = holderOf(view, request.credentialId)
  if (holder === undefined) return refused('unknownCredential')
  const { user, credential } = holder
  const reason = objection(user, request.action, time)
  if (reason !== undefined) return refused(reason, user, credential)
  return { verdict: 'allowed', reason: 'granted', user, credential }
}

function refused(reason: Reason, user?: User, credential?: Credential): Decision {
  return { verdict: 'refused', reason, user, credential }
}

function objection(user: User, action: AccessRequest['action'], time: Moment): Reason | undefined {
  if (user.userStatus !== 'occupiedEnabled') return 'userDisabled'
  if (action !== 'changePolicy' && !user.verbs.includes(action)) return 'verbNotAllowed'
  return user.validity === undefined ? undefined : timeObjection(user.validity, time)
}

function timeObjection(validity: Validity, time: Moment): Reason | undefined {
  if (!time.certain) return 'timeUncertain'
  if (time.ms < validity.notBeforeMs) return 'notYetValid'
  if (time.ms >= validity.notAfterMs) return 'noLongerValid'
  return undefined
}
