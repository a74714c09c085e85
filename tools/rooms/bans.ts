import { isTest, isTooling } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { Edge, Graph } from '#tools/rooms/graph.ts'
import { resolve } from '#tools/rooms/packages.ts'
import type { Ban } from '#tools/rooms/table.ts'

/** Imports that a ban forbids, straight or by a detour, in product code. */
export function checkBans(graph: Graph, bans: readonly Ban[]): readonly Problem[] {
  return bans.flatMap((ban) =>
    graph.edges
      .filter((edge) => binds(ban, edge.from))
      .flatMap((edge) => checkBan(graph, ban, edge)),
  )
}

function binds(ban: Ban, path: string): boolean {
  if ((isTest(path) && !ban.testsToo) || isTooling(path) || ban.except?.test(path)) return false
  return path.startsWith(`${ban.room}/`)
}

function checkBan(graph: Graph, ban: Ban, edge: Edge): readonly Problem[] {
  const because = `because ${ban.why}; use ${ban.instead}`
  const problem = (what: string): Problem => ({
    file: edge.from,
    line: edge.line,
    text: `${what}, ${because}`,
  })
  if (forbids(graph, ban, edge)) return [problem(`${edge.specifier} is banned here`)]
  // A file of the room itself is judged at its own imports, so that one fault is one problem.
  if (!ban.alsoIndirectly || edge.typeOnly || edge.target.kind !== 'file') return []
  if (edge.target.path.startsWith(`${ban.room}/`)) return []
  const detour = findDetour(graph, ban, edge.target.path)
  return detour
    ? [problem(`${edge.specifier} reaches ${detour.join(' -> ')}, which is banned here`)]
    : []
}

function forbids(graph: Graph, ban: Ban, edge: Edge): boolean {
  const { specifier } = edge
  if (specifier === undefined) return false
  return ban.forbidden.some((pattern) => {
    if (pattern === 'node:*' && edge.target.kind === 'builtin') return true
    if (pattern.endsWith('*')) return specifier.startsWith(pattern.slice(0, -1))
    if (specifier === pattern) return true
    // The same file by another name: a relative path, a `#` import, or another export.
    const meant = resolve(graph.packages, edge.from, pattern)
    return meant.kind === 'file' && edge.target.kind === 'file' && meant.path === edge.target.path
  })
}

/** The shortest way from `start` to something forbidden, along imports that exist at run time. */
function findDetour(graph: Graph, ban: Ban, start: string): readonly string[] | undefined {
  const seen = new Set([start])
  let frontier: readonly (readonly string[])[] = [[start]]
  while (frontier.length > 0) {
    const next: (readonly string[])[] = []
    for (const way of frontier) {
      for (const edge of graph.edgesOf(way.at(-1) ?? start)) {
        if (edge.typeOnly) continue
        if (forbids(graph, ban, edge)) return [...way, edge.specifier ?? '']
        if (edge.target.kind !== 'file' || seen.has(edge.target.path)) continue
        seen.add(edge.target.path)
        next.push([...way, edge.target.path])
      }
    }
    frontier = next
  }
  return undefined
}
