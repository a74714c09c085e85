import type { BiometricType } from '@mortise/protocol/words'
import type { Listener, Unsubscribe } from './listeners.ts'

/** What a reader at the door has seen. */
export interface BiometricShown {
  readonly credentialType: BiometricType
  /** As it was enrolled; absent for a finger or a face that the reader does not know. */
  readonly credentialId?: Uint8Array
}

/** What a reader is told to learn. */
export interface EnrolmentOrder {
  readonly credentialType: BiometricType
  readonly credentialId: Uint8Array
}

/** How far a reader is with what it was told to learn. `enrolled` and `failed` end it. */
export type EnrolmentNews = { readonly credentialId: Uint8Array } & (
  | { readonly step: 'captured'; readonly captured: number; readonly needed: number }
  | { readonly step: 'enrolled' }
  | {
      readonly step: 'failed'
      readonly reason: 'alreadyEnrolled' | 'captureFailed' | 'readerFull'
    }
)

/**
 * The readers for fingers and faces. Matching and liveness stay in the module, and no template
 * leaves it: what goes in and out are the ids under which the lock knows one.
 *
 * - One call per finger or face that was shown, known or not, in their order. One that stays in
 *   front of the reader is one.
 * - Nothing is kept of what is shown: while nobody listens, or before the start, it is lost. A
 *   restart never repeats one.
 * - While it learns, what is shown is taken for that and matched with nothing. A restart ends the
 *   learning; what was captured until then is lost.
 * - A template survives a power cut before `enrolled` is told. News are never told inside a call.
 */
export interface Biometric {
  /** What the module can learn and tell. */
  readonly types: readonly BiometricType[]
  readonly onShown: (listener: Listener<BiometricShown>) => Unsubscribe
  /** Learns what is shown next. Ends what was being learned before. */
  readonly enrol: (order: EnrolmentOrder) => void
  readonly onEnrolment: (listener: Listener<EnrolmentNews>) => Unsubscribe
  /** Deletes every template but these, for good, and ends the learning of any other id. */
  readonly keepOnly: (credentialIds: readonly Uint8Array[]) => void
}
