import { isJoin, isTest, isTooling } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { Edge, Graph } from '#tools/rooms/graph.ts'
import type { Room } from '#tools/rooms/table.ts'

/** The room of a file: the longest path in the table that holds it. */
export function roomOf(table: readonly Room[], path: string): Room | undefined {
  return table
    .filter((room) => holds(room.path, path))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
}

function holds(room: string, path: string): boolean {
  return path === room || path.startsWith(`${room}/`)
}

/** Imports that go up or sideways, files without a room, and tests inside the product. */
export function checkDirection(graph: Graph, table: readonly Room[]): readonly Problem[] {
  const homeless = graph.sources
    .filter((source) => !roomOf(table, source.path) && !isTooling(source.path))
    .map(({ path }) => ({
      file: path,
      line: 1,
      text: 'this file stands in no room; add its room to tools/rooms/table.ts, in its place in the order',
    }))
  return [...homeless, ...graph.edges.flatMap((edge) => checkEdge(graph, table, edge))]
}

function checkEdge(graph: Graph, table: readonly Room[], edge: Edge): readonly Problem[] {
  if (edge.target.kind !== 'file') return []
  const from = roomOf(table, edge.from)
  const to = roomOf(table, edge.target.path)
  if (!from || !to) return []
  const because = isTest(edge.from)
    ? judgeTest(graph, table, edge, edge.target.path)
    : judgeProduct(edge, edge.target.path, from, to)
  if (because === undefined) return []
  return [
    { file: edge.from, line: edge.line, text: `${edge.specifier} is banned here, ${because}` },
  ]
}

/** Why product code may not import this file, or `undefined` where it may. */
function judgeProduct(edge: Edge, path: string, from: Room, to: Room): string | undefined {
  if (isTest(path)) {
    return 'because it is a test or a contract suite and the product must not lean on it; move what both need into the product'
  }
  const joins = isJoin(edge.from, edge.home?.folder ?? '')
  const atHome = edge.target.kind === 'file' && edge.target.package === edge.home
  if (to.plugged && atHome) {
    if (joins || (from === to && samePlug(to.path, edge.from, path))) return undefined
    return `because only main.ts joins adapters; use a port in ${to.path.replace('adapters', 'ports')} and let main.ts hand it in`
  }
  if (from === to || allowed(from, to)) return undefined
  const below = from.may.length === 0 ? 'nothing' : from.may.join(', ')
  return `because ${from.path} may import ${below} and ${to.path} is not below it; use an argument, or move what both need into a room below`
}

/** A test may import all of its own package, what its package may import, and a crypto adapter. */
function judgeTest(
  graph: Graph,
  table: readonly Room[],
  edge: Edge,
  path: string,
): string | undefined {
  if (edge.target.kind !== 'file' || edge.target.package === edge.home) return undefined
  const own = table.filter((room) => packageFolder(graph, room.path) === edge.home?.folder)
  const to = roomOf(table, path)
  if (!to || to.path === 'crypto' || own.some((room) => allowed(room, to))) return undefined
  return 'because programs do not know each other, not even in tests; use proof/, which may import all'
}

function packageFolder(graph: Graph, path: string): string | undefined {
  return graph.packages.find(({ folder }) => folder === '' || holds(folder, path))?.folder
}

function allowed(from: Room, to: Room): boolean {
  return from.may.some((path) => holds(path, to.path))
}

/** Files straight in the adapters folder are common to all; a thing's own folder is its own. */
function samePlug(room: string, from: string, to: string): boolean {
  const thing = (path: string): string | undefined => {
    const parts = path.slice(room.length + 1).split('/')
    return parts.length > 1 ? parts[0] : undefined
  }
  return thing(to) === undefined || thing(from) === thing(to)
}
