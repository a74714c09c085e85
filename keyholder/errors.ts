import { MortiseError } from '@mortise/protocol/errors'
import type { Receipt } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import { adviceFor } from './advice.ts'
import type { NamedFlaw } from './flaws.ts'
import { blames } from './error-codes.ts'
import type { KeyholderErrorCode } from './error-codes.ts'
import { sentenceFor } from './sentences.ts'

export interface KeyholderErrorOptions {
  /** Added to the message; never a secret. */
  readonly detail?: string
  /** In place of the next step that its code has. */
  readonly nextStep?: string
  /** With `policyUnfit`, where the list is whole and does not hold together. */
  readonly flaw?: NamedFlaw
  readonly cause?: unknown
}

/** The errors of the keyholder; callers switch on `code`. */
export class KeyholderError extends MortiseError<KeyholderErrorCode> {
  override readonly name: string = 'KeyholderError'
  readonly flaw: NamedFlaw | undefined

  constructor(code: KeyholderErrorCode, options: KeyholderErrorOptions = {}) {
    const [sentence, nextStep] = sentenceFor(code)
    const message = options.detail === undefined ? sentence : `${sentence}: ${options.detail}`
    super(blames[code], code, message, {
      nextStep: options.nextStep ?? nextStep,
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    })
    this.flaw = options.flaw
  }
}

/** The lock's own signed no, or its signed "it did not work". */
export class LockRefusal extends MortiseError<'refused' | 'failed'> {
  override readonly name: string = 'LockRefusal'
  readonly reason: Reason
  /** Absent when the lock refused to give a challenge, so that no command was made. */
  readonly receipt: Receipt | undefined

  constructor(outcome: 'refused' | 'failed', reason: Reason, receipt?: Receipt) {
    const [sentence] = sentenceFor(outcome)
    const { because, nextStep } = adviceFor(reason)
    super(blames[outcome], outcome, `${sentence}: ${because}`, { nextStep })
    this.reason = reason
    this.receipt = receipt
  }
}

/** Whether a command may have been carried out although no receipt came, if the hub is honest. */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof KeyholderError)) return false
  return error.code === 'noAnswer' || error.code === 'hubUnreachable'
}

const withoutReceipt: ReadonlySet<string> = new Set<KeyholderErrorCode>([
  'noAnswer',
  'hubUnreachable',
  'lockOffline',
  'lockBusy',
  'requestUndeliverable',
  'replyUnreadable',
  'replyForged',
  'replyMismatched',
])

/** Whether the lock itself has said nothing about a command: what the hub says is no proof. */
export function lacksReceipt(error: unknown): boolean {
  return error instanceof KeyholderError && withoutReceipt.has(error.code)
}
