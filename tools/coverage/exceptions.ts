/** Lines whose branch cannot be taken, by what stands on them. */
export interface Exception {
  readonly line: RegExp
  readonly why: string
}

/** The few that are left where the code itself says that it cannot get there. */
export const exceptions: readonly Exception[] = [
  {
    line: /^\s*(default:|return unreachable\()/,
    why: 'the end of a switch that the compiler has found complete; `unreachable` throws',
  },
]
