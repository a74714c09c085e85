import { Visitor, type ESTree } from 'rolldown/utils'
import type { SourceFile } from '#tools/source/tree.ts'
import { atFunctions } from '#tools/source/functions.ts'
import { functionNames } from '#tools/source/names.ts'
import type { Edit } from '#tools/mutate/mutant.ts'
import * as rewrites from '#tools/mutate/rewrites.ts'

/** A stretch of a file that is replaced as a whole, with one of its other texts. */
export interface Place {
  readonly start: number
  readonly end: number
  readonly kind: 'expression' | 'statement'
  readonly edit: Edit
  readonly within: string
  readonly isStatic: boolean
}

/** What says by itself that it cannot be reached: no test could. */
const assertions: ReadonlySet<string> = new Set(['assertInvariant', 'unreachable'])

interface Frame {
  readonly name: string
}

/** Every place of a file that can be broken, outer ones before the ones inside. */
export function placesOf(source: SourceFile): readonly Place[] {
  const places: Place[] = []
  const names = functionNames(source)
  const frames: Frame[] = []
  const skipped = spansToSkip(source)
  const chains = chainsOf(source)
  const textOf: rewrites.TextOf = ({ start, end }) => source.text.slice(start, end)

  const put = (span: ESTree.Span, kind: Place['kind'], edit: Edit): void => {
    if (skipped.some(({ start, end }) => start <= span.start && span.end <= end)) return
    const within = frames.findLast(({ name }) => name !== '')?.name ?? ''
    places.push({ ...span, kind, edit, within, isStatic: frames.length === 0 })
  }
  /** A link of an optional chain cannot be wrapped by itself: it would no longer break off early. */
  const expression = (node: ESTree.Span, edits: readonly Edit[]): void => {
    const host = chains.get(node) ?? node
    for (const edit of edits) {
      const before = textOf({ start: host.start, end: edit.start })
      const after = textOf({ start: edit.end, end: host.end })
      const { start, end } = host
      put({ start, end }, 'expression', { ...edit, start, end, text: before + edit.text + after })
    }
  }
  const statement = (node: ESTree.Span, operator: Edit['operator']): void => {
    const { start, end } = node
    put({ start, end }, 'statement', { start, end, operator, text: '' })
  }
  const enter = (node: ESTree.Span): void => {
    const name = names.get(node.start) ?? ''
    frames.push({ name: /^\w+$/.test(name) ? name : '' })
  }
  const leave = (): void => void frames.pop()
  const test = (node: { readonly test: ESTree.Expression | null }): void => {
    if (node.test !== null) expression(node.test, rewrites.condition(node.test))
  }
  const returns = soleReturns(source)
  new Visitor({
    ...atFunctions(enter, leave),
    IfStatement: test,
    ConditionalExpression: test,
    WhileStatement: test,
    ForStatement: test,
    BinaryExpression: (node) => expression(node, rewrites.binary(node, textOf)),
    LogicalExpression: (node) => expression(node, rewrites.logical(node, textOf)),
    UnaryExpression: (node) => expression(node, rewrites.unary(node, textOf)),
    AssignmentExpression: (node) => expression(node, rewrites.assignment(node, textOf)),
    Literal: (node) => expression(node, rewrites.literal(node)),
    MemberExpression: (node) => expression(node, rewrites.unchained(node, textOf)),
    CallExpression(node) {
      expression(node, rewrites.unchained(node, textOf))
      expression(node, rewrites.method(node, textOf))
    },
    ArrayExpression: (node) => expression(node, rewrites.emptied(node, textOf)),
    ObjectExpression: (node) => expression(node, rewrites.emptied(node, textOf)),
    ExpressionStatement: (node) => statement(node, 'statement'),
    ReturnStatement(node) {
      if (!returns.has(node.start)) statement(node, 'return')
    },
  }).visit(source.program)
  return places
}

/** Types, names of members, module names, and what only asserts. */
function spansToSkip({ program }: SourceFile): readonly ESTree.Span[] {
  const spans: ESTree.Span[] = []
  const skip = (node: ESTree.Span): void => void spans.push(node)
  new Visitor({
    TSTypeAliasDeclaration: skip,
    TSInterfaceDeclaration: skip,
    TSTypeAnnotation: skip,
    TSTypeParameterInstantiation: skip,
    TSLiteralType: skip,
    ImportDeclaration: skip,
    ExportAllDeclaration: skip,
    ExportNamedDeclaration: (node) => node.source && skip(node.source),
    Property: (node) => !node.computed && skip(node.key),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && assertions.has(node.callee.name)) skip(node)
    },
    ReturnStatement: (node) => isAssertion(node.argument) && skip(node),
    ExpressionStatement: (node) => isAssertion(node.expression) && skip(node),
  }).visit(program)
  return spans
}

function isAssertion(node: ESTree.Expression | null): boolean {
  return (
    node?.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    assertions.has(node.callee.name)
  )
}

/**
 * `if (c) return x`: without its return it is a condition that never holds, which is planted anyway.
 * Nor does it matter when a function ends with `return undefined`.
 */
function soleReturns({ program }: SourceFile): ReadonlySet<number> {
  const starts = new Set<number>()
  const endsWith = ({
    body,
  }: {
    readonly body: ESTree.FunctionBody | null | ESTree.Expression
  }) => {
    const last = body?.type === 'BlockStatement' ? body.body.at(-1) : undefined
    if (last?.type !== 'ReturnStatement') return
    const { argument } = last
    if (argument?.type === 'Identifier' && argument.name === 'undefined') starts.add(last.start)
  }
  new Visitor({
    FunctionDeclaration: endsWith,
    ArrowFunctionExpression: endsWith,
    IfStatement({ consequent, alternate }) {
      const only =
        consequent.type === 'BlockStatement' && consequent.body.length === 1
          ? consequent.body[0]
          : consequent
      if (only?.type === 'ReturnStatement' && alternate === null) starts.add(only.start)
    },
  }).visit(program)
  return starts
}

/** Every link of an optional chain, with the whole chain. */
function chainsOf({ program }: SourceFile): ReadonlyMap<ESTree.Span, ESTree.Span> {
  const chains = new Map<ESTree.Span, ESTree.Span>()
  new Visitor({
    ChainExpression(chain) {
      let link: ESTree.Expression | ESTree.Super = chain.expression
      for (;;) {
        chains.set(link, chain)
        if (link.type === 'CallExpression') link = link.callee
        else if (link.type === 'MemberExpression') link = link.object
        else if (link.type === 'TSNonNullExpression') link = link.expression
        else return
      }
    },
  }).visit(program)
  return chains
}
