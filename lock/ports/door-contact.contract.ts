import { describe } from 'node:test'
import type { DoorContact, DoorPosition } from './door-contact.ts'
import { sensorContract } from './sensor.contract.ts'

export interface DoorContactSubject {
  readonly doorContact: DoorContact
  /** Moves the leaf, or breaks the contact, so that it says this. */
  readonly make: (position: DoorPosition) => void
  readonly settle: () => void | Promise<void>
}

/** The contract of `DoorContact`; see the comment on the interface. */
export function doorContactContract(
  name: string,
  makeSubject: () => DoorContactSubject | Promise<DoorContactSubject>,
): void {
  describe(`${name} keeps the door contact contract`, () => {
    sensorContract<DoorPosition>(['closed', 'open', 'unknown'], async () => {
      const { doorContact, make, settle } = await makeSubject()
      return { read: doorContact.position, onChange: doorContact.onChange, make, settle }
    })
  })
}
