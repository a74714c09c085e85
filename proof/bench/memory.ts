import { z } from 'zod'
import { startProgram } from '#proof/processes/program.ts'

const used = z.object({ rss: z.number(), heapUsed: z.number() })
export type Used = z.infer<typeof used>

/** The median of some starts, by resident memory. @param folder of the lock; undefined: node alone */
export async function memoryOf(folder: string | undefined, runs: number): Promise<Used> {
  const found: Used[] = []
  for (let run = 0; run < runs; run += 1) {
    const program = startProgram({
      name: 'memory',
      module: 'proof/bench/memory-process.ts',
      args: folder === undefined ? [] : [folder],
    })
    found.push(used.parse(await program.ready()))
    await program.signal('SIGTERM')
  }
  const median = found.toSorted((left, right) => left.rss - right.rss)[Math.floor(runs / 2)]
  if (median === undefined) throw new RangeError('no run')
  return median
}
