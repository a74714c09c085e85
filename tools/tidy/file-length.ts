import type { Problem } from '#tools/source/problem.ts'
import type { TextFile, Tree } from '#tools/source/tree.ts'
import { isTest } from '#tools/source/role.ts'
import { excepted, type Exception } from '#tools/tidy/exceptions.ts'

/** Beyond this a file is worth a second look; `node tools/tidy.ts --advice` lists them. */
export const FILE_LINES_SOFT = 300
/** Beyond this a file holds more than one idea. */
export const FILE_LINES_HARD = 500

const EXCEPTIONS: readonly Exception[] = [
  { files: /^protocol\/vectors\//, why: 'vectors are data' },
  { files: /\.table\.ts$/, why: 'a table is read by looking up, not from top to bottom' },
  { files: /^app\/texts\//, why: 'all texts of a language stand in one place for translators' },
]

/** Source files above the hard limit. Tests, tables and vectors may be long. */
export function checkFileLength(tree: Tree): readonly Problem[] {
  return filesLongerThan(tree, FILE_LINES_HARD).map(({ path, text }) => ({
    file: path,
    line: FILE_LINES_HARD + 1,
    text: `this file has ${linesOf(text)} lines, and ${FILE_LINES_HARD} hold one idea; use two files (a table may be long when it is named *.table.ts)`,
  }))
}

/** Source files with more than `limit` lines, without those that may be long. */
export function filesLongerThan(tree: Tree, limit: number): readonly TextFile[] {
  return tree.files.filter(
    ({ path, text }) =>
      /\.(tsx?|css|js|html)$/.test(path) &&
      !isTest(path) &&
      !excepted(EXCEPTIONS, path) &&
      linesOf(text) > limit,
  )
}

export function linesOf(text: string): number {
  return text.trimEnd().split('\n').length
}
