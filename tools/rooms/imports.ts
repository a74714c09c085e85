import { Visitor, type ESTree } from 'rolldown/utils'
import type { SourceFile } from '#tools/source/tree.ts'

/** One import of any form. */
export interface Import {
  /** `undefined` where the specifier is computed, so that nobody can say what it imports. */
  readonly specifier: string | undefined
  readonly line: number
  /** True where nothing of it is left at run time. */
  readonly typeOnly: boolean
}

/**
 * All imports of a file in every form that the language has: static, re-export, dynamic, type
 * query, `require`.
 */
export function importsOf(source: SourceFile): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string | undefined, start: number, typeOnly: boolean): void => {
    found.push({ specifier, line: source.lineAt(start), typeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration(node) {
      if (node.source) add(node.source.value, node.start, node.exportKind === 'type')
    },
    ImportExpression: (node) => add(literalText(node.source), node.start, false),
    TSImportType: (node) => add(node.source.value, node.start, true),
    TSExternalModuleReference: (node) => add(node.expression.value, node.start, false),
    CallExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return
      const [argument] = node.arguments
      if (argument && argument.type !== 'SpreadElement') {
        add(literalText(argument), node.start, false)
      }
    },
  }).visit(source.program)
  return found
}

function literalText(node: ESTree.Expression): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined
  }
  return undefined
}
