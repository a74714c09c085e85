import { largeHouse } from '#proof/bench/large-policy.ts'
import { memoryOf } from '#proof/bench/memory.ts'
import { ratio } from '#proof/bench/section.ts'
import type { Finding, Section } from '#proof/bench/section.ts'
import { rounded } from '#proof/bench/statistics.ts'

const settings = { users: 10_000, runs: 3 }
const mebibyte = 2 ** 20

/** Resident memory and heap of the lock's process after a collection, nobody at the door. */
export async function measureMemory(folder: string): Promise<Section> {
  const large = largeHouse(folder, 'memory-large', settings.users)
  const bare = await memoryOf(undefined, settings.runs)
  const idle = await memoryOf(`${folder}/memory-empty`, settings.runs)
  const full = await memoryOf(large, settings.runs)
  const figure = (what: string, bytes: number): Finding => ({
    what,
    value: rounded(bytes / mebibyte),
  })
  return {
    title: 'Memory of the lock process',
    settings,
    cases: {},
    findings: [
      figure('MiB resident, bare node', bare.rss),
      figure('MiB resident, lock without people', idle.rss),
      figure('MiB resident, lock with 10,000 users', full.rss),
      figure('MiB of heap, lock without people', idle.heapUsed),
      figure('MiB of heap, lock with 10,000 users', full.heapUsed),
      ratio('resident, without people against bare node', idle.rss, bare.rss),
      ratio('resident, 10,000 users against bare node', full.rss, bare.rss),
      ratio('bytes of heap for one user', full.heapUsed - idle.heapUsed, settings.users),
    ],
  }
}
