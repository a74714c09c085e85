import { setImmediate as nextTurn } from 'node:timers/promises'

/** Turns of the event loop; far more than any message in one process takes. */
const turnsMax = 200_000

/** Waits, turn by turn and without sleeping, until a check gives something. */
export async function eventually<Value>(
  check: () => Promise<Value | undefined | false> | Value | undefined | false,
  what = 'what was waited for',
): Promise<Value> {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const value = await check()
    if (value !== undefined && value !== false) return value
    await nextTurn()
  }
  throw new TypeError(`${what} never came`)
}
