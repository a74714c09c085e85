/**
 * Where the bolt is drawn. `thrown` and `drawn` stand for a state that the lock has signed;
 * `leaning…` while the person proves themselves; `drawing` and `throwing` while the lock has not answered.
 */
export type BoltPose =
  | 'thrown'
  | 'drawn'
  | 'between'
  | 'leaningToDraw'
  | 'leaningToThrow'
  | 'drawing'
  | 'throwing'

export interface BoltPicture {
  readonly pose: BoltPose
  /** Only the outline of the last sighting: what is drawn is not known to be true. */
  readonly ghost: boolean
  readonly leaf: 'closed' | 'open'
  readonly jammed: boolean
  /** Lit rim of the strike: locked, and signed as such. */
  readonly caught: boolean
  /** Light through the gap: `slit` unlocked, `flood` open. */
  readonly light: 'none' | 'slit' | 'flood'
}
