import type { VerifyCrypto } from '@mortise/protocol/verify'
import type { Clock } from '#hub/ports/clock.ts'
import type { HubIdentity } from '#hub/ports/identity.ts'
import type { Log } from '#hub/ports/log.ts'
import type { PasskeyRegistration } from '#hub/ports/passkeys.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Store } from '#hub/ports/store.ts'

/** How people and locks reach this hub. */
export interface HubSettings {
  /** Version of this software. */
  readonly version: string
  /** The hub's own origin as browsers name it, such as `https://hub.example`. */
  readonly origin: string
  /** Origins of an app that lives elsewhere. */
  readonly appOrigins: readonly string[]
  /** WebAuthn relying party. */
  readonly relyingPartyId: string
  /** Where people open the app: the own origin when the hub serves it. */
  readonly appUrl: string
}

/** What `main.ts` plugs in. */
export interface HubDependencies {
  readonly store: Store
  readonly identity: HubIdentity
  readonly crypto: VerifyCrypto
  readonly passkeys: PasskeyRegistration
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly settings: HubSettings
}
