import { Visitor, type ESTree } from 'rolldown/utils'
import type { SourceFile } from '#tools/source/tree.ts'

/** The names of functions by where they start, also of those that get theirs from around them. */
export function functionNames(source: SourceFile): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const text = (node: { readonly start: number; readonly end: number }): string =>
    source.text.slice(node.start, node.end)
  new Visitor({
    FunctionDeclaration: (node) => node.id && names.set(node.start, node.id.name),
    FunctionExpression: (node) => node.id && names.set(node.start, node.id.name),
    VariableDeclarator: (node) => node.init && names.set(node.init.start, nameOf(node.id)),
    Property: (node) => names.set(node.value.start, text(node.key)),
    MethodDefinition: (node) => names.set(node.value.start, text(node.key)),
    PropertyDefinition: (node) => node.value && names.set(node.value.start, text(node.key)),
    CallExpression(node) {
      const [first] = node.arguments
      const label =
        first?.type === 'Literal' ? `${text(node.callee)}(${text(first)})` : text(node.callee)
      for (const argument of node.arguments) names.set(argument.start, `an argument of ${label}`)
    },
  }).visit(source.program)
  return names
}

function nameOf(pattern: ESTree.BindingPattern): string {
  return pattern.type === 'Identifier' ? pattern.name : 'a function without a name'
}
