import { Visitor, type ESTree } from 'rolldown/utils'
import type { Problem } from '#tools/source/problem.ts'
import type { SourceFile, Tree } from '#tools/source/tree.ts'
import { isTest } from '#tools/source/role.ts'
import { excepted, type Exception } from '#tools/tidy/exceptions.ts'

const BUILT_IN_ERRORS: ReadonlySet<string> = new Set([
  'Error',
  'AggregateError',
  'DOMException',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SuppressedError',
  'SyntaxError',
  'TypeError',
  'URIError',
])

const EXCEPTIONS: readonly Exception[] = [
  { files: /^protocol\/errors\.ts$/, why: 'MortiseError itself has to stand on something' },
]

const INSTEAD =
  'callers cannot switch on it and people get no next step; use MortiseError of @mortise/protocol/errors, or a subclass'

/**
 * Errors that do not say whose fault they are. Tests may make them, because a test sometimes plays
 * the world, and the world throws plain errors.
 */
export function checkErrors(tree: Tree): readonly Problem[] {
  return tree.sources.flatMap((source) =>
    isTest(source.path) || excepted(EXCEPTIONS, source.path) ? [] : plainErrors(source),
  )
}

function plainErrors(source: SourceFile): readonly Problem[] {
  const found: Problem[] = []
  const add = (start: number, what: string): void => {
    found.push({
      file: source.path,
      line: source.lineAt(start),
      text: `${what} is banned here, because ${INSTEAD}`,
    })
  }
  const make = (node: ESTree.NewExpression | ESTree.CallExpression): void => {
    const name = builtInError(node.callee)
    if (name !== undefined) add(node.start, `a plain ${name}`)
  }
  const extend = (node: ESTree.Class): void => {
    const name = node.superClass ? builtInError(node.superClass) : undefined
    if (name !== undefined) add(node.start, `a class that extends ${name}`)
  }
  new Visitor({
    NewExpression: make,
    CallExpression: make,
    ClassDeclaration: extend,
    ClassExpression: extend,
    ThrowStatement(node) {
      const { type } = node.argument
      if (type === 'Literal' || type === 'TemplateLiteral' || type === 'ObjectExpression') {
        add(node.start, 'throwing something that is no error')
      }
    },
  }).visit(source.program)
  return found
}

function builtInError(node: ESTree.Expression): string | undefined {
  return node.type === 'Identifier' && BUILT_IN_ERRORS.has(node.name) ? node.name : undefined
}
