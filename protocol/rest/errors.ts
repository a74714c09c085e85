import * as z from 'zod/mini'
import { MortiseError } from '#protocol/errors.ts'

/** Every refusal of the hub, with its HTTP status (RFC 9110 section 15). Codes never change meaning. */
export const restErrorStatus = {
  malformedRequest: 400,
  notSignedIn: 401,
  /** The same answer for an unknown key, a wrong signature and a removed person. */
  signInFailed: 401,
  /** The nonce is unknown, was used, or is older than five minutes. */
  nonceUnusable: 401,
  /** The setup token is wrong, was used, or is older than fifteen minutes. */
  setupTokenUnusable: 403,
  /** An account exists; setting up is over. */
  setupClosed: 403,
  /** The new passkey does not check out. */
  registrationFailed: 400,
  /** No such invitation stands in the lock's list, or the signature is not of its ticket. */
  invitationUnknown: 404,
  /** Somebody has accepted the invitation. Told to the holder of its ticket only. */
  invitationUsed: 403,
  /** Its time is over, by the hub's clock. Told to the holder of its ticket only. */
  invitationExpired: 403,
  /** An unsafe request from a page that is not the app (cross-site request forgery). */
  foreignOrigin: 403,
  /** A member, but not with this right. */
  notAllowed: 403,
  /** The time of this person's access at this lock has not begun. */
  notYetValid: 403,
  /** Also for locks of other people: nobody learns that they exist. */
  notFound: 404,
  methodNotAllowed: 405,
  bodyTooLarge: 413,
  bodyNotJson: 415,
  rateLimited: 429,
  /** The lock could not open the sealed request: it was sealed to another key or altered. */
  lockCannotRead: 422,
  /** Too many requests are waiting for this lock, or the lock itself said that it is busy. */
  lockBusy: 503,
  lockOffline: 503,
  lockTimeout: 504,
  internal: 500,
} as const
export type RestErrorCode = keyof typeof restErrorStatus

/** What the client itself finds out. */
export type ClientErrorCode = 'hubUnreachable' | 'badAnswer'

export const restErrorBody = z.object({
  code: z.string(),
  /** For the log and for developers. */
  message: z.string(),
  /** What the person can do now. */
  nextStep: z.optional(z.string()),
  /** When trying again makes sense, for `rateLimited`. */
  retryAfterSeconds: z.optional(z.int().check(z.minimum(0))),
})
export type RestErrorBody = z.output<typeof restErrorBody>

/** A refusal of the hub, or no understandable answer from it. */
export class RestError extends MortiseError<RestErrorCode | ClientErrorCode> {
  override readonly name = 'RestError'
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: RestErrorCode | ClientErrorCode,
    status: number,
    body: Omit<RestErrorBody, 'code'>,
    cause?: unknown,
  ) {
    const blame = status >= 400 && status < 500 ? 'caller' : 'world'
    super(blame, code, body.message, {
      ...(body.nextStep === undefined ? {} : { nextStep: body.nextStep }),
      cause,
    })
    this.status = status
    this.retryAfterSeconds = body.retryAfterSeconds
  }
}

/** Narrows a code that arrived as text. */
export function isRestErrorCode(code: string): code is RestErrorCode {
  return Object.hasOwn(restErrorStatus, code)
}
