import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Tree } from '#tools/source/tree.ts'

/** A workspace package: a folder with a package.json. */
export interface Package {
  /** Folder relative to the root; the root itself is the empty string. */
  readonly folder: string
  readonly name: string
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
  /** The `exports` map, key to file relative to the package. */
  readonly exports: ReadonlyMap<string, string>
  /** The `imports` map, likewise. */
  readonly imports: ReadonlyMap<string, string>
}

/** Where a specifier leads. */
export type Target =
  | { readonly kind: 'file'; readonly path: string; readonly package: Package | undefined }
  | { readonly kind: 'builtin' }
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'hidden'; readonly package: Package }
  | { readonly kind: 'unknown' }

/** The packages of a tree, the most deeply nested first. */
export function packagesOf(tree: Tree): readonly Package[] {
  return tree.files
    .filter((file) => /(^|\/)package\.json$/.test(file.path))
    .map((file) => readPackage(posix.dirname(file.path).replace(/^\.$/, ''), file.text))
    .toSorted((a, b) => b.folder.length - a.folder.length)
}

function readPackage(folder: string, text: string): Package {
  const manifest = record(JSON.parse(text))
  return {
    folder,
    name: typeof manifest.name === 'string' ? manifest.name : folder,
    dependencies: new Set([
      ...Object.keys(record(manifest.dependencies)),
      ...Object.keys(record(manifest.peerDependencies)),
      ...Object.keys(record(manifest.optionalDependencies)),
    ]),
    devDependencies: new Set(Object.keys(record(manifest.devDependencies))),
    exports: textMap(manifest.exports),
    imports: textMap(manifest.imports),
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const [key, file] of Object.entries(record(value))) {
    if (typeof file === 'string') map.set(key, file)
  }
  return map
}

/** The package that a file belongs to: the nearest package.json at or above it. */
export function packageOf(packages: readonly Package[], path: string): Package | undefined {
  return packages.find(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
}

/** The name of the package in a bare specifier: `hono/cors` is `hono`. */
export function libraryName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Finds out what `specifier` means in `importer`, by the rules of Node's own resolution. */
export function resolve(packages: readonly Package[], importer: string, written: string): Target {
  // Vite's `?raw` and `?url` say how to load a file, not which.
  const specifier = written.replace(/\?.*$/, '')
  const home = packageOf(packages, importer)
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const folder = specifier.startsWith('/') ? '/' : posix.dirname(importer)
    return fileTarget(packages, posix.join(folder, specifier))
  }
  if (specifier.startsWith('#')) {
    const path = home && lookUp(home.imports, specifier)
    return home && path !== undefined
      ? fileTarget(packages, posix.join(home.folder, path))
      : { kind: 'unknown' }
  }
  if (isBuiltin(specifier)) return { kind: 'builtin' }
  const name = libraryName(specifier)
  const workspace = packages.find((candidate) => candidate.name === name)
  if (!workspace) return { kind: 'library', name }
  const exported = lookUp(workspace.exports, `.${specifier.slice(name.length)}`)
  if (exported === undefined) return { kind: 'hidden', package: workspace }
  return fileTarget(packages, posix.join(workspace.folder, exported))
}

function fileTarget(packages: readonly Package[], path: string): Target {
  return { kind: 'file', path, package: packageOf(packages, path) }
}

/** One key of an `exports` or `imports` map, exact or with one `*`. */
function lookUp(map: ReadonlyMap<string, string>, key: string): string | undefined {
  const exact = map.get(key)
  if (exact !== undefined) return exact
  for (const [pattern, file] of map) {
    const [before, after] = pattern.split('*')
    if (before === undefined || after === undefined) continue
    if (key.length < before.length + after.length) continue
    if (!key.startsWith(before) || !key.endsWith(after)) continue
    return file.replace('*', key.slice(before.length, key.length - after.length))
  }
  return undefined
}
