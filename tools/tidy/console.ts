import { Visitor } from 'rolldown/utils'
import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { excepted, type Exception } from '#tools/tidy/exceptions.ts'

const EXCEPTIONS: readonly Exception[] = [
  {
    files: /^cli\/output(\/.*)?\.ts$|^cli\/output\//,
    why: 'the one place where the command line speaks',
  },
  { files: /(^|\/)(log|logger)\.ts$/, why: 'loggers redact what must not be seen' },
]

/** Output past the loggers: it is unstructured, and nothing keeps secrets out of it. */
export function checkConsole(tree: Tree): readonly Problem[] {
  const found: Problem[] = []
  for (const source of tree.sources) {
    if (excepted(EXCEPTIONS, source.path)) continue
    new Visitor({
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.object.name !== 'console') return
        found.push({
          file: source.path,
          line: source.lineAt(node.start),
          text: 'console is banned here, because nothing keeps secrets out of it; use the logger that main.ts hands in (in the CLI: output.ts)',
        })
      },
    }).visit(source.program)
  }
  return found
}
