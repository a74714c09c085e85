/** Files that a rule passes over, with the reason. */
export interface Exception {
  readonly files: RegExp
  readonly why: string
}

/** Whether an exception covers the file. */
export function excepted(exceptions: readonly Exception[], path: string): boolean {
  return exceptions.some(({ files }) => files.test(path))
}

/** Where the rules themselves spell out what they look for. */
export const THE_RULES: Exception = {
  files: /^tools\/tidy(\/|\.test\.ts$)/,
  why: 'the rules and their planted faults have to name what they ban',
}
