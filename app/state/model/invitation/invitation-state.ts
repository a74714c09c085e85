import type { Role, Verb } from '@mortise/protocol/words'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** What an invitation gives, by the lock's own signed word. */
export interface InvitationOffer {
  readonly lockId: string
  readonly doorName: string
  readonly personName: string
  readonly role: Role
  readonly verbs: readonly Verb[]
  /** When the person may come; `null` is always. */
  readonly window: VisitWindow | null
  readonly timeZone: string
  /** Until when the invitation can be accepted; `null` when the lock did not say. */
  readonly endsMs: number | null
  /** This phone has a passkey for this hub already, which can be used here as well. */
  readonly hasPasskey: boolean
}

/** What came of looking at a link. */
export type InvitationLook =
  | { readonly kind: 'offer'; readonly offer: InvitationOffer }
  /** This phone opens that door already. */
  | { readonly kind: 'already'; readonly lockId: string; readonly doorName: string }

export type InvitationPhase =
  /** The lock is being asked. */
  | 'looking'
  | 'ready'
  /** The passkey sheet is open. */
  | 'proving'
  /** The lock has the acceptance. */
  | 'sending'
  | 'accepted'
  /** Signing in with the passkey that was just attached. */
  | 'entering'
  | 'already'
  | 'stopped'

export interface InvitationState {
  /** The fragment of the link. Never shown, never sent. */
  readonly text: string
  readonly phase: InvitationPhase
  /** Who sends it, by the link's own word. */
  readonly inviterName: string | null
  readonly offer: InvitationOffer | null
  /** The door that this phone opens already. */
  readonly already: { readonly lockId: string; readonly doorName: string } | null
  /** Whether the lock has said yes. */
  readonly accepted: boolean
  readonly trouble: Trouble | null
}

export function newInvitation(text: string): InvitationState {
  const nothing = { inviterName: null, offer: null, already: null, trouble: null } as const
  return { text, phase: 'looking', accepted: false, ...nothing }
}
