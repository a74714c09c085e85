import { parseArgs } from 'node:util'
import { argued } from '#tools/mutate/argued.ts'
import type { Mutant } from '#tools/mutate/mutant.ts'
import { formatRoom, roomResult, scoreOf, staleArguments } from '#tools/mutate/report.ts'
import { mutatedRooms, scoreMin, searches, type MutatedRoom } from '#tools/mutate/rooms.ts'
import { tryAll } from '#tools/mutate/schedule.ts'
import { schemataOf, type Schemata } from '#tools/mutate/schemata.ts'
import { isTest } from '#tools/source/role.ts'
import { testFiles } from '#tools/run/files.ts'
import { repositoryRoot, workTree, type SourceFile } from '#tools/source/tree.ts'

const HELP = `npm run mutate -- [--only path] [--seed number] [--workers number]

Plants one fault after the other in the rooms that decide, and asks whether a test notices.
  --only path       only the files whose path contains it, or the room of this name
  --seed number     for randomised tests; 1 without it
  --workers number  as many as there are processors without it

Rooms: ${mutatedRooms.map(({ name }) => name).join(', ')}.
Fails below ${scoreMin} % in a room, and when an argued survivor is no longer one (tools/mutate/argued.ts).
`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The files to break, each with the room that owns it. */
function targets(only: string | undefined): ReadonlyMap<SourceFile, MutatedRoom> {
  const owned = new Map<SourceFile, MutatedRoom>()
  for (const source of workTree(repositoryRoot).sources) {
    const folder = source.path.slice(0, source.path.lastIndexOf('/'))
    const room = mutatedRooms.find(({ sources }) =>
      sources.some((path) => path === source.path || path === folder),
    )
    const isWanted = only === undefined || source.path.includes(only) || room?.name === only
    // The specification is what `decide` is held against, and belongs to the tests.
    const isProduct = !isTest(source.path) && source.path !== 'access/spec.ts'
    if (room !== undefined && isWanted && isProduct) owned.set(source, room)
  }
  return owned
}

function allSchemata(sources: Iterable<SourceFile>): readonly Schemata[] {
  const all: Schemata[] = []
  let next = 1
  for (const source of sources) {
    const schemata = schemataOf(source, next)
    next += schemata.mutants.length
    all.push(schemata)
  }
  return all
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)

/** Breaks, counts and judges; the exit code is 0 only where every room is watched well enough. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const owners = targets(values.only)
  if (values.help || owners.size === 0) {
    say(values.help ? HELP : `No file of these rooms has ${values.only} in its path.\n\n${HELP}`)
    return values.help ? 0 : 2
  }
  const rooms = [...new Set(owners.values())]
  const roomOfFile = new Map([...owners].map(([{ path }, room]) => [path, room] as const))
  const start = performance.now()
  const result = await tryAll({
    schemata: allSchemata(owners.keys()),
    testFiles: testFiles().filter(
      (file) =>
        !searches.includes(file) &&
        rooms.some(({ tests }) => tests.some((folder) => isBelow(file, folder))),
    ),
    mustNotice: (testFile, sourceFile) =>
      roomOfFile.get(sourceFile)?.tests.some((folder) => isBelow(testFile, folder)) === true,
    seed: Number(values.seed),
    ...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
    onProgress: (done, total) => {
      if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${total}`)
    },
  })
  if (result.type === 'unfit') {
    say(`Nothing was planted, because the tests fail by themselves: ${result.message}`)
    return 1
  }
  if (process.stdout.isTTY) say('')
  const results = rooms.map((room) => {
    const isItsOwn = ({ file }: Mutant): boolean => roomOfFile.get(file) === room
    const fates = new Map([...result.fates].filter(([mutant]) => isItsOwn(mutant)))
    return roomResult(room.name, fates, argued)
  })
  for (const room of results) say(formatRoom(room))
  const stale = staleArguments(argued, result.fates)
  for (const line of stale) say(`argued, but no survivor any more: ${line}`)
  const seconds = Math.round((performance.now() - start) / 1000)
  say(`seed ${values.seed}, ${seconds} s`)
  return stale.length === 0 && results.every((room) => scoreOf(room) >= scoreMin) ? 0 : 1
}

process.exitCode = await main()
