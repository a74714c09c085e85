import { Visitor } from 'rolldown/utils'
import { isTest } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { SourceFile, Tree } from '#tools/source/tree.ts'
import { roomOf } from '#tools/rooms/direction.ts'
import type { Room } from '#tools/rooms/table.ts'

const TIME = 'time as an argument'
const TIMER = 'an effect that asks the shell to come back later'
const CHANCE = 'random bytes as an argument'
const IO = 'an effect, or a port that the shell hands in'
const BYTES = 'Uint8Array'

/**
 * Names of the surroundings that a pure room does without, also as names of its own: a reader who
 * sees `process` must not have to look up which one it is.
 */
const GLOBALS: Readonly<Record<string, string>> = {
  Date: TIME,
  performance: TIME,
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: TIMER,
  queueMicrotask: TIMER,
  requestAnimationFrame: TIMER,
  process: IO,
  globalThis: IO,
  console: IO,
  fetch: IO,
  XMLHttpRequest: IO,
  WebSocket: IO,
  localStorage: IO,
  sessionStorage: IO,
  indexedDB: IO,
  require: 'import',
  eval: 'a function',
  Buffer: BYTES,
}

/** Clocks and dice that hide in an otherwise harmless object. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Math: { random: CHANCE },
  Temporal: { Now: TIME },
  crypto: {
    getRandomValues: CHANCE,
    randomUUID: CHANCE,
    subtle: 'the crypto port',
  },
}

/** What pure rooms do although they must run in browser and simulator, on any clock. */
export function checkPurity(tree: Tree, table: readonly Room[]): readonly Problem[] {
  return tree.sources.flatMap((source) => {
    const room = roomOf(table, source.path)
    if (!room?.pure || isTest(source.path)) return []
    return [...impurities(source), ...(room.synchronous ? promises(source) : [])]
  })
}

function impurities(source: SourceFile): readonly Problem[] {
  const found: Problem[] = []
  const add = (start: number, what: string, instead: string): void => {
    found.push({
      file: source.path,
      line: source.lineAt(start),
      text: `${what} is banned here, because this room must run in browser and simulator, on any clock; use ${instead}`,
    })
  }
  const keys = keyPositions(source)
  new Visitor({
    Identifier(node) {
      const instead = Object.hasOwn(GLOBALS, node.name) ? GLOBALS[node.name] : undefined
      if (instead !== undefined && !keys.has(node.start)) add(node.start, node.name, instead)
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return
      const members = Object.hasOwn(MEMBERS, node.object.name) && MEMBERS[node.object.name]
      if (!members) return
      const name = memberName(node)
      const instead = name === undefined ? undefined : members[name]
      if (instead !== undefined) add(node.start, `${node.object.name}.${name}`, instead)
      // Math[anything] could be Math.random, and nobody could check it.
      if (name === undefined)
        add(node.start, `a computed member of ${node.object.name}`, 'its plain name')
    },
    VariableDeclarator(node) {
      if (node.init?.type !== 'Identifier' || !Object.hasOwn(MEMBERS, node.init.name)) return
      add(
        node.start,
        `taking ${node.init.name} apart`,
        'its members in full, so that they can be checked',
      )
    },
    MetaProperty(node) {
      if (node.meta.name === 'import') add(node.start, 'import.meta', IO)
    },
  }).visit(source.program)
  return found
}

function memberName(node: {
  readonly computed: boolean
  readonly property: { readonly type: string; readonly name?: unknown; readonly value?: unknown }
}): string | undefined {
  const name = node.computed ? node.property.value : node.property.name
  return typeof name === 'string' ? name : undefined
}

/** Where identifiers are only keys or labels of something else and refer to nothing. */
function keyPositions(source: SourceFile): ReadonlySet<number> {
  const keys = new Set<number>()
  const key = (node: {
    readonly computed: boolean
    readonly key: { readonly start: number }
  }): void => {
    if (!node.computed) keys.add(node.key.start)
  }
  new Visitor({
    MemberExpression(node) {
      if (!node.computed) keys.add(node.property.start)
    },
    Property(node) {
      if (!node.shorthand) key(node)
    },
    MethodDefinition: key,
    PropertyDefinition: key,
    TSPropertySignature: key,
    TSMethodSignature: key,
    TSQualifiedName: (node) => keys.add(node.right.start),
    ImportSpecifier(node) {
      if (node.imported.start !== node.local.start) keys.add(node.imported.start)
    },
    ExportSpecifier(node) {
      if (node.exported.start !== node.local.start) keys.add(node.exported.start)
    },
  }).visit(source.program)
  return keys
}

function promises(source: SourceFile): readonly Problem[] {
  const found: Problem[] = []
  const add = (start: number, what: string): void => {
    found.push({
      file: source.path,
      line: source.lineAt(start),
      text: `${what} is banned here, because one step of the core is one call; use an effect and a later input`,
    })
  }
  const judge = (node: { readonly async: boolean; readonly start: number }): void => {
    if (node.async) add(node.start, 'an async function')
  }
  new Visitor({
    FunctionDeclaration: judge,
    FunctionExpression: judge,
    ArrowFunctionExpression: judge,
    AwaitExpression: (node) => add(node.start, 'await'),
    ImportExpression: (node) => add(node.start, 'a dynamic import'),
    Identifier(node) {
      if (node.name === 'Promise') add(node.start, 'Promise')
    },
  }).visit(source.program)
  return found
}
