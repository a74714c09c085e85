import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, type ESTree } from 'rolldown/utils'

/** One text file. `path` is relative to the root of the tree and uses forward slashes. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** A parsed TypeScript file. */
export interface SourceFile extends TextFile {
  readonly program: ESTree.Program
  readonly comments: readonly { readonly value: string; readonly start: number }[]
  /** What the parser could not read, one sentence each. */
  readonly syntaxErrors: readonly string[]
  /** The line, counted from one, of an offset into `text`. */
  readonly lineAt: (offset: number) => number
}

/** Everything a checker may look at: a work tree, or a few planted files in a test. */
export interface Tree {
  readonly files: readonly TextFile[]
  /** The `.ts` and `.tsx` files among them. */
  readonly sources: readonly SourceFile[]
  readonly find: (path: string) => TextFile | undefined
}

const SOURCE_PATTERN = /\.tsx?$/
const BINARY_PATTERN = /\.(png|jpg|ico|webp|woff2|gz|db|sqlite|bin)$/

function parseSource(file: TextFile): SourceFile {
  const { program, comments, errors } = parseSync(file.path, file.text)
  return {
    ...file,
    program,
    comments,
    syntaxErrors: errors.map((error) => error.message),
    lineAt: (offset) => file.text.slice(0, offset).split('\n').length,
  }
}

/** A tree of the files given as path and text. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
  const byPath = new Map(files.map((file) => [file.path, file]))
  const sources = files.filter((file) => SOURCE_PATTERN.test(file.path)).map(parseSource)
  return { files, sources, find: (path) => byPath.get(path) }
}

/**
 * The work tree at `root`: what git tracks and what it does not ignore, so that a fault is found
 * before it is committed. Symbolic links and binary files are left out.
 */
export function workTree(root: string): Tree {
  const listing = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const texts: Record<string, string> = {}
  for (const path of listing.split('\0').filter(Boolean).toSorted()) {
    const place = join(root, path)
    if (BINARY_PATTERN.test(path) || !existsSync(place) || !lstatSync(place).isFile()) continue
    texts[path] = readFileSync(place, 'utf8')
  }
  return treeOf(texts)
}

/** The root of this repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..')
