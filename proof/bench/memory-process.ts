import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Opens a lock as `lock/main.ts` does, or nothing at all, and tells what it keeps in memory. Argument: its folder. */
const [folder] = process.argv.slice(2)
if (folder !== undefined) {
  const { openQuietLock } = await import('#proof/bench/quiet-lock.ts')
  openQuietLock(folder)
}
setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')
const settleMs = 500
for (let round = 0; round < 3; round += 1) {
  if (typeof collect === 'function') collect()
  await wait(settleMs)
}
const { rss, heapUsed } = process.memoryUsage()
process.stdout.write(`ready ${JSON.stringify({ rss, heapUsed })}\n`)
// Until it is told to end.
process.stdin.resume()
setInterval(() => {}, 60_000)
