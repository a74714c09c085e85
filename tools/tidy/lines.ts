import type { Problem } from '#tools/source/problem.ts'
import type { TextFile } from '#tools/source/tree.ts'

/** The problems of a file, line by line; `judge` says what is wrong with a line, if anything. */
export function problemsByLine(
  file: TextFile,
  judge: (line: string) => readonly string[],
): readonly Problem[] {
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      judge(line).map((text) => ({ file: file.path, line: index + 1, text })),
    )
}
