import type { BucketRate } from '#core/bucket.ts'

/**
 * Rate limits. Failed sign-ins are limited by address alone and never by account: a signature
 * cannot be guessed, so a limit on the account would only let strangers lock people out.
 */
export const rates = {
  /** Everything that an address asks. A house behind one router opens the app on several phones. */
  address: { burst: 300, perSecond: 20 },
  /** Nonces for setting up and signing in. */
  addressBegin: { burst: 30, perSecond: 0.5 },
  /** Proofs, each of which costs a signature check. */
  addressProof: { burst: 15, perSecond: 0.2 },
  /** Everything that one account asks, over all its devices. */
  account: { burst: 300, perSecond: 10 },
  /** Each reaches a lock and may make it work. */
  accountRelay: { burst: 40, perSecond: 2 },
  /** Somebody who was invited asks twice and accepts once; a second try or two must fit. */
  addressInvited: { burst: 20, perSecond: 0.5 },
  /** New connections to the lock endpoint; a router that restarts brings several locks at once. */
  addressLink: { burst: 30, perSecond: 0.5 },
} as const satisfies Readonly<Record<string, BucketRate>>
export type RateName = keyof typeof rates
