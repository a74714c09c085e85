import { MortiseError } from '@mortise/protocol/errors'

const patienceMs = 20_000

/**
 * Asks again until the answer is there. Each question is a whole request or process, so that
 * nothing has to sleep in between.
 */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
): Promise<Value> {
  const deadline = AbortSignal.timeout(patienceMs)
  while (!deadline.aborted) {
    const value = await ask()
    if (value !== undefined) return value
  }
  throw new MortiseError('world', 'neverCame', `waited for ${what}`)
}
