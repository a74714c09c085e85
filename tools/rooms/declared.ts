import { isTest, isTooling } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { Edge, Graph } from '#tools/rooms/graph.ts'
import { libraryName, type Package } from '#tools/rooms/packages.ts'

/**
 * Imports that work only by luck: of a package that package.json does not name (npm hoists it into
 * reach), by a relative path out of the package (which walks past `exports`), or by a computed
 * specifier (which nobody can check).
 */
export function checkDeclared(graph: Graph): readonly Problem[] {
  const root = graph.packages.find(({ folder }) => folder === '')
  return graph.edges.flatMap((edge) => {
    const text = judge(edge, root)
    return text === undefined ? [] : [{ file: edge.from, line: edge.line, text }]
  })
}

/** What loads other files because that is its work, as a test runner does. */
const loaders: ReadonlySet<string> = new Set(['tools/mutate/worker.ts'])

function judge(edge: Edge, root: Package | undefined): string | undefined {
  const { specifier, target, home } = edge
  if (specifier === undefined) {
    if (loaders.has(edge.from)) return undefined
    return 'a computed import is banned here, because nobody can check where it leads; use a literal specifier'
  }
  if (/^[./#]/.test(specifier) && target.kind === 'file') {
    if (target.package === home && !target.path.startsWith('..')) {
      return undefined
    }
    return `${specifier} is banned here, because a path must not leave its package; use the other package by its name and exports`
  }
  switch (target.kind) {
    case 'builtin':
      return undefined
    case 'unknown':
      return `${specifier} leads nowhere, because the imports of package.json do not name it; use one that they name`
    case 'hidden':
      return `${specifier} is banned here, because ${target.package.name} does not export it; use one of its exports, or add one`
    case 'file':
      if (target.package === home) return undefined
      return judgeName(edge, libraryName(specifier), root)
    case 'library':
      return judgeName(edge, target.name, root)
  }
}

function judgeName(
  { from, home }: Edge,
  name: string,
  root: Package | undefined,
): string | undefined {
  if (!home || home.dependencies.has(name)) return undefined
  const where = home.folder === '' ? 'package.json' : `${home.folder}/package.json`
  if (!isTest(from) && !isTooling(from)) {
    return `${name} is banned here, because the dependencies of ${where} do not name it; declare it there, or do without`
  }
  if (home.devDependencies.has(name) || root?.devDependencies.has(name)) return undefined
  return `${name} is banned here, because neither ${where} nor the root's devDependencies name it; declare it there, or do without`
}
