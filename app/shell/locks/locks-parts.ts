import type { Device } from '@mortise/keyholder'
import type { Database } from '#app/shell/database.ts'
import type { Contacts } from '#app/shell/locks/contacts.ts'
import type { OwnPasskey } from '#app/shell/passkeys.ts'

/** What the locks port is made of. */
export interface LocksParts {
  readonly device: Omit<Device, 'prover'>
  readonly database: Database
  readonly contacts: Contacts
  readonly ownPasskeys: () => Promise<readonly OwnPasskey[]>
  /** Where passkeys may be used at a lock that is claimed from here. */
  readonly relyingPartyId: string
  readonly origin: string
  readonly phoneZone: string
}
