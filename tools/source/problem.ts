/** A broken rule: where, and a sentence that says what to do instead. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** One line per problem, in the form that editors and terminals turn into a link. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, text }) => `${file}:${line}: ${text}`)
  // `{ Date }` is one fault, although the tree holds it as key and as value.
  return [...new Set(lines)].join('\n')
}

/** Prints the problems and sets the exit code: for a checker that is started by hand. */
export function report(name: string, problems: readonly Problem[]): void {
  if (problems.length > 0) process.stdout.write(`${formatProblems(problems)}\n`)
  process.stdout.write(
    problems.length === 0 ? `${name}: all is well\n` : `${name}: ${problems.length} problems\n`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}
