import type { Problem } from '#tools/source/problem.ts'
import type { TextFile, Tree } from '#tools/source/tree.ts'
import { problemsByLine } from '#tools/tidy/lines.ts'

/** What a lockfile must not say, and what it must. */
export function checkLockfile(tree: Tree): readonly Problem[] {
  return tree.files
    .filter(({ path }) => /(^|\/)package-lock\.json$/.test(path))
    .flatMap((file) => [...registryAddresses(file), ...packagesWithoutHash(file)])
}

/** Registry addresses bind everybody to the registry of whoever wrote the lockfile. */
function registryAddresses(file: TextFile): readonly Problem[] {
  return problemsByLine(file, (line) => {
    if (!/"resolved": "(https?|git\+?\w*):/.test(line)) return []
    return [
      'a registry address is banned here, because it binds everybody to one registry; use `npm install --omit-lockfile-registry-resolved`',
    ]
  })
}

/**
 * npm installs what has no hash as it comes. It leaves hashes out of what it did not fetch itself,
 * such as the programs for other systems.
 */
function packagesWithoutHash(file: TextFile): readonly Problem[] {
  const { packages = {} } = Object(JSON.parse(file.text))
  const lines = file.text.split('\n')
  return Object.entries(packages).flatMap(([path, fields]) => {
    const { link, integrity } = Object(fields)
    const isFetched = /(^|\/)node_modules\//.test(path) && link !== true
    if (!isFetched || typeof integrity === 'string') return []
    const line = 1 + lines.findIndex((text) => text.includes(`"${path}":`))
    const text = `${path} has no integrity; put there what \`npm view <name>@<version> dist.integrity\` says`
    return [{ file: file.path, line, text }]
  })
}
