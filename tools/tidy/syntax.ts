import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'

/** A file that cannot be parsed would pass every other rule unseen. */
export function checkSyntax(tree: Tree): readonly Problem[] {
  return tree.sources.flatMap(({ path, syntaxErrors }) =>
    syntaxErrors.map((error) => ({
      file: path,
      line: 1,
      text: `this file cannot be parsed: ${error}`,
    })),
  )
}
