import { isTest } from '#tools/source/role.ts'
import type { Problem } from '#tools/source/problem.ts'
import type { Edge, Graph } from '#tools/rooms/graph.ts'
import type { Room } from '#tools/rooms/table.ts'

/** Folders of a room that look up to a later one, or have no place in its order. */
export function checkFloors(graph: Graph, table: readonly Room[]): readonly Problem[] {
  return table.flatMap((room) => {
    if (room.floors === undefined) return []
    const floors = new Map(room.floors.map((name, height) => [name, height]))
    return [
      ...graph.sources.flatMap(({ path }) => withoutPlace(room, floors, path)),
      ...graph.edges.flatMap((edge) => lookingUp(room, floors, edge)),
    ]
  })
}

type Floors = ReadonlyMap<string, number>

function withoutPlace(room: Room, floors: Floors, path: string): readonly Problem[] {
  const folder = folderIn(room, path)
  if (folder === undefined || floors.has(folder)) return []
  const text = `${folder} has no place in the order of ${room.path}; add it to its floors in tools/rooms/table.ts`
  return [{ file: path, line: 1, text }]
}

function lookingUp(
  room: Room,
  floors: Floors,
  { from, target, ...edge }: Edge,
): readonly Problem[] {
  if (target.kind !== 'file') return []
  const [lower, upper] = [folderIn(room, from), folderIn(room, target.path)]
  if (lower === undefined || upper === undefined) return []
  if ((floors.get(upper) ?? 0) <= (floors.get(lower) ?? 0)) return []
  const text = `${edge.specifier} is banned here, because ${lower} stands below ${upper} in ${room.path}; move what both need down, or change the order in tools/rooms/table.ts`
  return [{ file: from, line: edge.line, text }]
}

/** The folder straight in the room that holds a file of the product. */
function folderIn(room: Room, path: string): string | undefined {
  if (!path.startsWith(`${room.path}/`) || isTest(path)) return undefined
  const [folder, ...rest] = path.slice(room.path.length + 1).split('/')
  return rest.length === 0 ? undefined : folder
}
