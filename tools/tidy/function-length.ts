import { Visitor } from 'rolldown/utils'
import { atFunctions } from '#tools/source/functions.ts'
import type { FunctionNode } from '#tools/source/functions.ts'
import type { Problem } from '#tools/source/problem.ts'
import { functionNames } from '#tools/source/names.ts'
import { isTest } from '#tools/source/role.ts'
import type { SourceFile, Tree } from '#tools/source/tree.ts'

/** Beyond this a function is worth a second look; `node tools/tidy.ts --advice` lists them. */
export const FUNCTION_LINES_SOFT = 40
/** Beyond this a function no longer fits on a screen, nor in a head. */
export const FUNCTION_LINES_HARD = 70
/** Today's longer functions, `file#name` to lines. The list only shrinks. */
export const RATCHET_FILE = 'tools/ratchet.json'

export interface LongFunction {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly lines: number
}

interface Frame {
  readonly node: FunctionNode
  nestedLines: number
}

/** Functions above the hard limit that the ratchet does not allow, and entries that can go down. */
export function checkFunctionLength(tree: Tree): readonly Problem[] {
  const allowed = readRatchet(tree)
  const found = functionsLongerThan(tree, FUNCTION_LINES_HARD)
  const tooLong = found
    .filter((long) => long.lines > (allowed.get(keyOf(long)) ?? FUNCTION_LINES_HARD))
    .map(({ file, line, name, lines }) => ({
      file,
      line,
      text: `${name} has ${lines} lines, and ${FUNCTION_LINES_HARD} fit on a screen; use helpers with names`,
    }))
  const longest = ratchetOf(found)
  const slack = [...allowed]
    .filter(([key, lines]) => (longest.get(key) ?? 0) < lines)
    .map(([key]) => ({
      file: RATCHET_FILE,
      line: 1,
      text: `${key} has become shorter, and the ratchet only shrinks; use \`node tools/tidy.ts --ratchet\` to lower it`,
    }))
  return [...tooLong, ...slack]
}

/** The ratchet with every entry lowered to today's length; it never gains an entry. */
export function lowerRatchet(tree: Tree): Readonly<Record<string, number>> {
  const today = ratchetOf(functionsLongerThan(tree, FUNCTION_LINES_HARD))
  const lowered = [...readRatchet(tree)].flatMap(([key, lines]): [string, number][] => {
    const length = today.get(key)
    return length === undefined ? [] : [[key, Math.min(lines, length)]]
  })
  return Object.fromEntries(lowered)
}

/** The functions with more than `limit` lines, the longest first. */
export function functionsLongerThan(tree: Tree, limit: number): readonly LongFunction[] {
  return tree.sources
    .flatMap(measure)
    .filter(({ lines }) => lines > limit)
    .toSorted((a, b) => b.lines - a.lines)
}

function keyOf({ file, name }: LongFunction): string {
  return `${file}#${name}`
}

function ratchetOf(found: readonly LongFunction[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>()
  for (const long of found) {
    longest.set(keyOf(long), Math.max(long.lines, longest.get(keyOf(long)) ?? 0))
  }
  return longest
}

function readRatchet(tree: Tree): ReadonlyMap<string, number> {
  const content: unknown = JSON.parse(tree.find(RATCHET_FILE)?.text ?? '{}')
  const map = new Map<string, number>()
  if (typeof content !== 'object' || content === null) return map
  for (const [key, lines] of Object.entries(content)) {
    if (typeof lines === 'number') map.set(key, lines)
  }
  return map
}

/**
 * Every function with its length. In tests the functions inside do not count for the one around
 * them, because a `describe` that only holds tests is a heading and not a long function.
 */
function measure(source: SourceFile): readonly LongFunction[] {
  const names = functionNames(source)
  const stack: Frame[] = []
  const found: LongFunction[] = []
  const enter = (node: FunctionNode): void => void stack.push({ node, nestedLines: 0 })
  const leave = (node: FunctionNode): void => {
    const frame = stack.pop()
    const first = source.lineAt(node.start)
    const whole = source.lineAt(node.end) - first + 1
    const outer = stack.at(-1)
    // The first line belongs to the outer function too.
    if (outer) outer.nestedLines += whole - 1
    const lines = isTest(source.path) ? whole - (frame?.nestedLines ?? 0) : whole
    const name = names.get(node.start) ?? 'a function without a name'
    found.push({ file: source.path, line: first, name, lines })
  }
  new Visitor(atFunctions(enter, leave)).visit(source.program)
  return found
}
