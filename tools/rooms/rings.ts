import { isTest } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { Edge, Graph } from '#tools/rooms/graph.ts'

/** An import between two neighbours: folders or files that stand side by side in one folder. */
interface Step {
  readonly parent: string
  readonly from: string
  readonly to: string
  readonly edge: Edge
}

/**
 * Neighbours that import each other, straight or round a ring: neither can be read, tested or
 * moved without the other. Counted inside each package, for folders and for files, and held at zero.
 */
export function checkRings(graph: Graph): readonly Problem[] {
  const steps = graph.edges.flatMap(toStep)
  const reported = new Set<string>()
  const problems: Problem[] = []
  for (const step of steps) {
    const wayBack = findWay(steps, step.parent, step.to, step.from)
    if (!wayBack) continue
    const names = new Set([step.from, ...wayBack.map(({ from }) => from)])
    const key = `${step.parent}|${[...names].toSorted().join('|')}`
    if (reported.has(key)) continue
    reported.add(key)
    problems.push(describe(step, wayBack))
  }
  return problems
}

function toStep(edge: Edge): readonly Step[] {
  if (edge.target.kind !== 'file' || edge.target.package !== edge.home) return []
  if (isTest(edge.from) && !edge.from.startsWith('proof/')) return []
  const from = edge.from.split('/')
  const to = edge.target.path.split('/')
  const depth = from.findIndex((part, index) => part !== to[index])
  if (depth === -1) return []
  return [
    {
      parent: from.slice(0, depth).join('/'),
      from: from[depth] ?? '',
      to: to[depth] ?? '',
      edge,
    },
  ]
}

/** The shortest way between two neighbours. */
function findWay(
  steps: readonly Step[],
  parent: string,
  from: string,
  to: string,
): readonly Step[] | undefined {
  const seen = new Set([from])
  let frontier: readonly (readonly Step[])[] = [[]]
  while (frontier.length > 0) {
    const next: (readonly Step[])[] = []
    for (const way of frontier) {
      const here = way.at(-1)?.to ?? from
      for (const step of steps) {
        if (step.parent !== parent || step.from !== here || seen.has(step.to)) continue
        if (step.to === to) return [...way, step]
        seen.add(step.to)
        next.push([...way, step])
      }
    }
    frontier = next
  }
  return undefined
}

function describe(step: Step, wayBack: readonly Step[]): Problem {
  const ring = [step.from, ...wayBack.map(({ from }) => from), step.from].join(' -> ')
  const back = wayBack.map(({ edge }) => `${edge.from}:${edge.line}`).join(', ')
  return {
    file: step.edge.from,
    line: step.edge.line,
    text: `${step.edge.specifier} closes the ring ${ring} in ${step.parent || 'the root'} (the way back: ${back}), because rooms must not import each other; use a third room below both`,
  }
}
