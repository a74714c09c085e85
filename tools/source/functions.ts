import type { ESTree, VisitorObject } from 'rolldown/utils'

export type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression

/** The part of a visitor that says when a function of any kind begins and when it ends. */
export function atFunctions(
  enter: (node: FunctionNode) => void,
  leave: (node: FunctionNode) => void,
): VisitorObject {
  return {
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    'FunctionDeclaration:exit': leave,
    'FunctionExpression:exit': leave,
    'ArrowFunctionExpression:exit': leave,
  }
}
