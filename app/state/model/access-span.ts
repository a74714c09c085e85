/** When somebody may use their ways in. */
export type AccessTime =
  | { readonly kind: 'always' }
  | {
      readonly kind: 'window'
      readonly phase: 'upcoming' | 'current' | 'ended'
      readonly fromMs: number
      readonly untilMs: number
    }
