import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '#tools/source/tree.ts'

/** All test files that git knows or could know, without what it ignores. */
export function testFiles(): readonly string[] {
  const listing = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z', '*.test.ts'],
    { cwd: repositoryRoot, encoding: 'utf8' },
  )
  return listing
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(repositoryRoot, path)))
    .toSorted()
}

/** Tests with real processes and a real browser. */
export function isEndToEnd(path: string): boolean {
  return path.startsWith('proof/e2e/')
}

/** Keeps the files that contain one of the filters; no filter keeps all. */
export function matching(files: readonly string[], filters: readonly string[]): readonly string[] {
  const parts = filters.map((filter) => filter.replace(/^\.\//, ''))
  return files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
}
