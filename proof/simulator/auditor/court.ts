import type { DoorSnapshot } from '@mortise/lock/testing'
import type { OperatingMode, Policy, State } from '@mortise/protocol/words'
import type { Claim } from './claims.ts'

/** What all judges share: the facts of the moment, and a place for what they find. */
export interface Court {
  /** True time since the beginning of the world. */
  readonly nowMs: () => number
  readonly holds: (claim: Claim, kept: boolean, detail: () => string) => void
  readonly door: () => DoorSnapshot | undefined
  /** What the lock says of itself; undefined while it starts. */
  readonly published: () => State | undefined
  /** What is in force, as the journal and the owners' signatures have it. */
  document: Policy | undefined
  /** The same, with the keys that came by its invitations. */
  policy: Policy | undefined
  /** As the journal has it. */
  mode: { readonly name: OperatingMode; readonly untilMs: number | undefined }
  /** Nobody has meddled with the clock since lock time was last seen to be right. */
  clockRight: boolean
  /** When somebody last pressed the button inside, in this boot. */
  insideMs: number | undefined
  /** Seconds for which the last to open may have asked; undefined where they may not have. */
  relockSeconds: readonly (number | undefined)[]
}

export function isCertain({ published }: Court): boolean {
  return published()?.timeCertain ?? true
}
