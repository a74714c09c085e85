import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { checkAny } from '#tools/tidy/any.ts'
import { checkCaptions } from '#tools/tidy/captions.ts'
import { checkConsole } from '#tools/tidy/console.ts'
import { checkErrors } from '#tools/tidy/errors.ts'
import { checkFileLength } from '#tools/tidy/file-length.ts'
import { checkFunctionLength } from '#tools/tidy/function-length.ts'
import { checkLockfile } from '#tools/tidy/lockfile.ts'
import { checkPaths } from '#tools/tidy/paths.ts'
import { checkSyntax } from '#tools/tidy/syntax.ts'
import { checkWords } from '#tools/tidy/words.ts'

export interface Rule {
  readonly name: string
  readonly check: (tree: Tree) => readonly Problem[]
}

/** Every rule of order, as one sentence and its check. */
export const rules: readonly Rule[] = [
  { name: 'every source file can be parsed', check: checkSyntax },
  { name: 'functions stay short', check: checkFunctionLength },
  { name: 'files stay short', check: checkFileLength },
  { name: 'every folder with source has a caption', check: checkCaptions },
  { name: 'errors are typed', check: checkErrors },
  { name: 'types are not switched off', check: checkAny },
  { name: 'output has one place', check: checkConsole },
  { name: 'no path of a machine', check: checkPaths },
  { name: 'no forbidden word', check: checkWords },
  { name: 'the lockfile names no registry', check: checkLockfile },
]
