import type { ESTree } from 'rolldown/utils'
import type { Edit } from '#tools/mutate/mutant.ts'

/** Reads a piece of the file that is being broken. */
export type TextOf = (span: { readonly start: number; readonly end: number }) => string

const swaps: Readonly<Record<string, readonly (readonly [Edit['operator'], string])[]>> = {
  '<': [
    ['boundary', '<='],
    ['negation', '>='],
  ],
  '<=': [
    ['boundary', '<'],
    ['negation', '>'],
  ],
  '>': [
    ['boundary', '>='],
    ['negation', '<='],
  ],
  '>=': [
    ['boundary', '>'],
    ['negation', '<'],
  ],
  '===': [['negation', '!==']],
  '!==': [['negation', '===']],
  '+': [['arithmetic', '-']],
  '-': [['arithmetic', '+']],
  '*': [['arithmetic', '/']],
  '/': [['arithmetic', '*']],
  '%': [['arithmetic', '*']],
  '**': [['arithmetic', '*']],
  '&': [['arithmetic', '|']],
  '|': [['arithmetic', '&']],
  '<<': [['arithmetic', '>>']],
}

/** Boundaries, negations and arithmetic. */
export function binary(node: ESTree.BinaryExpression, textOf: TextOf): readonly Edit[] {
  const { start, end, left, right } = node
  return (swaps[node.operator] ?? []).map(([operator, sign]) => ({
    start,
    end,
    operator,
    text: `${textOf(left)} ${sign} ${textOf(right)}`,
  }))
}

/** One operand alone, and the other way to join them. */
export function logical(node: ESTree.LogicalExpression, textOf: TextOf): readonly Edit[] {
  const { start, end, left, right } = node
  const operator = node.operator === '??' ? 'nullish' : 'logic'
  const texts = [textOf(left), textOf(right)]
  if (node.operator !== '??') texts.push(texts.join(node.operator === '&&' ? ' || ' : ' && '))
  return texts.map((text) => ({ start, end, operator, text }))
}

/** `!x`, `-x` and `~x` without their sign. */
export function unary(node: ESTree.UnaryExpression, textOf: TextOf): readonly Edit[] {
  const { start, end, argument } = node
  if (node.operator !== '!' && node.operator !== '-' && node.operator !== '~') return []
  const operator = node.operator === '!' ? 'negation' : 'arithmetic'
  return [{ start, end, operator, text: textOf(argument) }]
}

const otherAssignments: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
}

/** `x += 1` the other way round. */
export function assignment(node: ESTree.AssignmentExpression, textOf: TextOf): readonly Edit[] {
  const { start, end, left, right } = node
  const sign = otherAssignments[node.operator]
  if (sign === undefined) return []
  return [{ start, end, operator: 'arithmetic', text: `${textOf(left)} ${sign} ${textOf(right)}` }]
}

/** A condition that always, or never, holds. */
export function condition({ start, end }: ESTree.Expression): readonly Edit[] {
  return ['true', 'false'].map((text) => ({ start, end, operator: 'condition', text }))
}

/** Booleans turned round, strings emptied: a reason code that nobody checks survives this. */
export function literal(node: ESTree.Expression): readonly Edit[] {
  if (node.type !== 'Literal') return []
  const { start, end, value } = node
  if (typeof value === 'boolean') return [{ start, end, operator: 'boolean', text: String(!value) }]
  if (typeof value !== 'string') return []
  return [{ start, end, operator: 'string', text: value === '' ? "'mutant'" : "''" }]
}

/** `a?.b` that trusts `a`. */
export function unchained(
  node: ESTree.MemberExpression | ESTree.CallExpression,
  textOf: TextOf,
): readonly Edit[] {
  if (!node.optional) return []
  const { start, end } = node
  const head = textOf(node.type === 'CallExpression' ? node.callee : node.object)
  const rest = textOf({ start: start + head.length, end })
  const isBracketed = rest.startsWith('?.[') || rest.startsWith('?.(')
  const text = head + rest.replace('?.', isBracketed ? '' : '.')
  return [{ start, end, operator: 'chain', text }]
}

const otherMethods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  max: 'min',
  min: 'max',
  floor: 'ceil',
  ceil: 'floor',
}
const leftOut: ReadonlySet<string> = new Set(['filter', 'toSorted', 'slice'])

/** Another method of the same kind, or none where the object alone has the same type. */
export function method(node: ESTree.CallExpression, textOf: TextOf): readonly Edit[] {
  const { callee, start, end } = node
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return []
  const { name } = callee.property
  if (leftOut.has(name)) {
    return [{ start, end, operator: 'method', text: textOf(callee.object) }]
  }
  const other = otherMethods[name]
  if (other === undefined) return []
  const before = textOf({ start, end: callee.property.start })
  const after = textOf({ start: callee.property.end, end })
  return [{ start, end, operator: 'method', text: before + other + after }]
}

/** A list or an object with nothing in it, and with each of its members left out. */
export function emptied(
  node: ESTree.ArrayExpression | ESTree.ObjectExpression,
  textOf: TextOf,
): readonly Edit[] {
  const { start, end } = node
  const members = node.type === 'ArrayExpression' ? node.elements : node.properties
  const [open, close] = node.type === 'ArrayExpression' ? ['[', ']'] : ['{', '}']
  if (members.length === 0) return []
  const without: Edit[] = [{ start, end, operator: 'emptied', text: open + close }]
  if (members.length === 1) return without
  const spreads = members.some((member) => member?.type === 'SpreadElement')
  for (const left of members) {
    // Whoever reads a member that is not there reads undefined, too.
    const isNothing = left?.type === 'Property' && textOf(left.value) === 'undefined' && !spreads
    if (isNothing) continue
    const rest = members.flatMap((other) => (other === left || other === null ? [] : [other]))
    const text = `${open}${rest.map((other) => textOf(other)).join(', ')}${close}`
    without.push({ start, end, operator: 'member', text })
  }
  return without
}
