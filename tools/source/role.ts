/**
 * Tests, contract suites and what only they use (`testing/` folders, vectors, all of `proof/`). They may
 * import more than the product, and the product may not import them.
 */
export function isTest(path: string): boolean {
  return (
    /\.(test|contract)\.tsx?$/.test(path) ||
    /(^|\/)contract(-[\w-]+)?\.ts$/.test(path) ||
    /(^|\/)testing\//.test(path) ||
    path.startsWith('protocol/vectors/') ||
    path.startsWith('proof/')
  )
}

/** Programs for developers: they run on a developer's machine and never ship. */
export function isTooling(path: string): boolean {
  return path.startsWith('tools/') || path.endsWith('.config.ts')
}

/** The files that may plug adapters into the rest: `main.ts` and a package's front door. */
export function isJoin(path: string, packageFolder: string): boolean {
  const name = packageFolder === '' ? path : path.slice(packageFolder.length + 1)
  return name === 'main.ts' || name === 'main.tsx' || name === 'index.ts'
}
