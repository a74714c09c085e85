import { writeSync } from 'node:fs'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import { lateStore } from './late-store.ts'
import { scenarios } from './scenarios.ts'

/**
 * A lock process that does one deed. Arguments: `prepare` or `deed`, the scenario, the folder.
 * `MORTISE_LATE_STORE=yes` weakens the store on purpose.
 * `MORTISE_CRASH_AT` numbers the write point to die at; none: live, and say how many there were.
 */
const [what, name = '', folder = ''] = process.argv.slice(2)
const scenario = scenarios[name]
if (scenario === undefined) process.exit(2)
const crashAt = Number(process.env['MORTISE_CRASH_AT'] ?? 0)
let reached = 0
/** The start of the lock has its own scenarios, so the others begin to count after it. */
let isArmed = scenario.includesStart === true

/** Synchronous, so that what was seen before a kill is heard after it. */
function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const disk = openDiskLock({
  folder,
  ...(process.env['MORTISE_LATE_STORE'] === 'yes' && { storeAround: lateStore }),
  onWritePoint() {
    if (!isArmed) return
    reached += 1
    if (reached === crashAt) process.kill(process.pid, 'SIGKILL')
  },
  ...(what === 'deed' && scenario.speed !== undefined && { speed: scenario.speed }),
})
isArmed = true
await (what === 'prepare' ? scenario.prepare?.(disk) : scenario.deed(disk, say))
await disk.close()
say({ reached })
