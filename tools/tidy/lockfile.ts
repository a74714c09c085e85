import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { problemsByLine } from '#tools/tidy/lines.ts'

/** Registry addresses in a lockfile bind everybody to the registry of whoever wrote it. */
export function checkLockfile(tree: Tree): readonly Problem[] {
  return tree.files
    .filter(({ path }) => /(^|\/)package-lock\.json$/.test(path))
    .flatMap((file) =>
      problemsByLine(file, (line) => {
        if (!/"resolved": "(https?|git\+?\w*):/.test(line)) return []
        return [
          'a registry address is banned here, because it binds everybody to one registry; use `npm install --omit-lockfile-registry-resolved`',
        ]
      }),
    )
}
