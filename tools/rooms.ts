import { report, type Problem } from '#tools/source/problem.ts'
import { repositoryRoot, workTree, type Tree } from '#tools/source/tree.ts'
import { checkBans } from '#tools/rooms/bans.ts'
import { checkDeclared } from '#tools/rooms/declared.ts'
import { checkDirection } from '#tools/rooms/direction.ts'
import { checkFloors } from '#tools/rooms/floors.ts'
import { graphOf } from '#tools/rooms/graph.ts'
import { checkPurity } from '#tools/rooms/purity.ts'
import { checkRings } from '#tools/rooms/rings.ts'
import { bans, rooms } from '#tools/rooms/table.ts'

/** Everything in the tree that breaks the table of rooms. */
export function checkRooms(tree: Tree): readonly Problem[] {
  const graph = graphOf(tree)
  return [
    ...checkDirection(graph, rooms),
    ...checkFloors(graph, rooms),
    ...checkBans(graph, bans),
    ...checkPurity(tree, rooms),
    ...checkDeclared(graph),
    ...checkRings(graph),
  ]
}

if (import.meta.main) report('rooms', checkRooms(workTree(repositoryRoot)))
