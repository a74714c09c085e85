import type { House, HouseOptions } from './house.ts'

/** Who the attacker is: the levels of docs/threat-model.md. */
export type Level = 'network' | 'hub root' | 'hub root plus one gesture' | 'guest' | 'at the door'

/** One attack on a lock through its hub. */
export interface LockAttack {
  readonly name: string
  readonly level: Level
  /** Properties and rows of the collection of published attacks (`proof/attacks/README.md`). */
  readonly properties: readonly string[]
  readonly rows: readonly number[]
  /** With this weakness the attack does its harm. */
  readonly weakness: HouseOptions
  /**
   * Comes back when all is sent and answered, and says whether it did harm beyond moving the bolt,
   * which counts in any case. `mark` is called after the last honest act and before the first
   * hostile one; what moves or is refused from then on is the attack's.
   */
  readonly strike: (house: House, mark: () => void) => Promise<boolean | void>
  /** Set where nothing of the attack reaches the lock, so that its journal cannot tell. */
  readonly leavesNoTrace?: true
}
