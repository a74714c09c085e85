import type { SourceFile, Tree } from '#tools/source/tree.ts'
import { importsOf, type Import } from '#tools/rooms/imports.ts'
import { packageOf, packagesOf, resolve, type Package, type Target } from '#tools/rooms/packages.ts'

/** One import with both of its ends. */
export interface Edge extends Import {
  readonly from: string
  readonly home: Package | undefined
  readonly target: Target
}

/** All imports of a tree, resolved. */
export interface Graph {
  readonly packages: readonly Package[]
  readonly sources: readonly SourceFile[]
  readonly edges: readonly Edge[]
  /** The imports that start in a file. */
  readonly edgesOf: (path: string) => readonly Edge[]
}

export function graphOf(tree: Tree): Graph {
  const packages = packagesOf(tree)
  const byFile = new Map<string, readonly Edge[]>()
  for (const source of tree.sources) {
    const edges = importsOf(source).map((found): Edge => ({
      ...found,
      from: source.path,
      home: packageOf(packages, source.path),
      target:
        found.specifier === undefined
          ? { kind: 'unknown' }
          : resolve(packages, source.path, found.specifier),
    }))
    byFile.set(source.path, edges)
  }
  return {
    packages,
    sources: tree.sources,
    edges: [...byFile.values()].flat(),
    edgesOf: (path) => byFile.get(path) ?? [],
  }
}
