import type { BiometricType, Reason } from '@mortise/protocol/words'
import type { Trouble } from '#app/state/model/trouble.ts'

/** A finger or a face that somebody wants the reader at the door to learn. */
export interface EnrolForm {
  readonly type: BiometricType
  /** Which finger, as people shall read it. */
  readonly name: string
  readonly duress: boolean
  /** Problems are shown only after the first try. */
  readonly tried: boolean
}

export type EnrolFormChange = Partial<Pick<EnrolForm, 'name' | 'duress'>>
export type EnrolProblem = 'whichMissing' | 'whichTooLong' | 'tooMany'

export interface EnrolFormView extends Omit<EnrolForm, 'tried'> {
  readonly who: string
  readonly doorName: string
  readonly problem: EnrolProblem | null
  /** For whom it is offered: whoever lives here. */
  readonly mayDuress: boolean
  /** The reader learns for somebody else, who would have to begin anew. */
  readonly readerTaken: boolean
}

/** How far the reader is, by the lock's signed word. */
export type ReaderPhase =
  | {
      readonly kind: 'capturing'
      readonly captured: number
      /** 0 until the reader has said how often. */
      readonly needed: number
      readonly leftMs: number
    }
  /** It has it; what is missing is the signature on the list. */
  | { readonly kind: 'enrolled'; readonly leftMs: number }
  | { readonly kind: 'failed'; readonly reason: Reason }
  /** The lock does not wait for it any more. */
  | { readonly kind: 'over' }
  /** The time is over, and the lock has not been heard since. */
  | { readonly kind: 'unheard' }

/** Who stands at the reader, and how it goes. */
export interface ReaderView {
  readonly who: string
  readonly type: BiometricType
  readonly name: string
  readonly duress: boolean
  readonly doorName: string
  readonly phase: ReaderPhase
  readonly signing: 'no' | 'proving' | 'waiting'
  /** The lock cannot be heard right now; the reader goes on. */
  readonly away: boolean
  /** Why the signature on the list came to nothing. */
  readonly trouble: Trouble | null
}

/** What the list says of the reader while no sheet is about it. */
export type ReaderNote =
  | { readonly kind: 'ours'; readonly reader: ReaderView }
  | { readonly kind: 'theirs'; readonly type: BiometricType; readonly phase: ReaderPhase }

export interface EnrolCallbacks {
  readonly onEnrol: (userId: string, type: BiometricType) => void
  readonly onEnrolForm: (change: EnrolFormChange) => void
  readonly onReviewEnrol: () => void
  readonly onEnrolAgain: () => void
  readonly onEnrolStop: () => void
  readonly onEnrolResume: () => void
}
