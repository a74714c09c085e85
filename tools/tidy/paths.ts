import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { excepted, THE_RULES } from '#tools/tidy/exceptions.ts'
import { problemsByLine } from '#tools/tidy/lines.ts'

// Not after a letter, a dot or a slash: `https://example.org/work/` and `./tmp/` are no such paths.
const MACHINE_PATH = /(?<![\w.\-/*])(?:\/(?:tmp|work|root|home|Users)\/[\w.-]+|[A-Z]:\\Users\\)/

/** Absolute paths of somebody's machine: they work there and nowhere else, and tell who wrote them. */
export function checkPaths(tree: Tree): readonly Problem[] {
  return tree.files
    .filter(({ path }) => !excepted([THE_RULES], path))
    .flatMap((file) =>
      problemsByLine(file, (line) => {
        const path = MACHINE_PATH.exec(line)?.[0]
        if (path === undefined) return []
        return [
          `${path} is a path of one machine; use a relative path, or os.tmpdir() for a scratch folder`,
        ]
      }),
    )
}
