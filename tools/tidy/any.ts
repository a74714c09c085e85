import { Visitor } from 'rolldown/utils'
import type { Problem } from '#tools/source/problem.ts'
import type { SourceFile, Tree } from '#tools/source/tree.ts'
import { excepted, THE_RULES } from '#tools/tidy/exceptions.ts'

/** Types switched off: `any`, and comments that silence the compiler or the linter. */
export function checkAny(tree: Tree): readonly Problem[] {
  return tree.sources.flatMap((source) => {
    const silenced = excepted([THE_RULES], source.path) ? [] : silencers(source)
    return [...anyTypes(source), ...silenced]
  })
}

function anyTypes(source: SourceFile): readonly Problem[] {
  const found: Problem[] = []
  new Visitor({
    TSAnyKeyword(node) {
      const text =
        'any is banned here, because it switches every check off for all that touches it; use unknown and a check'
      found.push({ file: source.path, line: source.lineAt(node.start), text })
    },
  }).visit(source.program)
  return found
}

function silencers(source: SourceFile): readonly Problem[] {
  return source.comments.flatMap(({ value, start }) => {
    const text = judgeComment(value)
    return text === undefined ? [] : [{ file: source.path, line: source.lineAt(start), text }]
  })
}

function judgeComment(comment: string): string | undefined {
  if (/@ts-(ignore|nocheck)\b/.test(comment)) {
    return '@ts-ignore and @ts-nocheck are banned, because they stay when their reason has gone; use @ts-expect-error with a reason'
  }
  const directive = /(@ts-expect-error|(?:eslint|oxlint)-disable(?:-next-line|-line)?)(.*)/s.exec(
    comment,
  )
  if (!directive) return undefined
  const [, name = '', rest = ''] = directive
  const reason = name.startsWith('@') ? rest : rest.split(' -- ')[1]
  if (/\w+\W+\w+/.test(reason ?? '')) return undefined
  const form = name.startsWith('@') ? `${name} reason` : `${name} rule -- reason`
  return `${name} needs a reason that a stranger understands; use "${form}"`
}
