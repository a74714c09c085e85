import { openHub } from '@mortise/hub'

/**
 * The hub as `hub/main.ts` opens it, but its clock runs a hundred times faster, so that the rate
 * limits, which no person reaches with their thumb, do not slow down hundreds of taps in a row.
 * Argument: the data folder.
 */
const speed = 100
const startMs = Date.now()
const clock = {
  nowMs: () => Math.floor(startMs + performance.now() * speed),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
const hub = await openHub({ data: process.argv[2] ?? '', clock })
const { origin, hubTextFile } = hub
const setupLink = await hub.makeSetupLink()
process.once('SIGTERM', () => void hub.close())
process.stdout.write(`ready ${JSON.stringify({ origin, hubTextFile, setupLink })}\n`)
