import { describe } from 'node:test'
import { sensorContract } from './sensor.contract.ts'
import type { EscutcheonState, Tamper } from './tamper.ts'

export interface TamperSubject {
  readonly tamper: Tamper
  /** Takes the outside cover off or puts it back. */
  readonly make: (state: EscutcheonState) => void
  readonly settle: () => void | Promise<void>
}

/** The contract of `Tamper`; see the comment on the interface. */
export function tamperContract(
  name: string,
  makeSubject: () => TamperSubject | Promise<TamperSubject>,
): void {
  describe(`${name} keeps the tamper contract`, () => {
    sensorContract<EscutcheonState>(['inPlace', 'removed'], async () => {
      const { tamper, make, settle } = await makeSubject()
      return { read: tamper.state, onChange: tamper.onChange, make, settle }
    })
  })
}
