import type { Listener, Unsubscribe } from './listeners.ts'

/** What a reader at the door has seen. */
export interface BiometricShown {
  readonly credentialType: 'fingerprint' | 'face'
  /** As it was enrolled; absent for a finger or a face that the reader does not know. */
  readonly credentialId?: Uint8Array
}

/**
 * The readers for fingers and faces. Matching and liveness stay in the module, and no template
 * leaves it.
 *
 * - One call per finger or face that was shown, known or not, in their order. One that stays in
 *   front of the reader is one.
 * - Nothing is kept: what is shown while nobody listens, or before the start, is lost. A restart
 *   never repeats one.
 */
export interface Biometric {
  readonly onShown: (listener: Listener<BiometricShown>) => Unsubscribe
}
