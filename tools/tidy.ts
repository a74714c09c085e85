import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { report, type Problem } from '#tools/source/problem.ts'
import { repositoryRoot, workTree, type Tree } from '#tools/source/tree.ts'
import { FILE_LINES_SOFT, filesLongerThan, linesOf } from '#tools/tidy/file-length.ts'
import {
  FUNCTION_LINES_SOFT,
  functionsLongerThan,
  lowerRatchet,
  RATCHET_FILE,
} from '#tools/tidy/function-length.ts'
import { rules } from '#tools/tidy/rules.ts'

/** Everything in the tree that breaks a rule of order. */
export function checkTidy(tree: Tree): readonly Problem[] {
  return rules.flatMap((rule) => rule.check(tree))
}

/** What is allowed and still worth a second look: the functions and files over the soft limits. */
function advice(tree: Tree): string {
  const functions = functionsLongerThan(tree, FUNCTION_LINES_SOFT).map(
    ({ file, line, name, lines }) => `${file}:${line}: ${name} has ${lines} lines\n`,
  )
  const files = filesLongerThan(tree, FILE_LINES_SOFT).map(
    ({ path, text }) => `${path}:1: ${linesOf(text)} lines\n`,
  )
  return [...functions, ...files].join('')
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { advice: { type: 'boolean' }, ratchet: { type: 'boolean' } },
  })
  const tree = workTree(repositoryRoot)
  if (values.advice) process.stdout.write(advice(tree))
  if (values.ratchet) {
    const content = `${JSON.stringify(lowerRatchet(tree), null, 2)}\n`
    writeFileSync(join(repositoryRoot, RATCHET_FILE), content)
  }
  report('tidy', checkTidy(values.ratchet ? workTree(repositoryRoot) : tree))
}
